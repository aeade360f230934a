/** `npm run chaos`: see scripts/chaos.mjs. */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { KINDS } from './kinds.js';
import { runChaos } from './run-chaos.js';

const USAGE = `npm run chaos -- ${KINDS.map(({ name }) => `[--${name} N]`).join(' ')} [--seed N] [--db sqlite|mariadb] [--from 0]`;
const DEFAULT_COUNT = 500;

function whole(name: string, text: string | undefined, fallback: number): number {
  const value = text === undefined ? fallback : Number(text);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new RangeError(`--${name} must be a whole number from 0, not "${text}"\n${USAGE}`);
}

async function main(): Promise<number> {
  const text = { type: 'string' } as const;
  const options = { seed: text, db: text, from: text, ...Object.fromEntries(KINDS.map(({ name }) => [name, text])) };
  const values = parseArgs({ options, allowPositionals: false }).values as Record<string, string | undefined>;
  const { db = 'sqlite' } = values;
  if (db !== 'sqlite' && db !== 'mariadb') throw new RangeError(`--db is sqlite or mariadb, not "${db}"\n${USAGE}`);
  const seed = whole('seed', values.seed, randomInt(1_000_000_000));
  const from = whole('from', values.from, 0);
  // Who names one kind wants no other.
  const fallback = KINDS.some(({ name }) => values[name] !== undefined) ? 0 : DEFAULT_COUNT;
  const counts = Object.fromEntries(KINDS.map(({ name }) => [name, whole(name, values[name], fallback)]));
  const say = (line: string): void => {
    process.stdout.write(`${line}\n`);
  };
  const asked = Object.entries(counts).map(([name, count]) => `${count} ${name}`);
  say(`Histories of ${asked.join(' and ')} on ${db}, seed ${seed}`);
  const { histories, wrong } = await runChaos({ engine: db, counts, seed, from, say });
  say(`${histories} histories, ${wrong} wrong`);
  return wrong > 0 ? 1 : 0;
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
