import { resolveFile } from '../project/paths.js';
import type { Data } from './data-path.js';

export type Definition = Data & { methods?: Data; data?: Data };

export interface Registered {
  app: Definition | null;
  pages: Map<string, Definition>;
  components: Map<string, Definition>;
}

/** The logic layer has no browser: these names must not reach it. */
const HIDDEN =
  `window document self parent top frames navigator location history localStorage sessionStorage XMLHttpRequest fetch
  WebSocket Image HTMLElement Element MessageChannel requestAnimationFrame cancelAnimationFrame indexedDB alert
  confirm prompt`.split(/\s+/);

const GLOBALS = {
  Object,
  Array,
  Function,
  Error,
  TypeError,
  RangeError,
  Promise,
  Map,
  Set,
  WeakMap,
  WeakSet,
  Symbol,
  JSON,
  Math,
  Date,
  RegExp,
  String,
  Number,
  Boolean,
  BigInt,
  Reflect,
  Proxy,
  ArrayBuffer,
  DataView,
  Uint8Array,
  parseInt,
  parseFloat,
  isNaN,
  isFinite,
  encodeURIComponent,
  decodeURIComponent,
  setTimeout: (...args: Parameters<typeof setTimeout>) => setTimeout(...args),
  clearTimeout: (id?: number) => clearTimeout(id),
  setInterval: (...args: Parameters<typeof setInterval>) => setInterval(...args),
  clearInterval: (id?: number) => clearInterval(id),
};

/** The names that scripts of the mini-program see besides their own. */
export interface Surroundings {
  wx: object;
  console: object;
  getApp: () => unknown;
  getCurrentPages: () => unknown[];
}

interface Module {
  exports: unknown;
}

/** Runs the scripts as WeChat does: each file once, `require` by path, `Page` and `Component` known by their file. */
export class ModuleLoader {
  readonly registered: Registered = { app: null, pages: new Map(), components: new Map() };
  /** What scripts see as `globalThis`. */
  readonly global: Data = { ...GLOBALS };
  private readonly modules = new Map<string, Module>();
  private running = '';

  constructor(
    private readonly scripts: Record<string, string>,
    private readonly surroundings: Surroundings,
  ) {}

  /** The script or component that a path means, without `.js`. */
  find(from: string, path: string): string {
    return resolveFile(from, path, (file) => file in this.scripts);
  }

  /** Runs a file, given without `.js`, and gives what it exports. */
  load(from: string, path: string): unknown {
    const id = this.find(from, path.replace(/\.js$/, ''));
    const known = this.modules.get(id);
    if (known) return known.exports;
    const text = this.scripts[id];
    if (text === undefined) throw new Error(`module '${id}.js' is not defined, require args is '${path}'`);
    const module: Module = { exports: {} };
    this.modules.set(id, module);
    const outer = this.running;
    this.running = id;
    try {
      this.evaluate(`${text}\n//# sourceURL=weapp:///${id}.js`, {
        require: (next: string) => this.load(id, next),
        module,
        exports: module.exports,
      });
    } finally {
      this.running = outer;
    }
    return module.exports;
  }

  /** Calls a function that came as text, among the same names. */
  call(declaration: string, args: unknown[]): unknown {
    const holder: { made?: (...values: unknown[]) => unknown } = {};
    this.evaluate(`holder.made = (${declaration})`, { holder });
    return holder.made?.(...args);
  }

  private evaluate(text: string, own: Data): void {
    const { pages, components } = this.registered;
    const names: Data = {
      ...this.surroundings,
      ...own,
      App: (definition: Definition) => {
        this.registered.app = definition;
      },
      Page: (definition: Definition) => pages.set(this.running, definition),
      Component: (definition: Definition) => components.set(this.running, definition),
      Behavior: (definition: Definition) => definition,
      __wxConfig: {},
      ...Object.fromEntries(HIDDEN.map((name) => [name, undefined])),
      // What a test has exposed is a global of the mini-program.
      ...Object.fromEntries(Object.entries(this.global).filter(([name]) => !(name in GLOBALS))),
      globalThis: this.global,
      global: this.global,
    };
    // In a function of its own a script may declare any of these names again.
    new Function(...Object.keys(names), `(function(){\n${text}\n})()`).apply(undefined, Object.values(names));
  }
}
