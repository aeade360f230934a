import { setImmediate as nextTurn } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Environment } from '../config/environment.js';
import { ENVIRONMENT } from '../config/environment.token.js';
import { openReadSource } from './data-source.js';
import type { Reader, SqlValue } from './tx.js';
import { WRITE_SOURCE } from './unit-of-work.js';

/**
 * Runs `body` over the database as it stands at one instant, with a reader that cannot write.
 * @param source on SQLite a connection that nobody else uses meanwhile: what it reads stands still
 */
export async function readSnapshot<T>(source: DataSource, body: (reader: Reader) => Promise<T>): Promise<T> {
  const runner = source.createQueryRunner();
  const onSqlite = source.options.type === 'better-sqlite3';
  const query = async <Row>(sql: string, parameters: readonly SqlValue[] = []): Promise<Row[]> => {
    // SQLite answers without leaving this turn: a long walk would keep every request waiting to its end.
    if (onSqlite) await nextTurn();
    return (await runner.query(sql, [...parameters])) as Row[];
  };
  const first = async <Row>(sql: string, parameters?: readonly SqlValue[]): Promise<Row | null> =>
    (await query<Row>(sql, parameters))[0] ?? null;
  try {
    if (!onSqlite) await runner.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
    await runner.query(onSqlite ? 'BEGIN' : 'START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY');
    return await body({ query, first });
  } finally {
    await runner.query('ROLLBACK').catch(() => undefined);
    await runner.release().catch(() => undefined);
  }
}

/** Long reads of many tables that must fit together: what is committed meanwhile is not seen. */
@Injectable()
export class ReadSnapshots {
  constructor(
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    @Inject(WRITE_SOURCE) private readonly source: DataSource,
  ) {}

  async run<T>(body: (reader: Reader) => Promise<T>): Promise<T> {
    const source = await openReadSource(this.environment.database, this.source);
    try {
      return await readSnapshot(source, body);
    } finally {
      if (source !== this.source) await source.destroy();
    }
  }
}
