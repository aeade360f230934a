import type { Bridge } from '../logic/bridge.js';
import type { Line } from './line.js';

/** An answer of the mini-program, or the words of what went wrong; undefined when it does not run. */
export type Said = { answer?: unknown; fault?: string } | undefined;

export interface Place {
  x: number;
  y: number;
}

/** The phone as the host reaches it: in a headless Chromium of its own, or in whatever browser a person has opened. */
export interface Driven {
  command(method: string, params: object): Promise<Said>;
  /** Touches the screen, in CSS pixels from its top left corner. */
  tap(x: number, y: number): Promise<void>;
  /** Draws a finger over the screen; null where no browser's driver can. */
  drag: ((from: Place, to: Place) => Promise<void>) | null;
  /** The screen as a PNG. */
  picture(): Promise<Buffer>;
  /** Touches something on the page of the platform's that is shown. */
  platformTap(selector: string): Promise<void>;
}

/** Says something of the mini-program's to the host: `App.exceptionThrown` and the like. */
export type Heard = (method: string, params: object) => void;

export type BridgeCalls = Record<string, (...args: never[]) => unknown>;

/** What the phone asks of the process around it, by name. */
export function bridgeCalls(line: Line, heard: Heard): BridgeCalls {
  return {
    emit: heard,
    request: line.request.bind(line),
    abort: line.abort.bind(line),
    download: line.download.bind(line),
    keepPicture: line.keepPicture.bind(line),
    platform: line.platform.bind(line),
    platformPage: line.platformPage.bind(line),
  } satisfies Record<keyof Bridge, unknown>;
}
