import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { MIGRATIONS } from '../../src/migrations/migrations.js';
import { openReadSource, openWriteSource } from '../../src/platform/database/data-source.js';
import { Database } from '../../src/platform/database/database.js';
import { type DatabaseTarget, parseDatabaseUrl } from '../../src/platform/database/database-url.js';
import { migrate } from '../../src/platform/database/migrate.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { ENTITIES } from '../../src/schema.js';

/** Database tests run on both: `describe.each(ENGINES)('… [%s]', (engine) => …)`; the title is what npm test counts. */
export const ENGINES = ['sqlite', 'mariadb'] as const;
export type Engine = (typeof ENGINES)[number];

export interface EmptyDatabase {
  target: DatabaseTarget;
  /** As DATABASE_URL. */
  url: string;
  drop(): Promise<void>;
}

let counter = 0;

async function emptyMariadb(): Promise<EmptyDatabase> {
  const serverUrl = process.env.TEST_MARIADB_URL;
  if (!serverUrl) throw new Error('TEST_MARIADB_URL is not set: run through npm test, which starts a private MariaDB');
  const url = new URL(serverUrl);
  const admin = await new DataSource({
    type: 'mariadb',
    host: url.hostname,
    port: Number(url.port),
    username: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
  }).initialize();
  counter += 1;
  const name = `t_${process.pid}_${counter}_${Math.floor(performance.now())}`;
  await admin.query(`CREATE DATABASE ${name}`);
  url.protocol = 'mariadb:';
  url.pathname = `/${name}`;
  const target = parseDatabaseUrl(url.href);
  if ('fault' in target) throw new Error(`TEST_MARIADB_URL ${target.fault}`);
  const drop = async (): Promise<void> => {
    await admin.query(`DROP DATABASE ${name}`);
    await admin.destroy();
  };
  return { target, url: url.href, drop };
}

/** A database of its own, without tables. */
export async function emptyDatabase(engine: Engine): Promise<EmptyDatabase> {
  if (engine === 'mariadb') return emptyMariadb();
  const folder = mkdtempSync(join(tmpdir(), 'mall-test-'));
  const file = join(folder, 'test.sqlite');
  return {
    target: { engine: 'sqlite', file },
    url: `sqlite:${file}`,
    drop: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

export interface TestDatabase {
  unitOfWork: UnitOfWork;
  database: Database;
  write: DataSource;
  close(): Promise<void>;
}

/** A migrated database with the platform's doors to it, without the rest of the server. */
export async function openTestDatabase(engine: Engine): Promise<TestDatabase> {
  const empty = await emptyDatabase(engine);
  const write = await openWriteSource(empty.target, { entities: ENTITIES, migrations: MIGRATIONS, poolSize: 20 });
  await migrate(write);
  const read = await openReadSource(empty.target, write);
  return {
    unitOfWork: new UnitOfWork(write),
    database: new Database(read),
    write,
    close: async () => {
      if (read !== write) await read.destroy();
      await write.destroy();
      await empty.drop();
    },
  };
}
