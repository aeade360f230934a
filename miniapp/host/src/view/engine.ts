import { glassEasel as engine, MiniProgramEnv } from 'glass-easel-miniprogram-adapter';
import { boxes } from './builtins/boxes.js';
import { choices } from './builtins/choices.js';
import { fields } from './builtins/fields.js';
import { forms } from './builtins/forms.js';
import { pageParts } from './builtins/page-meta.js';
import { ranges } from './builtins/ranges.js';
import { isByPerson } from './by-person.js';
import { noteMove } from './caught-move.js';
import { bindModel } from './model-binding.js';
import { type Builtin, type Caller, elementOf } from './parts.js';
import { playAnimation } from './play-animation.js';
import { host } from './view-host.js';

const BUILTINS: Record<string, Builtin> = { ...boxes, ...choices, ...fields, ...forms, ...pageParts, ...ranges };
/** What every component has and a part may want to read. */
const COMMON = ['name', 'value', 'disabled', 'hidden', 'animation'];

const camel = (name: string) => name.replace(/-([a-z])/g, (_whole, letter: string) => letter.toUpperCase());

function definitionOf(tag: string, builtin: Builtin | undefined) {
  const given = (host.properties[tag] ?? []).map(camel);
  const names = new Set([...COMMON, ...given, ...(builtin?.properties ?? [])]);
  const observed = builtin?.properties ?? [];
  return {
    properties: Object.fromEntries([...names].map((name) => [name, null])),
    observers: {
      ...Object.fromEntries(
        observed.map((name) => [
          name,
          function changed(this: Caller, value: unknown) {
            this.part?.changed?.[name]?.(value);
          },
        ]),
      ),
      animation(this: Caller, value: unknown) {
        playAnimation(elementOf(this), value);
      },
    },
    created(this: Caller) {
      this.tag = tag;
      if (builtin === undefined) host.report(new Error(`this host does not implement the component <${tag}>`));
      this.part = builtin?.create?.(this) ?? {};
      bindModel(this, tag);
    },
  };
}

/** glass-easel makes no `tap` reach the tree unless its event is dispatched as one of its own. */
function makeBackend() {
  const backend = new engine.CurrentWindowBackendContext();
  backend.onEvent((target, type, detail, options) => {
    if (type === 'tap' && isByPerson(options.originalEvent)) host.tapped();
    const event = new engine.Event(type, detail, options);
    engine.Event.dispatchEvent(target as never, event as never);
    if (type === 'touchmove') noteMove(event.propagationStopped());
    return event.getEventBubbleStatus();
  });
  return backend;
}

/** WeChat writes the ids of a page's elements into the tree; glass-easel keeps them to itself. */
function writeIds(): void {
  const prototype = engine.Element.prototype as object;
  const property = Object.getOwnPropertyDescriptor(prototype, 'id') as PropertyDescriptor;
  Object.defineProperty(prototype, 'id', {
    ...property,
    set(this: { getBackendElement(): HTMLElement | null }, id: string) {
      property.set?.call(this, id);
      const shown = this.getBackendElement();
      if (shown) shown.id = String(id);
    },
  });
}

/** One frame's engine: a code space in which WeChat's components are known under their names in the browser. */
export function makeEngine() {
  writeIds();
  // A component of the mini-program may have a property `dataset` or `id`, which must not hide the element's own.
  engine.globalOptions.writeFieldsToNode = false;
  const environment = new MiniProgramEnv();
  const globalSpace = environment.getGlobalCodeSpace();
  const backend = environment.associateBackend(makeBackend());
  const space = environment.createCodeSpace('', true);
  for (const tag of new Set([...Object.keys(BUILTINS), ...Object.keys(host.properties)])) {
    const registered = globalSpace
      .component(`wx/${tag}`)
      .definition(definitionOf(tag, BUILTINS[tag]) as never)
      .register() as unknown as { _$?: unknown };
    const component = registered._$ ?? registered;
    space.getComponentSpace().setGlobalUsingComponent(`wx-${tag}`, component as never);
  }
  return { space, backend };
}

export type CodeSpace = ReturnType<typeof makeEngine>['space'];
export { engine };
