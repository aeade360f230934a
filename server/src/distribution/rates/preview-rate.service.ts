import type { DryRun, MarginLine } from '@mall/shared/rates';
import { Injectable } from '@nestjs/common';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { DAY_MS } from '../../platform/clock/business-day.js';
import { Database } from '../../platform/database/database.js';
import { Settings } from '../../platform/settings/settings.js';
import { SoldGoods, type SoldLineEntity } from '../sales/sales.public.js';
import type { CommissionRuleEntity } from './commission-rule.entity.js';
import { type DryRunLine, DryRunPricing, DryRunTally } from './domain/dry-run.js';
import { MarginTally } from './domain/margin-tally.js';
import { DryRunReport } from './dry-run-report.js';
import type { ProposedRate } from './propose-rate.service.js';
import { RateScopes } from './rate-scopes.js';

const PAGE = 1_000;

/** R4.3: what a rate would have cost over the last days, and what it would leave. Changes nothing. */
@Injectable()
export class PreviewRate {
  constructor(
    private readonly database: Database,
    private readonly clock: BusinessClock,
    private readonly settings: Settings,
    private readonly sold: SoldGoods,
    private readonly scopes: RateScopes,
    private readonly report: DryRunReport,
  ) {}

  /** @param storeId only the lines of this store are looked at, and its manager learns no cost prices; null: HQ asks */
  async execute(proposed: ProposedRate, storeId: string | null): Promise<DryRun> {
    const to = this.clock.now();
    const { values } = await this.settings.at(this.database, 'distribution', to);
    const from = to - values.dryRunDays * DAY_MS;
    // Those of the future too: an end that is planned already does not hide what comes after it.
    const rules = await this.database.query<CommissionRuleEntity>('SELECT * FROM commission_rules');
    const pricing = new DryRunPricing(proposed.rule, rules, values.marginFloorBps);
    const tally = new DryRunTally();
    const margin = new MarginTally();
    for await (const line of this.soldLines(from, to)) {
      if (storeId !== null && line.seller?.storeId !== storeId) continue;
      const priced = pricing.price(line);
      tally.add(line, priced);
      if (priced.margin !== null) margin.add(priced.margin, marginLine(line));
    }
    await this.checkCatalogue(proposed, pricing, margin);
    const run = await this.report.of({ from, to, tally, margin, floorBps: values.marginFloorBps });
    return storeId === null ? run : { ...run, margin: { ...run.margin, worst: [] } };
  }

  /** Goods that nobody bought yet: one piece of each SKU in the scope, at its price of today, campaigns set aside. */
  private async checkCatalogue({ rule, known }: ProposedRate, pricing: DryRunPricing, margin: MarginTally) {
    const { goods } = this.scopes;
    if (goods === null) return;
    const scope = { kind: rule.productScopeKind, id: rule.productScopeId };
    for (let after = ''; ; ) {
      const skus = await goods.skusIn(this.database, scope, { after, limit: PAGE });
      for (const { thing, title, priceFen, costFen } of skus) {
        const verdict = pricing.lasting({ thing, baseFen: priceFen, costFen, quantity: 1 }, known.seller);
        if (verdict !== null) margin.add(verdict, { skuId: thing.skuId, title, orderLineId: null, baseFen: priceFen });
      }
      if (skus.length < PAGE) return;
      after = skus.at(-1)?.thing.skuId ?? '';
    }
  }

  private async *soldLines(from: number, to: number): AsyncGenerator<DryRunLine> {
    for (let after: { orderedAt: number; orderLineId: string } | null = null; ; ) {
      const rows: SoldLineEntity[] = await this.sold.linesBetween(this.database, { from, to, after, limit: PAGE });
      for (const row of rows) yield toDryRunLine(row);
      const last = rows.at(-1);
      if (last === undefined || rows.length < PAGE) return;
      after = { orderedAt: last.orderedAt, orderLineId: last.orderLineId };
    }
  }
}

function marginLine(line: DryRunLine): Pick<MarginLine, 'skuId' | 'title' | 'orderLineId' | 'baseFen'> {
  return { skuId: line.thing.skuId, title: line.title, orderLineId: line.orderLineId, baseFen: line.baseFen };
}

export function toDryRunLine(row: SoldLineEntity): DryRunLine {
  const { skuId, productId, brandId, guideId, guideBps, storeBps } = row;
  const seller = { tier: row.tier ?? '', storeId: row.storeId ?? '', storeType: row.storeType ?? '' };
  return {
    orderLineId: row.orderLineId,
    thing: { skuId, productId, brandId, categoryPath: row.categoryPath === '' ? [] : row.categoryPath.split('/') },
    title: row.title,
    seller: guideId === null ? null : { guideId, ...seller },
    frozen: guideBps === null || storeBps === null ? null : { guideBps, storeBps },
    baseFen: row.baseFen,
    costFen: row.costFen,
    quantity: row.quantity,
    orderedAt: row.orderedAt,
  };
}
