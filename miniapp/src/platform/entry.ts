/** How the mini-program was opened: with which address, from which scene. */
export interface Entry {
  query: Readonly<Record<string, string | undefined>>;
  scene: number;
}

interface ShowOptions {
  query?: Record<string, string | undefined>;
  scene?: number;
}

/** Reads WeChat's onShow argument, which may lack everything. */
export function entryOf(options: ShowOptions | undefined): Entry {
  return { query: options?.query ?? {}, scene: options?.scene ?? 0 };
}

/** Calls back whenever an address was opened while the app was running: on a phone onShow says it already. */
export function watchEntries(_listener: (entry: Entry) => void): void {}
