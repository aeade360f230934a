import type { CompiledProject } from '../compile/compile-project.js';
import { type Address, addressText, parseAddress } from '../project/paths.js';
import type { Json } from '../project/read-json.js';
import { Shell } from '../shell/shell.js';
import type { PageView, ViewHost } from '../view/view-host.js';
import { App } from './app.js';
import type { Bridge, Entry, Start } from './bridge.js';
import { overTheBridge } from './data-path.js';
import { Faults } from './faults.js';
import { ModuleLoader } from './module-loader.js';
import { callOf } from './page-instance.js';
import { type LivePage, Pages } from './pages.js';
import { pictureAddress } from './picture-address.js';
import { Router } from './router.js';
import { Session } from './session.js';
import { watched } from './watch.js';
import type { Api } from './wx/answer.js';
import type { WxContext } from './wx/context.js';
import { Gesture } from './wx/gesture.js';
import { openType, sendCard } from './wx/open-type.js';
import { pickValue } from './wx/pick.js';
import { fetchPicture } from './wx/pictures.js';
import { makeWx } from './wx/wx.js';

/** Configuration of a page over that of the app's window. */
function configReader({ app, configs }: CompiledProject): (path: string) => Json {
  return (path) => ({ ...app.window, ...configs[path] });
}

const KINDS = ['log', 'info', 'warn', 'error', 'debug'] as const;

/** The console of the mini-program: shown as ever, and told to whoever drives it; its errors are kept for the report. */
function logicConsole(bridge: Bridge, session: Session): Record<string, (...args: unknown[]) => void> {
  const plain = (value: unknown) => {
    try {
      return value instanceof Error ? String(value) : overTheBridge(value);
    } catch {
      return String(value);
    }
  };
  const say =
    (type: (typeof KINDS)[number]) =>
    (...args: unknown[]) => {
      console[type](...args);
      const said = args.map(plain);
      if (type === 'error') session.consoleErrors.push(said);
      bridge.emit('App.logAdded', { type, args: said });
    };
  const nothing = () => undefined;
  const others = { group: nothing, groupEnd: nothing, time: nothing, timeEnd: nothing, assert: nothing };
  return { ...others, ...Object.fromEntries(KINDS.map((type) => [type, say(type)])) };
}

type Looking = (scope: unknown, options?: object) => unknown;

/** A mini-program that runs: its parts, put together. */
export class Runtime {
  readonly faults: Faults;
  readonly app: App;
  readonly session: Session;
  readonly loader: ModuleLoader;
  readonly router: Router<LivePage>;
  readonly shell: Shell;
  readonly context: WxContext;
  /** What scripts see; a test may put another function in the place of one. */
  readonly wx: Api;
  readonly originalWx: Api;
  readonly implemented: ReadonlySet<string>;
  readonly configOf: (path: string) => Json;
  private readonly waitingViews: ((view: PageView) => void)[] = [];

  constructor(private readonly start: Start) {
    const { project, options, bridge, templatePlaces, watch } = start;
    this.configOf = configReader(project);
    this.faults = new Faults(bridge, templatePlaces);
    this.app = new App(this.faults);
    this.faults.listener = (message) => this.app.failed(message);
    this.session = new Session(project.app);
    this.shell = new Shell(project.app.tabBar, {
      back: () => void this.router.navigateBack().catch(() => undefined),
      tab: (path) => void this.faults.guard(() => this.tapTab(this.tabPaths().indexOf(path))),
      menu: () => void sendCard(this.context, 'menu'),
    });
    const wx: Api = {};
    this.wx = wx;
    this.loader = new ModuleLoader(project.scripts, {
      wx,
      console: logicConsole(bridge, this.session),
      getApp: () => this.app.instance,
      getCurrentPages: () => this.router.stack.map(({ instance }) => instance),
    });
    this.router = new Router({ pages: project.pages, tabs: this.tabPaths(), life: this.makePages() });
    const { faults, app, session, router, shell } = this;
    const surroundings = { configOf: this.configOf, project, options, bridge, watch, gesture: new Gesture() };
    this.context = { ...surroundings, faults, app, router, shell, session };
    const made = makeWx(this.context);
    this.implemented = made.implemented;
    this.originalWx = watch === undefined ? made.wx : watched(made.wx, watch);
    Object.assign(wx, this.originalWx);
  }

  /** Runs app.js and opens the first page. */
  async launch(): Promise<void> {
    const { project, options } = this.start;
    const url = options.entry.url ?? `/${project.app.pages[0]}`;
    const { path, query } = parseAddress('', url);
    this.session.launchedAt = performance.now();
    this.loader.load('', '/app');
    const definition = this.loader.registered.app;
    if (definition === null) throw new Error('app.js does not call App');
    this.app.start(definition, { path, query, scene: options.entry.scene, referrerInfo: {} });
    await this.openFromOutside({ path, query });
  }

  /** She opens the mini-program again while it is in the background: from a card, a code, a link. */
  async enter({ url, scene, referrerInfo = {} }: { url: string; scene: number; referrerInfo?: Json }): Promise<void> {
    this.leave();
    const { path, query } = parseAddress('', url);
    const entry: Entry = { path, query, scene, referrerInfo };
    this.app.show(entry);
    await this.openFromOutside({ path, query });
  }

  /** An address from outside may name a page that this version no longer has: then the app decides. */
  private async openFromOutside(address: Address): Promise<void> {
    if (this.start.project.pages.includes(address.path)) {
      await this.router.reLaunch(addressText(address), '');
      return;
    }
    const isHeard = this.app.pageMissing({ ...address, isEntryPage: true });
    await this.router.settled();
    if (isHeard && this.router.top) return;
    const why = isHeard ? 'onPageNotFound opened no other' : 'the app has no onPageNotFound';
    throw new Error(`page "${address.path}" is not found, and ${why}`);
  }

  /** She comes back to where she was. */
  resume(): void {
    if (this.app.isShown || this.app.entered === null) return;
    this.app.show(this.app.entered);
    this.router.showTop();
  }

  /** She looks at something else, such as a chat. */
  leave(): void {
    if (!this.app.isShown) return;
    this.router.hideTop();
    this.app.hide();
  }

  private tabPaths(): string[] {
    return this.start.project.app.tabBar?.list.map(({ pagePath }) => pagePath) ?? [];
  }

  /** The page of the tab hears of the tap, when it is shown. */
  async tapTab(index: number): Promise<void> {
    const item = this.start.project.app.tabBar?.list[index];
    if (item === undefined) throw new Error(`there is no tab number ${index}`);
    const { pagePath, text } = item;
    await this.router.switchTab(`/${pagePath}`);
    const page = this.router.top;
    if (page) this.faults.guard(() => callOf(page.instance, 'onTabItemTap', { index, pagePath, text }));
  }

  private makePages(): Pages {
    const { shell, loader, faults, session } = this;
    return new Pages({
      shell,
      loader,
      faults,
      configOf: this.configOf,
      isTab: (path) => this.tabPaths().includes(path),
      depth: () => this.router.stack.length,
      wx: this.wx,
      shown: ({ path, query }) => this.start.watch?.({ kind: 'page', path, query }),
      dataCall: (call) => {
        this.start.watch?.({ kind: 'data', ...call });
        session.dataCalls.push({ ...call, at: session.sinceLaunch() });
        const { dataLimit } = this.start.options;
        if (call.bytes <= dataLimit) return;
        faults.report(
          new Error(`setData of ${call.page} carries ${call.bytes} bytes, more than --data-limit ${dataLimit}`),
        );
      },
      awaitView: () => new Promise((resolve) => this.waitingViews.push(resolve)),
    });
  }

  /** What the frames of pages ask for. */
  viewHost(templatesFor: ViewHost['templatesFor']): ViewHost {
    const { project, options } = this.start;
    return {
      properties: project.properties,
      byMouse: this.start.watch !== undefined,
      templatesFor,
      styleOf: (path) => project.styles[path] ?? '',
      appComponents: project.app.usingComponents,
      componentPath: (from, path) => this.loader.find(from, path),
      component: (path) => {
        this.loader.load('', `/${path}`);
        const definition = this.loader.registered.components.get(path);
        if (definition === undefined) throw new Error(`${path}.js does not call Component`);
        return { definition, config: project.configs[path] ?? {}, mixesSlots: project.mixedSlots.includes(path) };
      },
      configOf: this.configOf,
      selectorQuery: (component) =>
        (this.wx.createSelectorQuery as () => { in(scope: unknown): unknown })().in(component),
      intersectionObserver: (component, options) => (this.wx.createIntersectionObserver as Looking)(component, options),
      pictureAddress: (source) => pictureAddress(source, options.rewrites),
      fetchPicture: (source) => fetchPicture(this.context, source),
      tapped: () => this.context.gesture.begin(),
      openType: (types, target, fire) =>
        openType(this.context, types, target, fire).catch((error: unknown) => this.faults.report(error)),
      pick: (properties) => pickValue(this.context, properties),
      navigate: (how, { url, delta }) => {
        const names: Record<string, string> = { navigate: 'navigateTo', redirect: 'redirectTo' };
        const call = this.wx[names[how] ?? how] as ((asked: object) => Promise<object>) | undefined;
        if (call === undefined) this.faults.report(new Error(`navigator: open-type "${how}" is not known`));
        else void call({ url, delta, fail: () => undefined });
      },
      report: (error) => this.faults.report(error),
      viewReady: (view) => this.waitingViews.shift()?.(view),
    };
  }
}
