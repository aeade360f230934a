import { domSelector } from '../../protocol/selectors.js';
import type { HostElement } from '../../view/parts.js';
import { refresh, refreshed } from '../pull-down.js';
import { type Api, answeringAll, type CallOptions, Refusal } from './answer.js';
import type { WxContext } from './context.js';

type Found = Record<string, unknown> | null;
type Seen = (found: Found | Found[]) => void;

interface Question {
  selector: string | null;
  isAll: boolean;
  seen?: Seen;
}

function measure(element: Element): Found {
  const { left, top, right, bottom, width, height } = element.getBoundingClientRect();
  const { id, scrollTop, scrollLeft, scrollHeight, scrollWidth } = element;
  const dataset = { ...(element as HostElement).__wxElement?.dataset };
  const node = element.querySelector('canvas.wx-inner') ?? null;
  return {
    id,
    dataset,
    left,
    top,
    right,
    bottom,
    width,
    height,
    scrollTop,
    scrollLeft,
    scrollHeight,
    scrollWidth,
    node,
  };
}

/** `wx.createSelectorQuery`: sizes and places of what can be seen. */
function selectorQuery({ router, faults }: WxContext) {
  const questions: Question[] = [];
  const find = ({ selector, isAll }: Question): Found | Found[] => {
    const document = router.top?.view?.window.document;
    if (!document) return isAll ? [] : null;
    if (selector === null) return measure(document.scrollingElement as Element);
    const found = [...document.querySelectorAll(domSelector(selector))].map(measure);
    return isAll ? found : (found[0] ?? null);
  };
  const query = {
    in: () => query,
    select: (selector: string) => node(selector, false),
    selectAll: (selector: string) => node(selector, true),
    selectViewport: () => node(null, false),
    exec: (done?: (found: unknown[]) => void) => {
      setTimeout(() => {
        const found = questions.map(find);
        questions.forEach(({ seen }, at) => void faults.guard(() => seen?.(found[at])));
        faults.guard(() => done?.(found));
      });
    },
  };
  const node = (selector: string | null, isAll: boolean) => {
    const ask = (seen?: Seen) => {
      questions.push({ selector, isAll, seen });
      return query;
    };
    return {
      boundingClientRect: ask,
      scrollOffset: ask,
      node: ask,
      context: ask,
      fields: (_wanted: object, seen?: Seen) => ask(seen),
    };
  };
  return query;
}

export function looks(context: WxContext): Api {
  const { faults, router } = context;
  const scroll = ({ selector, scrollTop }: CallOptions) => {
    const view = router.top?.view;
    if (!view) return;
    const target = typeof selector === 'string' ? view.window.document.querySelector(domSelector(selector)) : null;
    const top = target === null ? Number(scrollTop ?? 0) : target.getBoundingClientRect().top + view.window.scrollY;
    view.window.scrollTo(0, top);
  };
  return {
    createSelectorQuery: () => selectorQuery(context),
    ...answeringAll(faults, {
      pageScrollTo: scroll,
      startPullDownRefresh: () => {
        const page = router.top;
        if (page === undefined) return;
        // As if she drew it down herself: where she can't, it can't either.
        if (context.configOf(page.path).enablePullDownRefresh !== true)
          throw new Refusal('enablePullDownRefresh is not set');
        refresh(page, faults);
      },
      stopPullDownRefresh: () => {
        if (router.top) refreshed(router.top);
      },
      setBackgroundColor: () => undefined,
      setBackgroundTextStyle: () => undefined,
      showShareMenu: () => undefined,
      hideShareMenu: () => undefined,
      updateShareMenu: () => undefined,
    }),
  };
}
