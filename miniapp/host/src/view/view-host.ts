import type { Data } from '../logic/data-path.js';
import type { Definition } from '../logic/module-loader.js';
import type { Json } from '../project/read-json.js';
import type { Pull } from './pull.js';

export type Fire = (name: string, detail: unknown) => void;
export interface TapTarget {
  id: string;
  dataset: Data;
}

/** What a page's frame asks of the window around it. */
export interface ViewHost {
  properties: Record<string, string[]>;
  /** Somebody uses the phone with a mouse. */
  byMouse: boolean;
  /** The table of templates, made in the realm of the given window. */
  templatesFor(window: Window): Record<string, unknown>;
  styleOf(path: string): string;
  /** `usingComponents` of app.json, which every page and component may use. */
  appComponents: Record<string, string>;
  /** The path of a component as the file that names it means it. */
  componentPath(from: string, path: string): string;
  component(path: string): { definition: Definition; config: Json; mixesSlots: boolean };
  configOf(path: string): Json;
  /** `wx.createSelectorQuery` and `wx.createIntersectionObserver` within one component. */
  selectorQuery(component: unknown): unknown;
  intersectionObserver(component: unknown, options?: object): unknown;
  pictureAddress(source: string): string;
  /** The address of a copy on the phone. */
  fetchPicture(source: string): Promise<string>;
  /** A person taps: called before anything hears of it. */
  tapped(): void;
  openType(types: string[], target: TapTarget, fire: Fire): Promise<void>;
  pick(properties: Data): Promise<unknown>;
  navigate(how: string, options: { url: string; delta: number }): void;
  report(error: unknown): void;
  /** The frame has run its script. */
  viewReady(view: PageView): void;
}

/** What the window around asks of a page's frame. */
export interface PageView {
  window: Window & typeof globalThis;
  mount(page: MountedPage): void;
  setData(change: Data): void;
  /** A component of the mini-program in the page's own template; null when there is none. */
  select(selector: string): unknown;
  selectAll(selector: string): unknown[];
  /** Tells the components what happens to their page. */
  lifetime(name: 'show' | 'hide'): void;
  /** The page can be seen. */
  ready(): void;
  /** Watches for a finger that draws the page down; `shift` is how far the frame has moved under it. */
  watchPull(shift: () => number, pull: Pull): void;
  /** Says an event of a component, as if the component had. */
  trigger(element: Element, name: string, detail: unknown, bubbles: boolean): void;
  release(): void;
}

export interface MountedPage {
  path: string;
  config: Json;
  data: Data;
  handlers: string[];
  /** `isOwn`: what it tells comes from a script, as it is, and may hold what the bridge does not carry. */
  dispatch(handler: string, event: Data, isOwn: boolean): unknown;
  /** A `model:` of the page's template has changed a part of what it shows. */
  modelled(name: string, shown: unknown): void;
}

declare global {
  interface Window {
    __weappViewHost?: ViewHost;
  }
}

/** The window around this frame. */
export const host = window.parent.__weappViewHost as ViewHost;
