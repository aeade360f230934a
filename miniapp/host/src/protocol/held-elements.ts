import type { LivePage } from '../logic/pages.js';
import type { Runtime } from '../logic/runtime.js';
import { callerOf } from '../view/parts.js';
import type { Params } from './params.js';

let made = 0;
const ids = new WeakMap<Element, string>();

/** The page of that id. Throws when it is gone. */
export function pageOf({ router }: Runtime, params: Params): LivePage {
  const page = router.all().find(({ id }) => id === params.pageId);
  if (page === undefined) throw new Error('page not found: it was closed');
  return page;
}

export function documentOf(page: LivePage): Document {
  if (page.view === null) throw new Error(`the page ${page.path} is not ready`);
  return page.view.window.document;
}

/** Holds on to an element, so that a test can name it. */
export function hold(page: LivePage, element: Element): object {
  let id = ids.get(element);
  if (id === undefined) {
    made += 1;
    id = `element-${made}`;
    ids.set(element, id);
  }
  page.held.set(id, element);
  const tag = element.tagName.toLowerCase();
  const isOwn = !tag.startsWith('wx-') && callerOf(element) !== null;
  return { elementId: id, tagName: tag.replace(/^wx-/, ''), ...(isOwn ? { nodeId: id } : {}) };
}

/** Throws when there is none: the SDK makes null of it. */
export function holdFirst(page: LivePage, element: Element | null): object {
  if (element === null) throw new Error('no such element');
  return hold(page, element);
}

export function elementOf(runtime: Runtime, params: Params): { page: LivePage; element: HTMLElement } {
  const page = pageOf(runtime, params);
  const element = page.held.get(String(params.elementId));
  if (element === undefined || !element.isConnected) throw new Error('element not found: it is no longer on the page');
  return { page, element: element as HTMLElement };
}
