import type { Data } from '../logic/data-path.js';
import { BUILTIN_STYLE } from './builtin-style.data.js';
import { holdCaughtMoves } from './caught-move.js';
import { Components, reportComponentErrors } from './components.js';
import { engine, makeEngine } from './engine.js';
import { isEvent, isSaidByScript, plainEvent } from './events.js';
import { watchHover } from './hover.js';
import { watchLongPress } from './long-press.js';
import { playFinger } from './mouse-finger.js';
import { oneTapPerTouch } from './one-tap.js';
import { watchPull } from './pull.js';
import { host, type MountedPage, type PageView } from './view-host.js';
import { giveWxsGlobals } from './wxs-globals.js';

interface MountedRoot {
  get(): {
    setData(change: Data): void;
    selectComponent(selector: string): unknown;
    selectAllComponents(selector: string): unknown[];
  };
  getComponent(): { triggerPageLifetime(name: string, args: unknown[]): void };
  attach(parent: Node, placeholder: Node): void;
  release(): void;
}

// Before anything else: what goes wrong here would leave a page that never comes.
window.addEventListener('error', ({ error, message }) => host.report(error ?? new Error(message)));
window.addEventListener('unhandledrejection', ({ reason }) => host.report(reason));
const { space, backend } = makeEngine();
giveWxsGlobals();
const templates = host.templatesFor(window);

function addStyle(text: string): void {
  const style = document.createElement('style');
  style.textContent = text;
  document.head.append(style);
}

const components = new Components(space, templates, addStyle);
let root: MountedRoot | null = null;
/** The change comes from the page's script, not from a `model:` of its template. */
let isFromScript = false;

function setData(change: Data): void {
  isFromScript = true;
  root?.get().setData(change);
  isFromScript = false;
}

function mount({ path, config, data, handlers, dispatch, modelled }: MountedPage): void {
  addStyle(host.styleOf(path));
  components.addTemplate(path, { ...config, component: false });
  const methods = handlers.map((name) => [
    name,
    (event: unknown) =>
      isEvent(event) ? dispatch(name, plainEvent(event), isSaidByScript(event)) : dispatch(name, event as Data, false),
  ]);
  const observers = Object.keys(data)
    .filter((name) => /^[A-Za-z_$][\w$]*$/.test(name))
    .map((name) => [
      `${name}.**`,
      function changed(this: { data: Data }) {
        if (!isFromScript) modelled(name, this.data[name]);
      },
    ]);
  space.componentEnv(path, ({ Component }) =>
    Component({ data, methods: Object.fromEntries(methods), observers: Object.fromEntries(observers) } as never),
  );
  root = backend.createRoot('wx-page', space, `/${path}`) as unknown as MountedRoot;
  const placeholder = document.createElement('span');
  document.body.append(placeholder);
  root.attach(document.body, placeholder);
}

const view: PageView = {
  window,
  mount,
  setData,
  select: (selector) => root?.get().selectComponent(selector) ?? null,
  selectAll: (selector) => root?.get().selectAllComponents(selector) ?? [],
  lifetime: (name) => root?.getComponent().triggerPageLifetime(name, []),
  ready: () => components.ready(),
  watchPull: (shift, pull) => {
    const top = () => Math.max(window.scrollY, document.body.scrollTop);
    watchPull(top, shift, pull);
  },
  trigger: (element, name, detail, bubbles) => {
    const target = (element as Element & { __wxElement?: unknown }).__wxElement;
    engine.Event.triggerEvent(target as never, name, (detail ?? {}) as never, { bubbles, composed: bubbles });
  },
  release: () => root?.release(),
};

reportComponentErrors();
addStyle(BUILTIN_STYLE);
addStyle(host.styleOf('app'));
oneTapPerTouch();
holdCaughtMoves();
watchHover();
if (host.byMouse) playFinger();
watchLongPress((element, detail) => view.trigger(element, 'longpress', detail, true));
host.viewReady(view);
