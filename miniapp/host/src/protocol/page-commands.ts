import { overTheBridge, valueAt } from '../logic/data-path.js';
import { callOf } from '../logic/page-instance.js';
import type { Runtime } from '../logic/runtime.js';
import { documentOf, hold, holdFirst, pageOf } from './held-elements.js';
import { type CommandTable, list, names, text } from './params.js';
import { domSelector, domXpath } from './selectors.js';

export function byXpath(document: Document, path: string, from: Node = document): Element[] {
  const found = document.evaluate(domXpath(path), from, null, 7, null);
  return Array.from({ length: found.snapshotLength }, (_none, at) => found.snapshotItem(at) as Element);
}

export function pageCommands(runtime: Runtime): CommandTable {
  return {
    'Page.getElement': (params) => {
      const page = pageOf(runtime, params);
      return holdFirst(page, documentOf(page).querySelector(domSelector(text(params, 'selector'))));
    },
    'Page.getElements': (params) => {
      const page = pageOf(runtime, params);
      const found = [...documentOf(page).querySelectorAll(domSelector(text(params, 'selector')))];
      return { elements: found.map((element) => hold(page, element)) };
    },
    'Page.getElementByXpath': (params) => {
      const page = pageOf(runtime, params);
      return holdFirst(page, byXpath(documentOf(page), text(params, 'selector'))[0] ?? null);
    },
    'Page.getElementsByXpath': (params) => {
      const page = pageOf(runtime, params);
      const found = byXpath(documentOf(page), text(params, 'selector'));
      return { elements: found.map((element) => hold(page, element)) };
    },
    'Page.getData': (params) => {
      const { data } = pageOf(runtime, params).instance;
      return { data: overTheBridge(params.path === undefined ? data : valueAt(data, text(params, 'path'))) };
    },
    'Page.setData': (params) => pageOf(runtime, params).instance.setData(params.data as Record<string, unknown>),
    'Page.callMethod': async (params) => {
      const { instance } = pageOf(runtime, params);
      const method = text(params, 'method');
      if (typeof instance[method] !== 'function') throw new Error(`page.${method} not exists`);
      return { result: overTheBridge(await callOf(instance, method, ...list(params, 'args'))) };
    },
    'Page.getWindowProperties': (params) => {
      const { defaultView } = documentOf(pageOf(runtime, params));
      return { properties: names(params).map((name) => overTheBridge(valueAt(defaultView, name))) };
    },
  };
}
