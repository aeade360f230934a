import type { PageView } from '../view/view-host.js';
import { type Data, overTheBridge } from './data-path.js';
import type { EventChannel } from './event-channel.js';
import type { Definition } from './module-loader.js';
import { filtered, type Observer, observersOf, propertyValues } from './page-component.js';
import type { Api } from './wx/answer.js';

export interface Instance extends Data {
  data: Data;
  route: string;
  setData(change: Data, done?: () => void): void;
}

type Look = (...args: unknown[]) => unknown;
type Call = (this: unknown, ...args: unknown[]) => unknown;

const LIFE =
  /^(on(Load|Show|Ready|Hide|Unload|PullDownRefresh|ReachBottom|PageScroll|Resize|TabItemTap)|created|attached|ready|detached)$/;

/** What a behavior brings that the page has not; of its life each has its own part, the behavior's first. */
function withBehavior(definition: Data, behavior: Data): Data {
  const joined: Data = { ...behavior, ...definition };
  for (const part of ['data', 'properties']) {
    joined[part] = { ...(behavior[part] as Data), ...(definition[part] as Data) };
  }
  joined.observers = [...(behavior.observers as Observer[]), ...(definition.observers as Observer[])];
  for (const [name, first] of Object.entries(behavior)) {
    const second = definition[name];
    if (!LIFE.test(name) || typeof first !== 'function' || typeof second !== 'function') continue;
    joined[name] = function both(this: unknown, ...args: unknown[]) {
      (first as Call).apply(this, args);
      return (second as Call).apply(this, args);
    };
  }
  return joined;
}

/** A page may be made by `Component`: its methods are the page's, and its lifetimes stand beside them. */
export function pageDefinition(definition: Definition): Definition {
  const { methods, lifetimes, pageLifetimes, behaviors, ...rest } = filtered(definition) as Definition & {
    lifetimes?: Data;
    pageLifetimes?: Data;
    behaviors?: Definition[];
  };
  const observers = observersOf(rest);
  const own: Data = { ...rest, observers, ...methods, ...lifetimes, pageLifetimes: pageLifetimes ?? {} };
  return (behaviors ?? []).map(pageDefinition).reduceRight(withBehavior, own) as Definition;
}

/** A page that `Component` made has `pageLifetimes` like any component. */
export function ownLifetime(instance: Instance, name: string): void {
  const call = (instance.pageLifetimes as Data | undefined)?.[name];
  if (typeof call === 'function') (call as Call).call(instance);
}

/** The object that `this` is in the functions of a page. Every page has data and options of its own. */
export function makeInstance(
  definition: Definition,
  made: {
    path: string;
    query: Record<string, string>;
    id: number;
    setData: Instance['setData'];
    view(): PageView | null;
    opener: EventChannel;
    wx: Api;
  },
): Instance {
  const { path, query, id, setData, view, opener, wx } = made;
  const instance: Instance = {
    ...definition,
    route: path,
    is: path,
    options: query,
    data: overTheBridge({ ...definition.data, ...propertyValues(definition, query) }),
    __wxWebviewId__: id,
    __wxExparserNodeId__: `page-${id}`,
    getPageId: () => `pageId:${id}`,
    selectComponent: (selector: string) => view()?.select(selector) ?? null,
    selectAllComponents: (selector: string) => view()?.selectAll(selector) ?? [],
    createSelectorQuery: () => (wx.createSelectorQuery as Look)(),
    createIntersectionObserver: (options?: object) => (wx.createIntersectionObserver as Look)(instance, options),
    getOpenerEventChannel: () => opener,
    getTabBar: () => null,
    setData,
  };
  Object.defineProperty(instance, 'properties', { get: () => instance.data });
  return instance;
}

/** Calls a function of the page when it has one. */
export function callOf(instance: Instance, name: string, ...args: unknown[]): unknown {
  const call = instance[name];
  return typeof call === 'function' ? (call as Call).apply(instance, args) : undefined;
}

/** What WeChat gives to every page: templates don't bind it. */
const GIVEN = new Set(
  'setData selectComponent selectAllComponents getOpenerEventChannel getTabBar getPageId createSelectorQuery createIntersectionObserver'.split(
    ' ',
  ),
);

/** The functions that a template may bind. */
export function handlersOf(instance: Instance): string[] {
  return Object.keys(instance).filter((name) => typeof instance[name] === 'function' && !GIVEN.has(name));
}
