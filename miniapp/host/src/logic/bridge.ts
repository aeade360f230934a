import type { CompiledProject } from '../compile/compile-project.js';
import type { TemplatePlaces } from '../template-places.js';
import type { Watch } from './watch.js';

/** A request as it leaves the phone: always text or nothing in its body. */
export interface WireRequest {
  /** By which it can be aborted. */
  id: string;
  url: string;
  method: string;
  headers: Record<string, string>;
  body: string | null;
  timeoutMs: number;
}

export type WireAnswer =
  | { status: number; headers: Record<string, string>; cookies: string[]; text: string }
  | { fault: 'timeout' | 'no_line' | 'aborted' | 'failed'; words: string };

export interface Download {
  status: number;
  /** Where the phone keeps the file; null when nothing came. */
  path: string | null;
}

/** How the mini-program was opened. */
export interface Entry {
  path: string;
  query: Record<string, string>;
  scene: number;
  referrerInfo?: Record<string, unknown>;
}

export interface StartOptions {
  persona: string;
  entry: { url: string | null; scene: number };
  rewrites: [string, string][];
  hasPlatform: boolean;
  dataLimit: number;
}

/** What the process around the browser does for the phone. */
export interface Bridge {
  /** Says something to whoever drives the mini-program: `App.logAdded` and the like. */
  emit(method: string, params: object): void;
  request(wire: WireRequest): Promise<WireAnswer>;
  /** Ends the request of that id, when it still runs. */
  abort(id: string): Promise<void>;
  download(url: string): Promise<Download>;
  /** Puts a file of the phone into its album; false when there is no such file. */
  keepPicture(path: string): Promise<boolean>;
  /** Asks what stands in for WeChat; throws when nothing does. */
  platform(path: string, body: Record<string, unknown>): Promise<Record<string, unknown>>;
  /** The address of a page of the platform's that comes back with what was decided. */
  platformPage(path: string, query: Record<string, string>): Promise<string>;
}

/** What the page of the host starts with. */
export interface Start {
  project: CompiledProject;
  options: StartOptions;
  bridge: Bridge;
  templatePlaces: TemplatePlaces;
  /** Somebody looks on: she uses the mini-program by hand, with a mouse for a finger. */
  watch?: Watch;
}
