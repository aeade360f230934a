import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { Reader, SqlValue } from './tx.js';

export const READ_SOURCE = Symbol('READ_SOURCE');

/**
 * Committed data, outside any transaction. On SQLite this is a second, read-only connection: on the writing one a
 * reader would see another request's uncommitted rows.
 */
@Injectable()
export class Database implements Reader {
  constructor(@Inject(READ_SOURCE) private readonly dataSource: DataSource) {}

  async query<Row>(sql: string, parameters: readonly SqlValue[] = []): Promise<Row[]> {
    return (await this.dataSource.query(sql, [...parameters])) as Row[];
  }

  async first<Row>(sql: string, parameters: readonly SqlValue[] = []): Promise<Row | null> {
    return (await this.query<Row>(sql, parameters))[0] ?? null;
  }
}
