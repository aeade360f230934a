import type { Data } from '../logic/data-path.js';
import { resolvePath } from '../project/paths.js';
import type { Json } from '../project/read-json.js';
import { BUILTIN_STYLE } from './builtin-style.data.js';
import { engine, makeEngine } from './engine.js';
import { isEvent, plainEvent } from './events.js';
import { watchLongPress } from './long-press.js';
import { playFinger } from './mouse-finger.js';
import { oneTapPerTouch } from './one-tap.js';
import { host, type MountedPage, type PageView } from './view-host.js';

type Method = (this: unknown, ...args: unknown[]) => unknown;
interface MountedRoot {
  get(): { setData(change: Data): void };
  attach(parent: Node, placeholder: Node): void;
  release(): void;
}

const { space, backend } = makeEngine();
const templates = host.templatesFor(window);
const known = new Set<string>();

function addStyle(text: string): void {
  const style = document.createElement('style');
  style.textContent = text;
  document.head.append(style);
}

/** Types of properties are constructors of the logic layer's realm. */
function ownType(type: unknown): unknown {
  return typeof type === 'function' ? (window as unknown as Data)[type.name] : type;
}

function propertiesOf(properties: Data): Data {
  const own = Object.entries(properties).map(([name, given]) => {
    if (typeof given !== 'object' || given === null) return [name, ownType(given)];
    return [name, { ...given, type: ownType((given as Data).type) }];
  });
  return Object.fromEntries(own);
}

function withPlainEvents(methods: Data): Data {
  const own = Object.entries(methods).map(([name, method]) => [
    name,
    function call(this: unknown, first: unknown, ...rest: unknown[]) {
      return (method as Method).call(this, isEvent(first) ? plainEvent(first) : first, ...rest);
    },
  ]);
  return Object.fromEntries(own);
}

function addTemplate(path: string, config: Json): void {
  const using = (config.usingComponents ?? {}) as Record<string, string>;
  const absolute: Record<string, string> = {};
  for (const [name, target] of Object.entries(using)) {
    const component = resolvePath(path, target);
    absolute[name] = `/${component}`;
    addComponent(component);
  }
  space.addComponentStaticConfig(path, { ...config, usingComponents: absolute } as never);
  space.addCompiledTemplate(path, { groupList: templates, content: templates[path] } as never);
}

function addComponent(path: string): void {
  if (known.has(path)) return;
  known.add(path);
  const { definition, config } = host.component(path);
  addTemplate(path, { ...config, component: true });
  addStyle(host.styleOf(path));
  const properties = propertiesOf((definition.properties ?? {}) as Data);
  const methods = withPlainEvents(definition.methods ?? {});
  space.componentEnv(path, ({ Component }) => Component({ ...definition, properties, methods } as never));
}

let root: MountedRoot | null = null;

function mount({ path, config, data, handlers, dispatch }: MountedPage): void {
  addStyle(host.styleOf(path));
  addTemplate(path, { ...config, component: false });
  const methods = handlers.map((name) => [
    name,
    (event: unknown) => dispatch(name, isEvent(event) ? plainEvent(event) : (event as Data)),
  ]);
  space.componentEnv(path, ({ Component }) => Component({ data, methods: Object.fromEntries(methods) } as never));
  root = backend.createRoot('wx-page', space, `/${path}`) as unknown as MountedRoot;
  const placeholder = document.createElement('span');
  document.body.append(placeholder);
  root.attach(document.body, placeholder);
}

const view: PageView = {
  window,
  mount,
  setData: (change) => root?.get().setData(change),
  trigger: (element, name, detail, bubbles) => {
    const target = (element as Element & { __wxElement?: unknown }).__wxElement;
    engine.Event.triggerEvent(target as never, name, (detail ?? {}) as never, { bubbles, composed: bubbles });
  },
  release: () => root?.release(),
};

window.addEventListener('error', ({ error, message }) => host.report(error ?? new Error(message)));
window.addEventListener('unhandledrejection', ({ reason }) => host.report(reason));
addStyle(BUILTIN_STYLE);
addStyle(host.styleOf('app'));
oneTapPerTouch();
if (host.byMouse) playFinger();
watchLongPress((element, detail) => view.trigger(element, 'longpress', detail, true));
host.viewReady(view);
