/** `npm run model`: see scripts/model.mjs. */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { runModel } from './run-model.js';

const USAGE = 'npm run model -- [--sequences 200] [--seed N] [--steps 50] [--db sqlite|mariadb] [--from 0]';
const LEAST_STEPS = 30;
const DEFAULT_STEPS = 50;

function whole(name: string, text: string | undefined, fallback: number, least: number): number {
  const value = text === undefined ? fallback : Number(text);
  if (!Number.isSafeInteger(value) || value < least) {
    throw new RangeError(`--${name} must be a whole number from ${least}, not "${text}"\n${USAGE}`);
  }
  return value;
}

async function main(): Promise<number> {
  const text = { type: 'string' } as const;
  const options = { sequences: text, seed: text, steps: text, db: text, from: text };
  const { values } = parseArgs({ options, allowPositionals: false });
  const { db = 'sqlite' } = values;
  if (db !== 'sqlite' && db !== 'mariadb') throw new RangeError(`--db is sqlite or mariadb, not "${db}"\n${USAGE}`);
  const sequences = whole('sequences', values.sequences, 200, 1);
  const seed = whole('seed', values.seed, randomInt(1_000_000_000), 0);
  const steps = whole('steps', values.steps, DEFAULT_STEPS, LEAST_STEPS);
  const from = whole('from', values.from, 0, 0);
  const say = (line: string): void => {
    process.stdout.write(`${line}\n`);
  };
  say(`${sequences} sequences of ${steps} steps on ${db}, seed ${seed}`);
  const { wrong, gaps, table } = await runModel({ engine: db, sequences, seed, steps, from, say });
  say(`\n${table}\n`);
  // Few sequences need not meet everything.
  const missed = sequences >= 200 || (sequences >= 100 && db === 'mariadb') ? gaps : [];
  for (const gap of missed) say(gap);
  say(`${sequences} sequences, ${wrong} wrong`);
  return wrong > 0 || missed.length > 0 ? 1 : 0;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof RangeError || error instanceof TypeError ? error.message : error);
    process.exitCode = 1;
  },
);
