import { domSelector } from '../../protocol/selectors.js';
import type { HostElement } from '../../view/parts.js';
import type { WxContext } from './context.js';

interface Owned {
  ownerShadowRoot?: { getHostNode(): { getMethodCaller(): unknown } } | null;
}

const isComponent = (scope: unknown): boolean => typeof scope === 'object' && scope !== null && '_$' in scope;

const ownerOf = (element: Element): unknown =>
  ((element as HostElement).__wxElement as Owned | undefined)?.ownerShadowRoot?.getHostNode().getMethodCaller();

/** The document of the page that is shown; it is there as soon as its components are. */
export const shownDocument = ({ router }: WxContext): Document | undefined =>
  (router.top?.view ?? router.top?.mounted)?.window.document;

export const rectOf = ({ left, top, right, bottom, width, height }: DOMRectReadOnly) => ({
  left,
  top,
  right,
  bottom,
  width,
  height,
});

export const datasetOf = (element: Element) => ({ ...(element as HostElement).__wxElement?.dataset });

/** What a selector finds: inside a component what stands in its own template, else anything on the page. */
export function foundElements(context: WxContext, scope: unknown, selector: string): Element[] {
  const wanted = domSelector(selector);
  if (!isComponent(scope)) return [...(shownDocument(context)?.querySelectorAll(wanted) ?? [])];
  const views = context.router.stack.flatMap(({ view, mounted }) => view ?? mounted ?? []);
  const found = views.flatMap(({ window }) => [...window.document.querySelectorAll(wanted)]);
  return selector.includes('>>>') ? found : found.filter((element) => ownerOf(element) === scope);
}
