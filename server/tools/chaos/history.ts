/**
 * What the chaos run plays. A kind of history (payments, payouts) says how its steps are drawn, how they are played
 * against the real mall and the fake WeChat, and what the end must be. The frame (run-chaos.ts) draws, plays, shrinks
 * what is wrong and prints it.
 *
 * To add a kind: a file `<kind>-history.ts` that exports a HistoryKind, a place for its API in the fake
 * (`world.wechat.on(method, path, handler)`, as fake-pay.ts does), and a line in kinds.ts.
 */
import type { Chance } from '../model/chance.js';
import type { ChaosWorld } from './chaos-world.js';

export interface HistoryKind<Step extends object = object> {
  /** Also the name of the option that says how many: `--payments 2000`. */
  readonly name: string;
  /** The same chance gives the same steps. */
  draw(chance: Chance): Step[];
  /**
   * Called once on a fresh world, before its first history and after each reset: what all histories share. A history
   * must not lean on those before it.
   */
  prepare?(world: ChaosWorld): Promise<void>;
  /**
   * Plays the steps, lets the world come to rest, and judges: one sentence for each thing that is not as it must be.
   * A step that makes no sense any more (a refund without an order, since shrinking took it out) does nothing.
   */
  play(world: ChaosWorld, steps: readonly Step[]): Promise<string[]>;
  /** Checks of the mall's reconciliation that what this kind makes up cannot pass; none when absent. */
  readonly unfit?: readonly string[];
  /** Steps that say the same with less, for shrinking. */
  simpler?(step: Step): Iterable<Step>;
}
