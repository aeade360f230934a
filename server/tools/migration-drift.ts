/**
 * Migrates an empty database and asks TypeORM what it would still change to match the entities: nothing, or the
 * migrations have drifted. Runs on SQLite, and on MariaDB too when TEST_MARIADB_URL names a server.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { MIGRATIONS } from '../src/migrations/migrations.js';
import { openWriteSource } from '../src/platform/database/data-source.js';
import { type DatabaseTarget, parseDatabaseUrl } from '../src/platform/database/database-url.js';
import { migrate } from '../src/platform/database/migrate.js';
import { ENTITIES } from '../src/schema.js';

async function driftOf(target: DatabaseTarget): Promise<string[]> {
  const source = await openWriteSource(target, { entities: ENTITIES, migrations: MIGRATIONS, poolSize: 2 });
  try {
    await migrate(source);
    return (await source.driver.createSchemaBuilder().log()).upQueries.map(({ query }) => query);
  } finally {
    await source.destroy();
  }
}

async function withMariadb(serverUrl: string): Promise<string[]> {
  const name = `drift_${process.pid}`;
  const url = new URL(serverUrl);
  const admin = await new DataSource({
    type: 'mariadb',
    host: url.hostname,
    port: Number(url.port),
    username: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
  }).initialize();
  try {
    await admin.query(`CREATE DATABASE ${name}`);
    url.pathname = `/${name}`;
    const target = parseDatabaseUrl(url.href.replace(/^mysql:/, 'mariadb:'));
    if ('fault' in target) throw new Error(`TEST_MARIADB_URL ${target.fault}`);
    return await driftOf(target);
  } finally {
    await admin.query(`DROP DATABASE IF EXISTS ${name}`);
    await admin.destroy();
  }
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'mall-drift-'));
  const found: Record<string, string[]> = {};
  try {
    found.sqlite = await driftOf({ engine: 'sqlite', file: join(folder, 'drift.sqlite') });
    if (process.env.TEST_MARIADB_URL) found.mariadb = await withMariadb(process.env.TEST_MARIADB_URL);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  for (const [engine, queries] of Object.entries(found)) {
    process.stdout.write(`${engine}: ${queries.length === 0 ? 'no drift' : `${queries.length} changes missing`}\n`);
    for (const query of queries) process.stdout.write(`  ${query}\n`);
  }
  process.exitCode = Object.values(found).some((queries) => queries.length > 0) ? 1 : 0;
}

void main();
