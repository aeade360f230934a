import type { StartOptions } from '../logic/bridge.js';
import type { Watch } from '../logic/watch.js';

/** One phone's place on the bench: whose it is, and its line to the outside. */
export interface PhonePlace {
  options: Pick<StartOptions, 'persona' | 'entry'>;
  call(name: string, args: unknown[]): Promise<unknown>;
  watch: Watch;
}

/** The page on which people use the mini-program by hand, as the phones on it see it. */
export interface Bench {
  placeOf(window: Window): PhonePlace | undefined;
}
