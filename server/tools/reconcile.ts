/**
 * `npm run reconcile` (R5.7): compares orders, payments, refunds, commissions, payouts and the ledger of DATABASE_URL
 * and prints every difference with both rows. Reads only. Ends with `N compared, N differences`, and with code 1 when
 * there are any.
 */
import { existsSync } from 'node:fs';
import type { ReconciliationDifference, ReconciliationSide } from '@mall/shared/reconciliation';
import type { DataSource } from 'typeorm';
import { type Reconciliation, reconcile } from '../src/hq/reconciliation/reconciliation.public.js';
import { WallClock } from '../src/platform/clock/wall-clock.js';
import { openReadSource, openWriteSource } from '../src/platform/database/data-source.js';
import { type DatabaseTarget, parseDatabaseUrl } from '../src/platform/database/database-url.js';
import { readSnapshot } from '../src/platform/database/read-snapshot.js';
import type { Reader } from '../src/platform/database/tx.js';

const EVERY_ROW = Number.MAX_SAFE_INTEGER;

/** A connection that reads; on SQLite one that cannot do anything else. */
async function open(target: DatabaseTarget): Promise<DataSource> {
  if (target.engine !== 'sqlite') return openWriteSource(target, { entities: [], migrations: [], poolSize: 1 });
  if (!existsSync(target.file)) throw new Error(`there is no database at ${target.file} yet: npm start makes one`);
  return openReadSource(target, undefined as never);
}

/** The business clock's time: a demo's runs ahead by what its table says. */
async function businessNow(reader: Reader): Promise<number> {
  const now = new WallClock().now();
  if (process.env.DEMO !== '1') return now;
  const row = await reader.first<{ offsetMs: number }>(`SELECT offsetMs FROM demo_clock WHERE id = 'business'`);
  return now + Number(row?.offsetMs ?? 0);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function printSide(name: string, { source, row, amountFen }: ReconciliationSide): void {
  const amount = amountFen === null ? '' : `  ${amountFen} fen`;
  print(`    ${name} ${source}${amount}`);
  print(`      ${row === null ? (source.startsWith('computed') ? '' : 'no row') : JSON.stringify(row)}`.trimEnd());
}

function printDifference({ check, subject, sentence, left, right, differenceFen }: ReconciliationDifference): void {
  print(`\n  ${check}  ${subject}`);
  print(`    ${sentence}${differenceFen === null ? '' : `  (difference: ${differenceFen} fen)`}`);
  printSide('left: ', left);
  printSide('right:', right);
}

function printReport({ compared, inFlight, differences, checks, rows }: Reconciliation): void {
  const column = (text: string | number, width: number): string => String(text).padStart(width);
  print(`${'check'.padEnd(22)}${column('compared', 10)}${column('in flight', 11)}${column('differences', 13)}`);
  for (const check of checks) {
    const counts = `${column(check.compared, 10)}${column(check.inFlight, 11)}${column(check.differences, 13)}`;
    print(`${check.name.padEnd(22)}${counts}  ${check.sentence}`);
  }
  for (const row of rows) printDifference(row);
  if (inFlight > 0) print(`\n${inFlight} rows wait for events of their orders to be handled and were not judged.`);
  print(`\n${compared} compared, ${differences} differences`);
}

async function main(): Promise<void> {
  const target = parseDatabaseUrl(process.env.DATABASE_URL ?? 'sqlite:var/mall.sqlite');
  if ('fault' in target) throw new Error(`DATABASE_URL ${target.fault}`);
  const source = await open(target);
  try {
    const report = await readSnapshot(source, async (reader) =>
      reconcile(reader, { now: await businessNow(reader), keep: EVERY_ROW }),
    );
    printReport(report);
    process.exitCode = report.differences === 0 ? 0 : 1;
  } finally {
    await source.destroy();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
});
