import type { CommissionRuleInput } from '@mall/shared/hq';
import type { Page } from '@mall/shared/paging';
import type { RateDraft } from '@mall/shared/rates';
import { Injectable } from '@nestjs/common';
import type { HqActor } from '../../platform/auth/actor.js';
import { Database } from '../../platform/database/database.js';
import type { Reader } from '../../platform/database/tx.js';
import { NEWEST, pageOf } from '../../platform/http/page.js';
import { notFound } from '../../platform/http/problem.js';
import type { RateDraftEntity } from './rate-draft.entity.js';

export function toRateDraft(row: RateDraftEntity): RateDraft {
  const { inputJson, ...rest } = row;
  return { ...rest, input: JSON.parse(inputJson) as CommissionRuleInput };
}

/** Reads of drafts. A store's manager sees those of her store. */
@Injectable()
export class RateDraftQueries {
  constructor(private readonly database: Database) {}

  /** Drafts that are neither published nor discarded, newest first. */
  async page(actor: HqActor, { cursor, limit }: { cursor?: string; limit: number }): Promise<Page<RateDraft>> {
    const rows = await this.database.query<RateDraftEntity>(
      `SELECT * FROM commission_rule_drafts WHERE state = 'draft' AND id < ? AND (? IS NULL OR authorStoreId = ?)
       ORDER BY id DESC LIMIT ${limit + 1}`,
      [cursor ?? NEWEST, actor.storeId, actor.storeId],
    );
    return pageOf(rows, limit, toRateDraft);
  }

  /** In whatever state. Throws 404, also for another store's. */
  async find(actor: HqActor, id: string, reader: Reader = this.database): Promise<RateDraft> {
    const row = await reader.first<RateDraftEntity>('SELECT * FROM commission_rule_drafts WHERE id = ?', [id]);
    if (row === null || (actor.storeId !== null && row.authorStoreId !== actor.storeId)) throw notFound();
    return toRateDraft(row);
  }
}
