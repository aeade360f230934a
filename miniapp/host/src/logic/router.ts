import { type Address, NAMELESS, parseAddress } from '../project/paths.js';

/** WeChat keeps at most ten pages. */
export const MOST_PAGES = 10;

/** A page on the stack, as far as the order of things is concerned. */
export interface Routed {
  readonly id: number;
  readonly path: string;
  readonly query: Record<string, string>;
}

/** What a page goes through. */
export interface PageLife<P extends Routed> {
  make(address: Address): P;
  /** Calls onLoad, onShow and onReady; ends when the page can be seen. The page is on the stack already. */
  open(page: P): Promise<void>;
  hide(page: P): void;
  show(page: P): void;
  close(page: P): void;
  /** Puts the page before the others. */
  raise(page: P): void;
}

export class RouteRefusal extends Error {}

export interface RouterOptions<P extends Routed> {
  pages: readonly string[];
  tabs: readonly string[];
  life: PageLife<P>;
}

/** The stack of pages. Calls wait for each other, so that two of them never cut into one another. */
export class Router<P extends Routed> {
  readonly stack: P[] = [];
  private readonly tabPages = new Map<string, P>();
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: RouterOptions<P>) {}

  get top(): P | undefined {
    return this.stack.at(-1);
  }

  isTab(path: string): boolean {
    return this.options.tabs.includes(path);
  }

  /** Pages that exist: those on the stack and the tabs that were visited. */
  all(): P[] {
    return [...new Set([...this.stack, ...this.tabPages.values()])];
  }

  /** The whole mini-program comes to the front, or leaves it. */
  showTop(): void {
    if (this.top) this.options.life.show(this.top);
  }

  hideTop(): void {
    if (this.top) this.options.life.hide(this.top);
  }

  /** Ends when no change of page is under way. */
  async settled(): Promise<void> {
    await this.last.catch(() => undefined);
  }

  /** `prepare` is called with the new page before its life begins. */
  navigateTo(url: string, prepare?: (page: P) => void): Promise<void> {
    return this.queue(async () => {
      const address = this.known(url);
      if (this.isTab(address.path)) throw new RouteRefusal('can not navigateTo a tabbar page');
      if (this.stack.length >= MOST_PAGES) throw new RouteRefusal('webview count limit exceed');
      if (this.top) this.options.life.hide(this.top);
      await this.open(address, prepare);
    });
  }

  redirectTo(url: string): Promise<void> {
    return this.queue(async () => {
      const address = this.known(url);
      if (this.isTab(address.path)) throw new RouteRefusal('can not redirectTo a tabbar page');
      const left = this.stack.pop();
      if (left) this.close(left);
      await this.open(address);
    });
  }

  /** `bare` as in parseAddress: whoever opens the mini-program from outside goes another way than its own code. */
  reLaunch(url: string, bare = NAMELESS): Promise<void> {
    return this.queue(async () => {
      const address = this.known(url, bare);
      for (const page of [...this.stack].reverse()) this.close(page);
      this.stack.length = 0;
      for (const page of this.tabPages.values()) this.close(page);
      await this.open(address);
    });
  }

  switchTab(url: string): Promise<void> {
    return this.queue(async () => {
      const address = this.known(url);
      if (!this.isTab(address.path)) throw new RouteRefusal('can not switch to no-tabBar page');
      const before = this.top;
      for (const page of [...this.stack].reverse()) if (!this.isTab(page.path)) this.close(page);
      const tab = this.stack.find((page) => this.isTab(page.path));
      this.stack.length = 0;
      if (tab && tab === before && tab.path !== address.path) this.options.life.hide(tab);
      const known = this.tabPages.get(address.path);
      if (known === undefined) {
        // WeChat gives a tab no parameters.
        await this.open({ path: address.path, query: {} });
        return;
      }
      this.stack.push(known);
      this.options.life.raise(known);
      if (known !== before) this.options.life.show(known);
    });
  }

  navigateBack(delta = 1): Promise<void> {
    return this.queue(async () => {
      if (this.stack.length < 2) throw new RouteRefusal('cannot navigate back at first page.');
      const left = this.stack.splice(Math.max(1, this.stack.length - Math.max(1, delta)));
      for (const page of left.reverse()) this.close(page);
      if (!this.top) return;
      this.options.life.raise(this.top);
      this.options.life.show(this.top);
    });
  }

  private async open(address: Address, prepare?: (page: P) => void): Promise<void> {
    const page = this.options.life.make(address);
    prepare?.(page);
    this.stack.push(page);
    if (this.isTab(page.path)) this.tabPages.set(page.path, page);
    await this.options.life.open(page);
  }

  private close(page: P): void {
    if (this.tabPages.get(page.path) === page) this.tabPages.delete(page.path);
    this.options.life.close(page);
  }

  private known(url: string, bare = NAMELESS): Address {
    const address = parseAddress(this.top?.path ?? '', url, bare);
    if (!this.options.pages.includes(address.path)) throw new RouteRefusal(`page "${address.path}" is not found`);
    return address;
  }

  private queue(change: () => Promise<void>): Promise<void> {
    const next = this.last.then(change, change);
    this.last = next.catch(() => undefined);
    return next;
  }
}
