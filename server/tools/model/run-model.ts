/** Runs many sequences, tells how it goes, and shows each that fails as small as it can be made. */
import { performance } from 'node:perf_hooks';
import { Chance } from './chance.js';
import { drawSteps } from './draw-steps.js';
import { MallWorld } from './mall-world.js';
import type { Engine } from './open-mall.js';
import { type Failure, runSequence } from './run-sequence.js';
import { shrink, simpler } from './shrink.js';
import type { Step } from './steps.js';
import { Tally } from './tally.js';

export interface ModelOptions {
  engine: Engine;
  sequences: number;
  seed: number;
  /** Steps of a sequence. */
  steps: number;
  /** The first sequence to play; those before it are left out. */
  from?: number;
  say: (line: string) => void;
}

export interface ModelResult {
  wrong: number;
  /** Rows of the tables that have less than their share. */
  gaps: string[];
  table: string;
}

const SHRINK_MS = 30_000;
/** After so many the fault is known; the rest are counted and not made small. */
const MOST_SHOWN = 3;
const TELL_EVERY_MS = 10_000;

export async function runModel(options: ModelOptions): Promise<ModelResult> {
  const { engine, sequences, seed, steps: length, from = 0, say } = options;
  const world = await MallWorld.open(engine);
  const tally = new Tally();
  let wrong = 0;
  let told = performance.now();
  try {
    for (let sequence = from; sequence < from + sequences; sequence += 1) {
      const steps = drawSteps(new Chance(seed, sequence), length);
      const failure = await runSequence(world, steps, tally);
      if (failure !== null) {
        wrong += 1;
        if (wrong <= MOST_SHOWN) await show(world, options, sequence, steps, failure);
      }
      if (performance.now() - told < TELL_EVERY_MS) continue;
      told = performance.now();
      say(`… ${sequence - from + 1} of ${sequences} sequences, ${wrong} wrong`);
    }
  } finally {
    await world.close();
  }
  const { text, gaps } = tally.report();
  return { wrong, gaps, table: text };
}

async function show(
  world: MallWorld,
  { engine, seed, steps: length, say }: ModelOptions,
  sequence: number,
  steps: readonly Step[],
  failure: Failure,
): Promise<void> {
  say(`Sequence ${sequence} of seed ${seed} is wrong after step ${failure.at + 1} of ${steps.length}:`);
  for (const difference of failure.differences) say(`  ${difference}`);
  const until = performance.now() + SHRINK_MS;
  const known = steps.slice(0, failure.at + 1);
  const fails = async (some: readonly Step[]): Promise<boolean> => (await runSequence(world, some)) !== null;
  const small = await shrink(known, fails, () => performance.now() < until, simpler);
  const rest = await runSequence(world, small);
  say(`Made small, ${small.length} steps:`);
  for (const step of small) say(`  ${JSON.stringify(step)}`);
  for (const difference of rest?.differences ?? []) say(`  ⇒ ${difference}`);
  say(`Again: npm run model -- --seed ${seed} --from ${sequence} --sequences 1 --steps ${length} --db ${engine}`);
}
