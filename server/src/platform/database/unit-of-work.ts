import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { DataSource, QueryRunner } from 'typeorm';
import { isConnectionLost, isRetryable } from './database-errors.js';
import { Tx } from './tx.js';

export const WRITE_SOURCE = Symbol('WRITE_SOURCE');
const MAX_ATTEMPTS = 10;

/**
 * The only place where a transaction begins.
 *
 * MySQL family: a deadlock, lock time-out or lost connection re-runs the whole body in a new transaction (D18:
 * after a deadlock the server has rolled everything back, so retrying a statement would commit half an order).
 * A commit whose answer was lost may have happened: bodies are guarded by unique keys.
 *
 * SQLite: one connection, so transactions queue on a mutex and begin IMMEDIATE.
 */
@Injectable()
export class UnitOfWork {
  private readonly inside = new AsyncLocalStorage<true>();
  private tail: Promise<unknown> = Promise.resolve();

  constructor(@Inject(WRITE_SOURCE) private readonly dataSource: DataSource) {}

  /** Runs `body` in one transaction and returns what it returns. The body may run several times. */
  async run<T>(body: (tx: Tx) => Promise<T>): Promise<T> {
    if (this.inside.getStore()) throw new Error('a unit of work was opened inside another: pass the Tx along');
    for (let attempt = 1; ; attempt += 1) {
      try {
        const { value, tx } = await this.queue(() => this.inside.run(true, () => this.once(body)));
        tx.runHooks();
        return value;
      } catch (error) {
        if (attempt >= MAX_ATTEMPTS || !isRetryable(error)) throw error;
        await sleep(Math.min(1_000, 5 * 2 ** attempt) * (0.5 + Math.random()));
      }
    }
  }

  private async once<T>(body: (tx: Tx) => Promise<T>): Promise<{ value: T; tx: Tx }> {
    const runner = this.dataSource.createQueryRunner();
    let failure: unknown;
    try {
      await runner.query(this.onSqlite ? 'BEGIN IMMEDIATE' : 'START TRANSACTION');
      const tx = new Tx(runner, this.dataSource);
      const value = await body(tx);
      await runner.query('COMMIT');
      return { value, tx };
    } catch (error) {
      failure = error;
      // The rollback of a dead connection fails too; the first error is the one to report.
      await runner.query('ROLLBACK').catch(() => undefined);
      throw error;
    } finally {
      await this.letGo(runner, failure);
    }
  }

  private async letGo(runner: QueryRunner, failure: unknown): Promise<void> {
    if (!this.onSqlite && failure !== undefined && isConnectionLost(failure)) {
      const connection = (await runner.connect().catch(() => null)) as { destroy?: () => void } | null;
      connection?.destroy?.();
    }
    await runner.release().catch(() => undefined);
  }

  private queue<T>(task: () => Promise<T>): Promise<T> {
    if (!this.onSqlite) return task();
    const result = this.tail.then(task, task);
    this.tail = result.catch(() => undefined);
    return result;
  }

  private get onSqlite(): boolean {
    return this.dataSource.options.type === 'better-sqlite3';
  }
}
