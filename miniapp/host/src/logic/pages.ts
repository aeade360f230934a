import type { Address } from '../project/paths.js';
import type { Json } from '../project/read-json.js';
import { pageWindow } from '../shell/phone.js';
import { type BarLook, Shell } from '../shell/shell.js';
import type { MountedPage, PageView } from '../view/view-host.js';
import { type Data, overTheBridge } from './data-path.js';
import { type EventChannel, eventChannel } from './event-channel.js';
import type { Faults } from './faults.js';
import type { ModuleLoader } from './module-loader.js';
import { observe, takeModel } from './page-component.js';
import { callOf, handlersOf, type Instance, makeInstance, ownLifetime, pageDefinition } from './page-instance.js';
import { openHeight, pulled } from './pull-down.js';
import type { PageLife, Routed } from './router.js';
import { type DataCall, takeData } from './set-data.js';
import type { Api } from './wx/answer.js';

const REACH_BOTTOM = 50;

/** A page with its instance and its frame. */
export interface LivePage extends Routed {
  instance: Instance;
  /** The end of its channel that whoever opens it holds. */
  opener: EventChannel;
  frame: HTMLIFrameElement;
  /** Null until it takes data. */
  view: PageView | null;
  /** The same, from the moment when its components are there. */
  mounted: PageView | null;
  /** Changes that came before the frame could take them. */
  waiting: Data[];
  title: string | null;
  isRefreshing: boolean;
  /** Left for good: nothing is shown there any more. */
  isClosed: boolean;
  /** Elements that a test has taken hold of. */
  held: Map<string, Element>;
}

export interface PagesOptions {
  shell: Shell;
  loader: ModuleLoader;
  faults: Faults;
  configOf(path: string): Json;
  isTab(path: string): boolean;
  depth(): number;
  wx: Api;
  dataCall(call: DataCall): void;
  shown(page: LivePage): void;
  /** Frames call it when they have run their script. */
  awaitView(frame: HTMLIFrameElement): Promise<PageView>;
}

/** Makes pages live: one frame each, data over the bridge, life cycle in WeChat's order. */
export class Pages implements PageLife<LivePage> {
  private made = 0;

  constructor(private readonly options: PagesOptions) {}

  make({ path, query }: Address): LivePage {
    const { loader } = this.options;
    loader.load('', `/${path}`);
    const { pages, components } = loader.registered;
    const found = pages.get(path) ?? components.get(path);
    if (found === undefined) throw new Error(`${path}.js calls neither Page nor Component`);
    this.made += 1;
    const id = this.made;
    const frame = document.createElement('iframe');
    const [opener, opened] = eventChannel((call) => this.options.faults.guard(call));
    const page: LivePage = {
      id,
      opener,
      path,
      query,
      frame,
      view: null,
      mounted: null,
      waiting: [],
      title: null,
      isRefreshing: false,
      isClosed: false,
      held: new Map(),
      instance: makeInstance(pageDefinition(found), {
        path,
        query,
        id,
        view: () => page.mounted,
        opener: opened,
        wx: this.options.wx,
        setData: (change, done) => this.setData(page, change, done),
      }),
    };
    return page;
  }

  async open(page: LivePage): Promise<void> {
    const { faults, shell } = this.options;
    shell.pages.append(page.frame);
    const ready = this.options.awaitView(page.frame);
    page.frame.src = '/view';
    this.raise(page);
    const view = await ready;
    // Left again before it could be seen.
    if (page.isClosed) return;
    const { safeBottom } = pageWindow({ isTab: this.options.isTab(page.path), isCustom: false });
    view.window.document.documentElement.style.setProperty('--weapp-safe-bottom', `${safeBottom}px`);
    view.mount(this.mounting(page));
    page.mounted = view;
    this.watchScroll(page, view);
    this.watchPull(page, view);
    faults.guard(() => callOf(page.instance, 'created'));
    faults.guard(() => callOf(page.instance, 'attached'));
    faults.guard(() => callOf(page.instance, 'onLoad', page.query));
    this.show(page, view);
    page.view = view;
    for (const change of page.waiting.splice(0)) view.setData(change);
    await new Promise((resolve) => view.window.requestAnimationFrame(() => setTimeout(resolve)));
    if (page.isClosed) return;
    faults.guard(() => view.ready());
    faults.guard(() => callOf(page.instance, 'ready'));
    faults.guard(() => callOf(page.instance, 'onReady'));
  }

  show(page: LivePage, view = page.view): void {
    const { faults } = this.options;
    faults.guard(() => callOf(page.instance, 'onShow'));
    faults.guard(() => ownLifetime(page.instance, 'show'));
    faults.guard(() => view?.lifetime('show'));
  }

  hide(page: LivePage): void {
    const { faults } = this.options;
    faults.guard(() => callOf(page.instance, 'onHide'));
    faults.guard(() => ownLifetime(page.instance, 'hide'));
    faults.guard(() => page.view?.lifetime('hide'));
  }

  close(page: LivePage): void {
    const { faults } = this.options;
    faults.guard(() => callOf(page.instance, 'onUnload'));
    faults.guard(() => callOf(page.instance, 'detached'));
    page.view?.release();
    page.isClosed = true;
    page.view = null;
    page.mounted = null;
    page.frame.remove();
  }

  raise(page: LivePage): void {
    this.options.shell.showPage(page.frame, page.path, this.lookOf(page));
    this.options.shown(page);
  }

  private lookOf({ path, title }: LivePage): BarLook {
    const config = this.options.configOf(path);
    const text = (name: string, usual: string) => String(config[name] ?? usual);
    return {
      title: title ?? text('navigationBarTitleText', ''),
      background: text('navigationBarBackgroundColor', '#000000'),
      text: text('navigationBarTextStyle', 'white'),
      canGoBack: this.options.depth() > 1,
      isCustom: config.navigationStyle === 'custom',
    };
  }

  private mounting(page: LivePage): MountedPage {
    return {
      path: page.path,
      config: this.options.configOf(page.path),
      data: overTheBridge(page.instance.data),
      handlers: handlersOf(page.instance),
      dispatch: (handler, event, isOwn) => {
        const crossing = () =>
          isOwn ? { ...overTheBridge({ ...event, detail: null }), detail: event.detail } : overTheBridge(event);
        return this.options.faults.guard(() => callOf(page.instance, handler, crossing()));
      },
      modelled: (name, shown) => void this.options.faults.guard(() => takeModel(page.instance, name, shown)),
    };
  }

  private setData(page: LivePage, change: Data, done?: () => void): void {
    const { faults, dataCall } = this.options;
    faults.guard(() => {
      const { crossing, bytes } = takeData(page.path, page.instance.data, change);
      dataCall({ page: page.path, bytes });
      // An answer that comes after she left has nowhere to be shown.
      if (page.view) page.view.setData(crossing);
      else if (!page.isClosed) page.waiting.push(crossing);
      observe(page.instance, Object.keys(change));
      if (done) setTimeout(() => faults.guard(() => done.call(page.instance)));
    });
  }

  /** Only where the configuration says so can a page be drawn down. */
  private watchPull(page: LivePage, view: PageView): void {
    if (this.options.configOf(page.path).enablePullDownRefresh !== true) return;
    const { faults } = this.options;
    view.watchPull(
      () => openHeight(page),
      (distance, isOver) => pulled(page, distance, isOver, faults),
    );
  }

  private watchScroll(page: LivePage, view: PageView): void {
    const { faults } = this.options;
    const distance = Number(this.options.configOf(page.path).onReachBottomDistance ?? REACH_BOTTOM);
    // How long the page was at its bottom: one that has grown since has another bottom.
    let reachedAt = 0;
    view.window.document.addEventListener('scroll', () => {
      const { scrollTop, scrollHeight } = view.window.document.scrollingElement as Element;
      const top = Math.max(scrollTop, view.window.document.body.scrollTop);
      faults.guard(() => callOf(page.instance, 'onPageScroll', { scrollTop: top }));
      const isAtBottom = scrollHeight - top - view.window.innerHeight <= distance;
      if (isAtBottom && scrollHeight > reachedAt) faults.guard(() => callOf(page.instance, 'onReachBottom'));
      reachedAt = isAtBottom ? scrollHeight : 0;
    });
  }
}
