import { domSelector } from '../../protocol/selectors.js';
import { callerOf } from '../../view/parts.js';
import { refresh, refreshed } from '../pull-down.js';
import { createAnimation } from './animation.js';
import { type Api, answeringAll, type CallOptions, Refusal } from './answer.js';
import type { WxContext } from './context.js';
import { datasetOf, foundElements, rectOf, shownDocument } from './found-elements.js';
import { intersectionObserver } from './intersections.js';

type Found = Record<string, unknown> | null;
type Seen = (found: Found | Found[]) => void;

interface Question {
  selector: string | null;
  isAll: boolean;
  scope: unknown;
  wanted: Fields;
  seen?: Seen;
}

/** What `fields` asks for besides what everybody gets. */
interface Fields {
  properties?: string[];
  computedStyle?: string[];
}

function furtherFields(element: Element, { properties = [], computedStyle = [] }: Fields): Record<string, unknown> {
  const data = callerOf(element)?.data ?? {};
  const style = element.ownerDocument.defaultView?.getComputedStyle(element) as unknown as Record<string, unknown>;
  const given = properties.map((name) => [name, data[name]]);
  return Object.fromEntries([...given, ...computedStyle.map((name) => [name, style?.[name]])]);
}

function measure(element: Element): Found {
  const { id, scrollTop, scrollLeft, scrollHeight, scrollWidth } = element;
  const node = element.querySelector('canvas.wx-inner') ?? null;
  return {
    id,
    dataset: datasetOf(element),
    ...rectOf(element.getBoundingClientRect()),
    scrollTop,
    scrollLeft,
    scrollHeight,
    scrollWidth,
    node,
  };
}

/** `wx.createSelectorQuery`: sizes and places of what can be seen. */
function selectorQuery(context: WxContext) {
  const { faults } = context;
  let scope: unknown = null;
  const questions: Question[] = [];
  const find = ({ selector, isAll, scope: within, wanted }: Question): Found | Found[] => {
    const document = shownDocument(context);
    if (!document) return isAll ? [] : null;
    if (selector === null) return measure(document.scrollingElement as Element);
    const found = foundElements(context, within, selector).map((element) => {
      return { ...measure(element), ...furtherFields(element, wanted) };
    });
    return isAll ? found : (found[0] ?? null);
  };
  const query = {
    in: (component: unknown) => {
      scope = component;
      return query;
    },
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
    const ask = (seen?: Seen, wanted: Fields = {}) => {
      questions.push({ selector, isAll, scope, wanted, seen });
      return query;
    };
    return {
      boundingClientRect: (seen?: Seen) => ask(seen),
      scrollOffset: (seen?: Seen) => ask(seen),
      node: (seen?: Seen) => ask(seen),
      context: (seen?: Seen) => ask(seen),
      fields: (wanted: Fields, seen?: Seen) => ask(seen, wanted),
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
    createAnimation,
    createSelectorQuery: () => selectorQuery(context),
    createIntersectionObserver: (scope: unknown, options?: object) => intersectionObserver(context, scope, options),
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
