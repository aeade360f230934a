import type { Entry } from './bridge.js';
import { type Data } from './data-path.js';
import type { Faults } from './faults.js';
import type { Definition } from './module-loader.js';
import { callOf, type Instance } from './page-instance.js';

export type AppEvent = 'Show' | 'Hide' | 'Error' | 'UnhandledRejection' | 'PageNotFound' | 'NetworkStatusChange';
type Listener = (said: unknown) => void;

/** The app of the mini-program and those who listen to it by `wx.onApp…`. */
export class App {
  instance: (Data & { globalData?: unknown }) | undefined;
  /** How it was opened first, and last. */
  launched: Entry | null = null;
  entered: Entry | null = null;
  isShown = false;
  private readonly listeners = new Map<string, Set<Listener>>();

  constructor(private readonly faults: Faults) {}

  start(definition: Definition, entry: Entry): void {
    this.instance = { ...definition };
    this.launched = entry;
    this.entered = entry;
    this.say('onLaunch', entry);
    this.show(entry);
  }

  show(entry: Entry): void {
    this.entered = entry;
    this.isShown = true;
    this.say('onShow', entry);
    this.tell('Show', entry);
  }

  hide(): void {
    this.isShown = false;
    this.say('onHide');
    this.tell('Hide', {});
  }

  /** Tells it that a page is asked for which does not exist; false when nobody listens. */
  pageMissing(asked: object): boolean {
    const isHeard = typeof this.instance?.onPageNotFound === 'function' || this.listeners.has('PageNotFound');
    this.say('onPageNotFound', asked);
    this.tell('PageNotFound', asked);
    return isHeard;
  }

  listen(name: string, listener: Listener): void {
    this.listeners.set(name, (this.listeners.get(name) ?? new Set()).add(listener));
  }

  unlisten(name: string, listener?: Listener): void {
    if (listener === undefined) this.listeners.delete(name);
    else this.listeners.get(name)?.delete(listener);
  }

  tell(name: AppEvent | string, said: unknown): void {
    for (const listener of [...(this.listeners.get(name) ?? [])]) this.faults.guard(() => listener(said));
  }

  /** A fault that the app's own handler raises is not told to it again. */
  failed(message: string): void {
    try {
      if (this.instance) callOf(this.instance as Instance, 'onError', message);
      for (const listener of [...(this.listeners.get('Error') ?? [])]) listener({ message });
    } catch (error) {
      console.error(error);
    }
  }

  /** A promise failed and nobody caught it. */
  unhandled(reason: unknown): void {
    this.say('onUnhandledRejection', { reason, promise: null });
    this.tell('UnhandledRejection', { reason, promise: null });
  }

  private say(name: string, ...args: unknown[]): void {
    const { instance } = this;
    if (instance) this.faults.guard(() => callOf(instance as Instance, name, ...args));
  }
}
