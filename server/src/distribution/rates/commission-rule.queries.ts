import type { CommissionRule } from '@mall/shared/hq';
import type { Page } from '@mall/shared/paging';
import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import type { CommissionRuleEntity } from './commission-rule.entity.js';
import { toCommissionRule } from './commission-rule.mapper.js';

const PAGE = 50;

/** Reads of rate versions. */
@Injectable()
export class CommissionRuleQueries {
  constructor(private readonly database: Database) {}

  async page(cursor: string | undefined): Promise<Page<CommissionRule>> {
    const rows = await this.database.query<CommissionRuleEntity>(
      `SELECT * FROM commission_rules WHERE id < ? ORDER BY id DESC LIMIT ${PAGE + 1}`,
      [cursor ?? '~'],
    );
    const items = rows.slice(0, PAGE).map(toCommissionRule);
    return { items, nextCursor: rows.length > PAGE ? (items.at(-1)?.id ?? null) : null };
  }
}
