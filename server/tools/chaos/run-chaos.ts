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

/**
 * After so many a world is brought back to its beginning, and its books are compared as a whole before. Not more: what
 * histories leave open for good, a refund that nobody sends again, is asked about in all that follow.
 */
const CHAPTER = 25;
/** Worlds that play side by side, each on a database of its own: while one waits for its database, another goes on. */
const LANES: Record<Engine, number> = { sqlite: 1, mariadb: 3 };
const SHRINK_MS = 20_000;
/** After so many the fault is known; the rest are counted and not made small. */
const MOST_SHOWN = 3;
const TELL_EVERY_MS = 10_000;

/** What the lanes share: the next chapter to play, and what was found so far. */
interface Run extends ChaosOptions {
  next: number;
  end: number;
  played: number;
  wrong: number;
  told: number;
}

export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const { counts, engine } = options;
  const most = Math.max(0, ...KINDS.map(({ name }) => counts[name] ?? 0));
  const worlds: ChaosWorld[] = [];
  const total: ChaosResult = { histories: 0, wrong: 0 };
  try {
    const lanes = Math.min(LANES[engine], Math.ceil(most / CHAPTER));
    for (let lane = 0; lane < lanes; lane += 1) worlds.push(await ChaosWorld.open(engine));
    for (const kind of KINDS) {
      const count = counts[kind.name] ?? 0;
      total.wrong += await runKind(worlds, kind, count, options);
      total.histories += count;
    }
  } finally {
    for (const world of worlds) await world.close();
  }
  return total;
}

async function runKind(
  worlds: readonly ChaosWorld[],
  kind: HistoryKind,
  count: number,
  options: ChaosOptions,
): Promise<number> {
  const { from = 0 } = options;
  const run: Run = { ...options, next: from, end: from + count, played: 0, wrong: 0, told: performance.now() };
  const lane = async (world: ChaosWorld): Promise<void> => {
    while (run.next < run.end) {
      const first = run.next;
      run.next = Math.min(first + CHAPTER, run.end);
      await playChapter(world, kind, { first, end: run.next }, run);
    }
  };
  // All lanes come to their end before the worlds are closed, also when one fails.
  const ends = await Promise.allSettled(worlds.map(lane));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  return run.wrong;
}

async function playChapter(
  world: ChaosWorld,
  kind: HistoryKind,
  { first, end }: { first: number; end: number },
  run: Run,
): Promise<void> {
  const { seed, say } = run;
  await begin(world, kind);
  let isWhole = true;
  for (let index = first; index < end; index += 1) {
    const steps = kind.draw(new Chance(seed, index));
    const faults = await playOne(world, kind, steps);
    isWhole = faults.length === 0;
    if (!isWhole) {
      run.wrong += 1;
      if (run.wrong <= MOST_SHOWN) await show(world, kind, { index, steps, faults }, run);
      // What is wrong must not be found again in the next history.
      await begin(world, kind);
    }
    run.played += 1;
    if (performance.now() - run.told < TELL_EVERY_MS) continue;
    run.told = performance.now();
    say(`… ${run.played} histories of ${kind.name}, ${run.wrong} wrong`);
  }
  const books = isWhole ? await world.checkBooks(kind.unfit) : [];
  if (books.length > 0) run.wrong += 1;
  for (const line of books) say(`After histories ${first} to ${end - 1} of ${kind.name}, seed ${seed}: ${line}`);
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
