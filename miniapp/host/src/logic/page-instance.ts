import { type Data, overTheBridge } from './data-path.js';
import type { Definition } from './module-loader.js';

export interface Instance extends Data {
  data: Data;
  route: string;
  setData(change: Data, done?: () => void): void;
}

type Call = (this: unknown, ...args: unknown[]) => unknown;

/** A page may be made by `Component`: its methods are the page's, and its lifetimes stand beside them. */
export function pageDefinition(definition: Definition): Definition {
  const { methods, lifetimes, pageLifetimes, ...rest } = definition as Definition & {
    lifetimes?: Data;
    pageLifetimes?: Data;
  };
  return { ...rest, ...(methods ?? {}), ...(lifetimes ?? {}), pageLifetimes: pageLifetimes ?? {} };
}

/** The object that `this` is in the functions of a page. Every page has data and options of its own. */
export function makeInstance(
  definition: Definition,
  made: { path: string; query: Record<string, string>; id: number; setData: Instance['setData'] },
): Instance {
  const { path, query, id, setData } = made;
  const instance: Instance = {
    ...definition,
    route: path,
    is: path,
    options: query,
    data: overTheBridge(definition.data ?? {}),
    __wxWebviewId__: id,
    __wxExparserNodeId__: `page-${id}`,
    getPageId: () => `pageId:${id}`,
    selectComponent: () => null,
    selectAllComponents: () => [],
    getTabBar: () => null,
    setData,
  };
  return instance;
}

/** Calls a function of the page when it has one. */
export function callOf(instance: Instance, name: string, ...args: unknown[]): unknown {
  const call = instance[name];
  return typeof call === 'function' ? (call as Call).apply(instance, args) : undefined;
}

/** The functions that a template may bind. */
export function handlersOf(instance: Instance): string[] {
  return Object.keys(instance).filter((name) => typeof instance[name] === 'function' && name !== 'setData');
}
