import type { Dispute, DisputeState, HqDispute } from '@mall/shared/disputes';
import type { Page } from '@mall/shared/paging';
import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import type { Reader } from '../../platform/database/tx.js';
import { NEWEST, pageOf } from '../../platform/http/page.js';
import { Guides } from '../guides/guides.public.js';
import type { DisputeEntity } from './dispute.entity.js';

/** Reads of appeals. */
@Injectable()
export class DisputeQueries {
  constructor(
    private readonly database: Database,
    private readonly guides: Guides,
  ) {}

  async ofGuide(reader: Reader, orderId: string, guideId: string): Promise<Dispute | null> {
    const row = await reader.first<DisputeEntity>('SELECT * FROM disputes WHERE orderId = ? AND guideId = ?', [
      orderId,
      guideId,
    ]);
    return row === null ? null : toDispute(row);
  }

  /** Order id → state, of one guide. */
  async statesOf(reader: Reader, guideId: string, orderIds: readonly string[]): Promise<Map<string, DisputeState>> {
    if (orderIds.length === 0) return new Map();
    const rows = await reader.query<DisputeEntity>(
      `SELECT orderId, state FROM disputes WHERE guideId = ? AND orderId IN (${orderIds.map(() => '?').join(', ')})`,
      [guideId, ...orderIds],
    );
    return new Map(rows.map(({ orderId, state }) => [orderId, state]));
  }

  /** Newest first. */
  async page(filter: { state?: string; cursor?: string; limit: number }): Promise<Page<HqDispute>> {
    const rows = await this.database.query<DisputeEntity>(
      `SELECT * FROM disputes WHERE id < ? ${filter.state === undefined ? '' : 'AND state = ?'}
       ORDER BY id DESC LIMIT ${filter.limit + 1}`,
      [filter.cursor ?? NEWEST, ...(filter.state === undefined ? [] : [filter.state])],
    );
    const guides = await this.guides.many(
      this.database,
      rows.map(({ guideId }) => guideId),
    );
    const names = new Map(guides.map(({ id, name }) => [id, name]));
    return pageOf(rows, filter.limit, (row) => toHqDispute(row, names.get(row.guideId)));
  }

  /** With the evidence; null for an unknown id. */
  async one(disputeId: string): Promise<HqDispute | null> {
    const row = await this.database.first<DisputeEntity>('SELECT * FROM disputes WHERE id = ?', [disputeId]);
    if (row === null) return null;
    const guide = await this.guides.find(this.database, row.guideId);
    return { ...toHqDispute(row, guide?.name), evidence: JSON.parse(row.evidenceJson) as unknown };
  }
}

function toDispute(row: DisputeEntity): Dispute {
  const { id, orderId, orderNumber, state, note, openedAt, decidedAt, reason, movedFen } = row;
  return { id, orderId, orderNumber, state, note, openedAt, decidedAt, reason, movedFen };
}

function toHqDispute(row: DisputeEntity, guideName = ''): HqDispute {
  return { ...toDispute(row), guideId: row.guideId, guideName };
}
