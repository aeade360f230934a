import { glassEasel as engine } from 'glass-easel-miniprogram-adapter';
import type { Data } from '../logic/data-path.js';
import { scaleRpx } from '../rpx.js';
import { isEvent, plainEvent } from './events.js';
import { dashed } from './parts.js';
import { host } from './view-host.js';

/** Segments of an element's style and classes that templates don't write: what WXS sets outlives an update. */
const OWN_SEGMENT = 3;

interface Shadow {
  getHostNode(): EngineElement;
  querySelector(selector: string): EngineElement | null;
  querySelectorAll(selector: string): EngineElement[];
}

interface EngineElement {
  dataset?: Data;
  classList?: { contains(name: string, segment?: number): boolean } | null;
  ownerShadowRoot: Shadow | null;
  getShadowRoot?(): Shadow | null;
  getMethodCaller?(): Record<string, unknown>;
  getBackendElement(): HTMLElement | null;
  setNodeStyle(style: string, segment: number): void;
  toggleNodeClass(name: string, on: boolean, segment: number): void;
  querySelector(selector: string): EngineElement | null;
  querySelectorAll(selector: string): EngineElement[];
}

type Listener = (...args: unknown[]) => unknown;
type Adds = (element: EngineElement, name: string, handler: unknown, ...rest: unknown[]) => void;

/** What hands the functions of a template to its elements. */
interface Wrapper {
  changePropFilter: (listener: Listener) => Listener;
  setFnFilter: unknown;
  v: Adds;
  areInstancesGiven?: boolean;
}

type Generate = (wrapper: Wrapper, ...rest: unknown[]) => unknown;

const asStyle = (given: unknown) => {
  const text =
    typeof given === 'object' && given !== null
      ? Object.entries(given)
          .map(([name, value]) => `${dashed(name)}:${value}`)
          .join(';')
      : String(given ?? '');
  return scaleRpx(text);
};

const known = new WeakMap<EngineElement, object>();

/** The element or component as WXS sees it: always the same object, with a state that scripts may write into. */
function instanceOf(element: EngineElement): object {
  const made = known.get(element) ?? makeInstance(element);
  known.set(element, made);
  return made;
}

function makeInstance(element: EngineElement): object {
  const state: Data = {};
  const scope = () => element.getShadowRoot?.() ?? element;
  const shown = () => element.getBackendElement();
  const toggle = (name: string, on: boolean) => {
    for (const each of name.split(/\s+/).filter(Boolean)) element.toggleNodeClass(each, on, OWN_SEGMENT);
    return instanceOf(element);
  };
  return {
    getState: () => state,
    getDataset: () => ({ ...element.dataset }),
    selectComponent: (selector: string) => {
      const found = scope().querySelector(selector);
      return found === null ? null : instanceOf(found);
    },
    selectAllComponents: (selector: string) => scope().querySelectorAll(selector).map(instanceOf),
    setStyle: (style: unknown) => {
      element.setNodeStyle(asStyle(style), OWN_SEGMENT);
      return instanceOf(element);
    },
    addClass: (name: string) => toggle(name, true),
    removeClass: (name: string) => toggle(name, false),
    hasClass: (name: string) => [0, OWN_SEGMENT].some((segment) => element.classList?.contains(name, segment) === true),
    // The script stands on the other side of the bridge: it hears of it when this one has ended.
    callMethod: (name: string, given?: unknown) =>
      queueMicrotask(() => {
        const caller = element.getMethodCaller?.();
        const method = caller?.[name];
        if (typeof method === 'function') method.call(caller, given);
        else host.report(new Error(`callMethod: there is no "${name}"`));
      }),
    triggerEvent: (name: string, detail: unknown, options?: object) =>
      engine.Event.triggerEvent(element as never, name, (detail ?? {}) as never, options as never),
    requestAnimationFrame: (then: () => void) => void window.requestAnimationFrame(then),
    setTimeout: (then: () => void, ms?: number) => window.setTimeout(then, ms),
    clearTimeout: (timer?: number) => window.clearTimeout(timer),
    getBoundingClientRect: () => shown()?.getBoundingClientRect().toJSON() ?? null,
    getComputedStyle: (names: string[]) => {
      const element = shown();
      const style = element === null ? null : (window.getComputedStyle(element) as unknown as Data);
      return Object.fromEntries(names.map((name) => [name, style?.[name]]));
    },
  };
}

/** A handler in WXS gets the event with the element that it was bound on, and the component whose template that is. */
function withOwner(element: EngineElement, handler: Listener): Listener {
  return (event) => {
    const plain = isEvent(event) ? plainEvent(event) : (event as Data);
    const owner = element.ownerShadowRoot?.getHostNode();
    return handler({ ...plain, instance: instanceOf(element) }, owner === undefined ? null : instanceOf(owner));
  };
}

function giveInstances(wrapper: Wrapper): void {
  if (wrapper.areInstancesGiven) return;
  wrapper.areInstancesGiven = true;
  // Told when the whole template is there: the engine calls while it makes the element, before its children.
  wrapper.changePropFilter = (listener) => (value, old, owner, element) =>
    queueMicrotask(() =>
      listener(value, old, instanceOf(owner as EngineElement), instanceOf(element as EngineElement)),
    );
  // The compiled template would set its own again, which does nothing.
  wrapper.setFnFilter = () => undefined;
  const bind = wrapper.v;
  wrapper.v = (element, name, handler, ...rest) =>
    bind(element, name, typeof handler === 'function' ? withOwner(element, handler as Listener) : handler, ...rest);
}

/** A compiled template whose handlers in WXS and `change:` get the instances that WeChat gives them. */
export function withWxsInstances(template: unknown): unknown {
  const content = template as (name: string) => Generate | undefined;
  if (typeof content !== 'function') return template;
  return (name: string) => {
    const generate = content(name);
    if (generate === undefined) return undefined;
    return (wrapper: Wrapper, ...rest: unknown[]) => {
      giveInstances(wrapper);
      return generate(wrapper, ...rest);
    };
  };
}
