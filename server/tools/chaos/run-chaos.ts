/** Plays many histories of each kind, and shows each that ends wrong with its seed and its steps, made small. */
import { performance } from 'node:perf_hooks';
import { Chance } from '../model/chance.js';
import type { Engine } from '../model/open-mall.js';
import { shrink } from '../model/shrink.js';
import { ChaosWorld } from './chaos-world.js';
import type { HistoryKind } from './history.js';
import { KINDS } from './kinds.js';

export interface ChaosOptions {
  engine: Engine;
  /** Histories of each kind, by its name. */
  counts: Readonly<Record<string, number>>;
  seed: number;
  /** The first history to play; those before it are left out. */
  from?: number;
  say: (line: string) => void;
}

export interface ChaosResult {
  histories: number;
  wrong: number;
}

/** After so many the world is brought back to its beginning, and its books are compared as a whole before. */
const CHAPTER = 250;
const SHRINK_MS = 20_000;
/** After so many the fault is known; the rest are counted and not made small. */
const MOST_SHOWN = 3;
const TELL_EVERY_MS = 10_000;

export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const world = await ChaosWorld.open(options.engine);
  const total: ChaosResult = { histories: 0, wrong: 0 };
  try {
    for (const kind of KINDS) {
      const count = options.counts[kind.name] ?? 0;
      if (count > 0) total.wrong += await runKind(world, kind, count, options);
      total.histories += count;
    }
  } finally {
    await world.close();
  }
  return total;
}

async function runKind(world: ChaosWorld, kind: HistoryKind, count: number, options: ChaosOptions): Promise<number> {
  const { seed, from = 0, say } = options;
  let wrong = 0;
  let told = performance.now();
  for (let index = from; index < from + count; index += 1) {
    if ((index - from) % CHAPTER === 0) await begin(world, kind);
    const steps = kind.draw(new Chance(seed, index));
    const faults = await playOne(world, kind, steps);
    if (faults.length > 0) {
      wrong += 1;
      if (wrong <= MOST_SHOWN) await show(world, kind, { index, steps, faults }, options);
      // What is wrong must not be found again in the next history.
      await begin(world, kind);
    } else if ((index - from) % CHAPTER === CHAPTER - 1 || index === from + count - 1) {
      const books = await world.checkBooks();
      if (books.length > 0) wrong += 1;
      for (const line of books) say(`After history ${index} of ${kind.name}, seed ${seed}: ${line}`);
    }
    if (performance.now() - told < TELL_EVERY_MS) continue;
    told = performance.now();
    say(`… ${index - from + 1} of ${count} histories of ${kind.name}, ${wrong} wrong`);
  }
  return wrong;
}

async function begin(world: ChaosWorld, kind: HistoryKind): Promise<void> {
  await world.reset();
  await kind.prepare?.(world);
}

/** What the mall throws and no refusal explains is a fault of the history as well. */
async function playOne(world: ChaosWorld, kind: HistoryKind, steps: readonly object[]): Promise<string[]> {
  try {
    return await kind.play(world, steps);
  } catch (error) {
    return [`the mall failed: ${error instanceof Error ? (error.stack ?? error.message) : JSON.stringify(error)}`];
  }
}

async function show(
  world: ChaosWorld,
  kind: HistoryKind,
  failed: { index: number; steps: readonly object[]; faults: readonly string[] },
  { seed, engine, say }: ChaosOptions,
): Promise<void> {
  say(`History ${failed.index} of ${kind.name}, seed ${seed}, ends wrong:`);
  for (const fault of failed.faults) say(`  ${fault}`);
  const until = performance.now() + SHRINK_MS;
  const playAfresh = async (steps: readonly object[]): Promise<string[]> => {
    await begin(world, kind);
    return playOne(world, kind, steps);
  };
  const fails = async (steps: readonly object[]): Promise<boolean> => (await playAfresh(steps)).length > 0;
  if (!(await fails(failed.steps))) {
    say('  It ends well on a fresh world: it needs those before it, or the chance of a race.');
    for (const step of failed.steps) say(`  ${JSON.stringify(step)}`);
  } else {
    const simpler = (step: object): Iterable<object> => kind.simpler?.(step) ?? [];
    const small = await shrink(failed.steps, fails, () => performance.now() < until, simpler);
    say(`  Made small, ${small.length} steps:`);
    for (const step of small) say(`    ${JSON.stringify(step)}`);
    for (const fault of await playAfresh(small)) say(`    ⇒ ${fault}`);
  }
  say(`  Again: npm run chaos -- --${kind.name} 1 --from ${failed.index} --seed ${seed} --db ${engine}`);
}
