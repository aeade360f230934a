import { existsSync } from 'node:fs';
import type { DataSource } from 'typeorm';
import { MIGRATIONS } from '../../src/migrations/migrations.js';
import type { Environment } from '../../src/platform/config/environment.js';
import { SealedText } from '../../src/platform/crypto/sealed-text.js';
import { openReadSource, openWriteSource } from '../../src/platform/database/data-source.js';
import { ENTITIES } from '../../src/schema.js';
import { startFaultOf } from '../../src/start-fault.js';
import { type Finding, fail, ok, warn } from './finding.js';

const LATE_MS = 10 * 60_000;

async function first<Row>(source: DataSource, sql: string, values: (string | number)[] = []): Promise<Row | null> {
  return ((await source.query(sql, values)) as Row[])[0] ?? null;
}

async function checkMigrations(source: DataSource): Promise<Finding> {
  const rows = (await source.query('SELECT name FROM migrations').catch(() => [])) as { name: string }[];
  const done = new Set(rows.map(({ name }) => name));
  const pending = MIGRATIONS.map(({ name }) => name).filter((name) => !done.has(name));
  if (pending.length === 0) return ok('migrations', 'the tables are up to date');
  return fail('migrations', `${pending.length} migrations are pending: start one process with MIGRATE_ON_START=1`);
}

async function checkServer(source: DataSource): Promise<Finding[]> {
  const row = await first<{ version: string; encoding: string }>(
    source,
    'SELECT VERSION() AS version, @@character_set_database AS encoding',
  );
  return [
    ok('database', `it answers: ${row?.version}`),
    row?.encoding === 'utf8mb4'
      ? ok('collation', 'the database writes utf8mb4')
      : fail('collation', `the database writes ${row?.encoding}: make it anew with CHARACTER SET utf8mb4`),
  ];
}

async function checkDataKey(source: DataSource, environment: Environment): Promise<Finding> {
  const row = await first<{ phoneSealed: string }>(
    source,
    'SELECT phoneSealed FROM members WHERE phoneSealed IS NOT NULL LIMIT 1',
  );
  if (row === null) return warn('data key', 'nothing was sealed yet, so the key could not be tried: keep a copy of it');
  try {
    new SealedText(environment).open(row.phoneSealed);
    return ok('data key', 'DATA_KEY opens what is in the database');
  } catch {
    return fail(
      'data key',
      'DATA_KEY does not open what is in the database: put the old key back, nothing else reads it',
    );
  }
}

async function checkWorker(source: DataSource, now: number): Promise<Finding> {
  const row = await first<{ waiting: number; oldest: number | null }>(
    source,
    `SELECT COUNT(*) AS waiting, MIN(recordedAt) AS oldest FROM outbox_events WHERE state = 'pending' AND attempts = 0 AND recordedAt < ?`,
    [now - LATE_MS],
  );
  const waiting = Number(row?.waiting ?? 0);
  if (waiting === 0) return ok('worker', 'nothing has waited longer than ten minutes for the worker');
  return fail('worker', `${waiting} events have waited longer than ten minutes: the worker is not running`);
}

async function open(environment: Environment): Promise<DataSource> {
  const { database } = environment;
  if (database.engine !== 'sqlite') {
    return openWriteSource(database, { entities: ENTITIES, migrations: [], poolSize: 1 });
  }
  if (!existsSync(database.file)) throw new Error(`there is no file ${database.file} yet: the first start makes it`);
  return openReadSource(database, undefined as never);
}

/** Reads only; on SQLite through a connection that cannot write. */
export async function checkDatabase(environment: Environment, now: number): Promise<Finding[]> {
  let source: DataSource;
  try {
    source = await open(environment);
  } catch (error) {
    return [fail('database', startFaultOf(error).split('\n')[0] ?? 'it cannot be opened')];
  }
  try {
    const found =
      environment.database.engine === 'sqlite'
        ? [ok('database', `${environment.database.file} can be read`)]
        : await checkServer(source);
    const migrations = await checkMigrations(source);
    if (migrations.result === 'fail') return [...found, migrations];
    return [...found, migrations, await checkDataKey(source, environment), await checkWorker(source, now)];
  } finally {
    await source.destroy();
  }
}
