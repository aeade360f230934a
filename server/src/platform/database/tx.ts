import type { DataSource, QueryRunner } from 'typeorm';
import { isDuplicateKey } from './database-errors.js';

export type SqlValue = string | number | null;
export type EntityClass<E> = new () => E;

/** Something that can be read from: the database at large, or a transaction. Placeholders are `?`. */
export interface Reader {
  query<Row>(sql: string, parameters?: readonly SqlValue[]): Promise<Row[]>;
  /** The first row, or null. */
  first<Row>(sql: string, parameters?: readonly SqlValue[]): Promise<Row | null>;
}

/**
 * An open transaction. Whatever writes takes one as its first argument, so that forgetting it does not compile.
 * Only UnitOfWork makes one.
 */
export class Tx implements Reader {
  private readonly hooks: (() => void)[] = [];

  constructor(
    private readonly runner: QueryRunner,
    private readonly dataSource: DataSource,
  ) {}

  async query<Row>(sql: string, parameters: readonly SqlValue[] = []): Promise<Row[]> {
    return (await this.runner.query(sql, [...parameters])) as Row[];
  }

  async first<Row>(sql: string, parameters: readonly SqlValue[] = []): Promise<Row | null> {
    return (await this.query<Row>(sql, parameters))[0] ?? null;
  }

  /** Runs an INSERT, UPDATE or DELETE; returns the number of rows that matched. */
  async execute(sql: string, parameters: readonly SqlValue[] = []): Promise<number> {
    const result = await this.runner.query(sql, [...parameters], true);
    return result.affected ?? 0;
  }

  /** Inserts one row or several of one shape, in one statement. Raw SQL: the ORM's insert costs five times as much. */
  async insert<E extends object>(entity: EntityClass<E>, rows: E | readonly E[]): Promise<void> {
    const list = Array.isArray(rows) ? (rows as readonly E[]) : [rows as E];
    const head = list[0];
    if (head === undefined) return;
    const columns = Object.keys(head) as (keyof E & string)[];
    const table = this.dataSource.getMetadata(entity).tableName;
    const one = `(${columns.map(() => '?').join(', ')})`;
    const values = list.flatMap((row) => columns.map((column) => (row[column] ?? null) as SqlValue));
    await this.execute(`INSERT INTO ${table} (${columns.join(', ')}) VALUES ${list.map(() => one).join(', ')}`, values);
  }

  /** Inserts unless a unique key refuses; says whether it did. Only the statement fails, not the transaction. */
  async insertOnce<E extends object>(entity: EntityClass<E>, row: E): Promise<boolean> {
    try {
      await this.insert(entity, row);
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  /** Runs `hook` once the transaction has committed: a nudge, never work that must not be lost. */
  afterCommit(hook: () => void): void {
    this.hooks.push(hook);
  }

  /** Called by UnitOfWork after the commit. */
  runHooks(): void {
    for (const hook of this.hooks) hook();
  }
}
