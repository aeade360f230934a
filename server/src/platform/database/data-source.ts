import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DataSource, type DataSourceOptions } from 'typeorm';
import type { DatabaseTarget } from './database-url.js';
import type { EntityClass } from './tx.js';

interface SourceOptions {
  entities: EntityClass<object>[];
  migrations: EntityClass<object>[];
  /** Connections that the pool may open (MySQL family). */
  poolSize: number;
}

/** Options that make the engines behave alike: no schema sync, numbers as numbers, one collation that tells case. */
export function writeSourceOptions(target: DatabaseTarget, options: SourceOptions): DataSourceOptions {
  const shared = { entities: options.entities, migrations: options.migrations, migrationsTableName: 'migrations' };
  if (target.engine === 'sqlite') {
    return {
      ...shared,
      type: 'better-sqlite3',
      database: target.file,
      enableWAL: true,
      statementCacheSize: 500,
      prepareDatabase: (database: { pragma(text: string): unknown }) => {
        database.pragma('busy_timeout = 5000');
        // WAL with NORMAL survives a crash of the process; a power cut can lose the last commits, not the file.
        // Money is at stake, so every commit is flushed.
        database.pragma('synchronous = FULL');
      },
    };
  }
  return {
    ...shared,
    type: target.engine,
    host: target.host,
    port: target.port,
    username: target.username,
    password: target.password,
    database: target.name,
    charset: 'utf8mb4_bin',
    supportBigNumbers: true,
    bigNumberStrings: false,
    // Rules and stored time are UTC epoch ms; nothing here is a DATETIME.
    timezone: 'Z',
    extra: { connectionLimit: options.poolSize, decimalNumbers: true, enableKeepAlive: true },
  };
}

interface MysqlPool {
  on(event: 'connection', listener: (connection: { query(sql: string): unknown }) => void): void;
}

const SESSION_SQL = 'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED';

/** Opens the writing source. */
export async function openWriteSource(target: DatabaseTarget, options: SourceOptions): Promise<DataSource> {
  if (target.engine === 'sqlite') mkdirSync(dirname(target.file), { recursive: true });
  const source = await new DataSource(writeSourceOptions(target, options)).initialize();
  if (target.engine !== 'sqlite') {
    // As the migrations make them: an entity cannot name a type that only some of the databases have.
    for (const column of source.entityMetadatas.flatMap(({ columns }) => columns)) {
      if (column.type === 'text') column.type = 'mediumtext';
    }
    // Conditional updates decide everything, so later reads should see what they decided on.
    (source.driver as unknown as { pool: MysqlPool }).pool.on('connection', (connection) => {
      connection.query(SESSION_SQL);
    });
    // The pool opened one connection before the listener stood.
    await source.query(SESSION_SQL);
  }
  return source;
}

/** Opens the reading source: the writing one on the MySQL family, a read-only connection on SQLite. */
export async function openReadSource(target: DatabaseTarget, write: DataSource): Promise<DataSource> {
  if (target.engine !== 'sqlite') return write;
  return new DataSource({
    type: 'better-sqlite3',
    database: target.file,
    readonly: true,
    statementCacheSize: 500,
    prepareDatabase: (database: { pragma(text: string): unknown }) => {
      database.pragma('busy_timeout = 5000');
    },
  }).initialize();
}
