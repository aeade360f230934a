import type { Page } from '@mall/shared/paging';
import type { ReconciliationReport, ReconciliationRun } from '@mall/shared/reconciliation';
import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { NEWEST, pageOf } from '../../platform/http/page.js';
import { notFound } from '../../platform/http/problem.js';
import { toReport, toRun } from './reconciliation.mapper.js';
import type { ReconciliationRunEntity } from './reconciliation-run.entity.js';

/** Runs of the reconciliation (R5.7). */
@Injectable()
export class ReconciliationQueries {
  constructor(private readonly database: Database) {}

  /** Newest first. */
  async page({ cursor, limit }: { cursor?: string; limit: number }): Promise<Page<ReconciliationRun>> {
    const rows = await this.database.query<ReconciliationRunEntity>(
      `SELECT * FROM reconciliation_runs WHERE id < ? ORDER BY id DESC LIMIT ${limit + 1}`,
      [cursor ?? NEWEST],
    );
    return pageOf(rows, limit, toRun);
  }

  /** Throws 404 when there is no such run. */
  async get(id: string): Promise<ReconciliationReport> {
    const row = await this.database.first<ReconciliationRunEntity>('SELECT * FROM reconciliation_runs WHERE id = ?', [
      id,
    ]);
    if (row === null) throw notFound();
    return toReport(row);
  }
}
