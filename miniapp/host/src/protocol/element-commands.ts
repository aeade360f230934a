import { type Data, overTheBridge, valueAt } from '../logic/data-path.js';
import type { LivePage } from '../logic/pages.js';
import type { Runtime } from '../logic/runtime.js';
import { type Caller, callerOf, type HostElement } from '../view/parts.js';
import { elementOf, hold, holdFirst } from './held-elements.js';
import { type CommandTable, list, names, type Params, text } from './params.js';
import { domSelector } from './selectors.js';
import { outerWxml } from './wxml-text.js';

const camel = (name: string) => name.replace(/-([a-z])/g, (_whole, letter: string) => letter.toUpperCase());
const bubbles = (name: string) => /^(tap|touch|longpress|longtap)/.test(name);

function ownCaller(element: Element): Caller & Data & { setData(change: Data): void } {
  const caller = callerOf(element);
  if (caller === null) throw new Error('this element is no component');
  return caller as unknown as Caller & Data & { setData(change: Data): void };
}

function attributeOf(element: Element, name: string): unknown {
  const written = element.getAttribute(name);
  if (written !== null) return written;
  if (name.startsWith('data-')) return (element as HostElement).__wxElement?.dataset?.[camel(name.slice(5))] ?? null;
  const value = callerOf(element)?.data[camel(name)];
  return value === null || value === undefined ? null : String(value);
}

function propertiesOf(element: Element): Data {
  const caller = callerOf(element);
  const field = element.querySelector<HTMLInputElement>(':scope > input.wx-inner, :scope > textarea.wx-inner');
  return { ...caller?.data, ...caller?.part?.own?.(), ...(field === null ? {} : { value: field.value }) };
}

function touch(kind: string, { page, element }: { page: LivePage; element: HTMLElement }, params: Params): void {
  const view = page.view?.window as Window & typeof globalThis;
  const { left, top, width, height } = element.getBoundingClientRect();
  const make = (given: Data, identifier: number) => {
    const clientX = Number(given.clientX ?? left + width / 2);
    const clientY = Number(given.clientY ?? top + height / 2);
    const place = { clientX, clientY, pageX: clientX + view.scrollX, pageY: clientY + view.scrollY };
    return new view.Touch({ identifier, target: element, ...place });
  };
  const given = (name: string) => ((params[name] as Data[] | undefined) ?? [{}]).map(make);
  const touches = kind === 'touchend' ? [] : given('touches');
  const changedTouches = given(params.changedTouches === undefined ? 'touches' : 'changedTouches');
  const init = { bubbles: true, cancelable: true, composed: true, touches, changedTouches, targetTouches: touches };
  element.dispatchEvent(new view.TouchEvent(kind, init));
}

type Function = (element: HTMLElement, args: unknown[]) => unknown;

const part = (element: Element) => ownCaller(element).part ?? {};
const type: Function = (element, [value]) => part(element).type?.(String(value));

/** What the SDK's own kinds of element call by name. */
const FUNCTIONS: Record<string, Function> = {
  'input.input': type,
  'textarea.input': type,
  'switch.tap': (element) => part(element).activate?.(),
  'swiper.swipeTo': (element, [index]) => part(element).move?.(Number(index)),
  'slider.slideTo': (element, [value]) => part(element).move?.(Number(value)),
  'movable-view.moveTo': (element, [x, y]) => part(element).moveTo?.(Number(x), Number(y)),
  'scroll-view.scrollTo': (element, [x, y]) => element.scrollTo(Number(x), Number(y)),
  'scroll-view.scrollTop': (element) => element.scrollTop,
  'scroll-view.scrollLeft': (element) => element.scrollLeft,
  'scroll-view.scrollWidth': (element) => element.scrollWidth,
  'scroll-view.scrollHeight': (element) => element.scrollHeight,
};

function readings(runtime: Runtime): CommandTable {
  const element = (params: Params) => elementOf(runtime, params).element;
  return {
    'Element.getElement': (params) => {
      const { page, element: from } = elementOf(runtime, params);
      return holdFirst(page, from.querySelector(domSelector(text(params, 'selector'))));
    },
    'Element.getElements': (params) => {
      const { page, element: from } = elementOf(runtime, params);
      const found = [...from.querySelectorAll(domSelector(text(params, 'selector')))];
      return { elements: found.map((each) => hold(page, each)) };
    },
    'Element.getDOMProperties': (params) => ({
      properties: names(params).map((name) => overTheBridge((element(params) as unknown as Data)[name])),
    }),
    'Element.getAttributes': (params) => ({
      attributes: names(params).map((name) => overTheBridge(attributeOf(element(params), name))),
    }),
    'Element.getProperties': (params) => {
      const found = propertiesOf(element(params));
      // The SDK asks first which names there are.
      const all = Object.fromEntries(Object.keys(found).map((name) => [name, true]));
      const read = (name: string) => (name === '__propPublic' ? all : overTheBridge(found[name]));
      return { properties: names(params).map(read) };
    },
    'Element.getStyles': (params) => {
      const { page, element: shown } = elementOf(runtime, params);
      const style = (page.view as NonNullable<LivePage['view']>).window.getComputedStyle(shown);
      return { styles: names(params).map((name) => style.getPropertyValue(name)) };
    },
    'Element.getOffset': (params) => {
      const { page, element: shown } = elementOf(runtime, params);
      const { left, top } = shown.getBoundingClientRect();
      const view = (page.view as NonNullable<LivePage['view']>).window;
      return { left: left + view.scrollX, top: top + view.scrollY };
    },
    'Element.getWXML': (params) => {
      const shown = element(params);
      return { wxml: params.type === 'outer' ? outerWxml(shown) : [...shown.childNodes].map(outerWxml).join('') };
    },
    'Element.getData': (params) => {
      const { data } = ownCaller(element(params));
      return { data: overTheBridge(params.path === undefined ? data : valueAt(data, text(params, 'path'))) };
    },
  };
}

function doings(runtime: Runtime): CommandTable {
  const say = (params: Params, name: string, detail: unknown) => {
    const { page, element } = elementOf(runtime, params);
    page.view?.trigger(element, name, detail, bubbles(name));
  };
  return {
    'Element.touchstart': (params) => touch('touchstart', elementOf(runtime, params), params),
    'Element.touchmove': (params) => touch('touchmove', elementOf(runtime, params), params),
    'Element.touchend': (params) => touch('touchend', elementOf(runtime, params), params),
    'Element.triggerEvent': (params) => say(params, text(params, 'type'), params.detail),
    'Element.dispatchEvent': (params) => {
      const name = text(params, 'eventName');
      if (name.startsWith('touch')) touch(name, elementOf(runtime, params), params);
      else say(params, name, params.detail);
    },
    'Element.callFunction': (params) => {
      const name = text(params, 'functionName');
      const call = FUNCTIONS[name];
      if (call === undefined) throw new Error(`${name} is not implemented by this host`);
      return { result: overTheBridge(call(elementOf(runtime, params).element, list(params, 'args'))) };
    },
    'Element.setData': (params) => ownCaller(elementOf(runtime, params).element).setData(params.data as Data),
    'Element.callMethod': async (params) => {
      const caller = ownCaller(elementOf(runtime, params).element);
      const method = caller[text(params, 'method')];
      if (typeof method !== 'function') throw new Error(`component.${params.method} not exists`);
      return { result: overTheBridge(await method.apply(caller, list(params, 'args'))) };
    },
  };
}

export function elementCommands(runtime: Runtime): CommandTable {
  return { ...readings(runtime), ...doings(runtime) };
}
