import type { CommissionRule } from '@mall/shared/hq';
import type { Page } from '@mall/shared/paging';
import { Injectable } from '@nestjs/common';
import type { HqActor } from '../../platform/auth/actor.js';
import { Database } from '../../platform/database/database.js';
import type { SqlValue } from '../../platform/database/tx.js';
import { NEWEST, pageOf } from '../../platform/http/page.js';
import { notFound } from '../../platform/http/problem.js';
import type { CommissionRuleEntity } from './commission-rule.entity.js';
import { toCommissionRule } from './commission-rule.mapper.js';
import { rulesInForce } from './domain/resolve-rate.js';

export interface RuleFilter {
  productScopeKind?: string;
  productScopeId?: string;
  sellerScopeKind?: string;
  sellerScopeId?: string;
  series?: string;
  authorStoreId?: string;
  /** Only what a scope's rate is at this time. */
  inForceAt?: number;
  cursor?: string;
  limit: number;
}

const EQUAL = ['productScopeKind', 'productScopeId', 'sellerScopeKind', 'sellerScopeId'] as const;

/** Of one version and not of its scope: what is in force is worked out before these are looked at. */
const OWN = ['series', 'authorStoreId'] as const;

/** What concerns a store: rules for all, for its type, for itself, for its guides, and for the tiers of guides. */
const OF_STORE = `(sellerScopeKind IN ('any', 'tier') OR (sellerScopeKind = 'store' AND sellerScopeId = ?)
  OR (sellerScopeKind = 'store_type' AND sellerScopeId = (SELECT storeType FROM stores WHERE id = ?))
  OR (sellerScopeKind = 'guide' AND sellerScopeId IN (SELECT id FROM guides WHERE storeId = ?)))`;

/** Reads of rate versions. A store's manager sees those that concern her store. */
@Injectable()
export class CommissionRuleQueries {
  constructor(private readonly database: Database) {}

  /** Newest first. */
  async page(actor: HqActor, filter: RuleFilter): Promise<Page<CommissionRule>> {
    const { cursor, limit, inForceAt } = filter;
    const { sql, values } = conditions(actor, filter);
    if (inForceAt !== undefined) {
      // What is in force follows from a scope's versions together, so they are read together: rules are few.
      const rows = await this.database.query<CommissionRuleEntity>(
        `SELECT * FROM commission_rules WHERE effectiveFrom <= ? ${sql} ORDER BY id DESC`,
        [inForceAt, ...values],
      );
      const standing = new Set(rulesInForce(rows, inForceAt).map(({ id }) => id));
      const shown = rows.filter((row) => standing.has(row.id) && row.id < (cursor ?? NEWEST) && isOf(filter, row));
      return pageOf(shown, limit, toCommissionRule);
    }
    const own = OWN.filter((name) => filter[name] !== undefined);
    const rows = await this.database.query<CommissionRuleEntity>(
      `SELECT * FROM commission_rules WHERE id < ? ${own.map((name) => `AND ${name} = ?`).join(' ')} ${sql}
       ORDER BY id DESC LIMIT ${limit + 1}`,
      [cursor ?? NEWEST, ...own.map((name) => filter[name] ?? null), ...values],
    );
    return pageOf(rows, limit, toCommissionRule);
  }

  /** Throws 404, also for a rule that does not concern the manager's store. */
  async find(actor: HqActor, id: string): Promise<CommissionRule> {
    const { sql, values } = conditions(actor, { limit: 1 });
    const row = await this.database.first<CommissionRuleEntity>(`SELECT * FROM commission_rules WHERE id = ? ${sql}`, [
      id,
      ...values,
    ]);
    if (row === null) throw notFound();
    return toCommissionRule(row);
  }
}

function isOf(filter: RuleFilter, row: CommissionRuleEntity): boolean {
  return OWN.every((name) => filter[name] === undefined || filter[name] === row[name]);
}

/** `AND …` of scopes and of what the actor may see. */
function conditions(actor: HqActor, filter: RuleFilter): { sql: string; values: SqlValue[] } {
  const named = EQUAL.filter((name) => filter[name] !== undefined);
  const parts = named.map((name) => `AND ${name} = ?`);
  const values: SqlValue[] = named.map((name) => filter[name] ?? null);
  if (actor.storeId !== null) {
    parts.push(`AND ${OF_STORE}`);
    values.push(actor.storeId, actor.storeId, actor.storeId);
  }
  return { sql: parts.join(' '), values };
}
