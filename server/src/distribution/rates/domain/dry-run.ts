/** R4.3: what the orders of a window would have cost under a draft. */
import { type Fen, fen, ZERO_FEN } from '@mall/shared/money';
import { checkMargin, type MarginVerdict, type PricedSale } from './margin-floor.js';
import { RateIndex } from './rate-index.js';
import { isSameScope, productDistance, type Seller, type SoldThing, scopeKey, sellerDistance } from './rate-scope.js';
import { type RateRule, resolveRate } from './resolve-rate.js';
import { type SplitRate, splitCommission } from './split-commission.js';

export type DraftRate = RateRule & SplitRate;

/** A sold line as it was frozen. */
export interface DryRunLine extends PricedSale {
  orderLineId: string;
  thing: SoldThing;
  title: string;
  /** Null: nobody is paid for it. */
  seller: Seller | null;
  /** What was frozen with the line; null: no rule applied. */
  frozen: { guideBps: number; storeBps: number } | null;
  orderedAt: number;
}

export interface Repriced {
  guideBefore: Fen;
  guideAfter: Fen;
  storeBefore: Fen;
  storeAfter: Fen;
  /** Null: the draft would not have been the line's rule. */
  margin: MarginVerdict | null;
}

/**
 * Prices lines again as if a draft had been in force, in place of the versions of its own scope: a base draft in place of
 * the base versions, a campaign in place of the campaigns. The other rules stand as they stood when each order was made.
 */
export class DryRunPricing {
  private readonly index: RateIndex<RateRule>;
  private readonly staying: RateIndex<RateRule>;

  constructor(
    private readonly draft: DraftRate,
    rules: readonly RateRule[],
    private readonly floorBps: number,
  ) {
    const always: RateRule = { ...draft, effectiveFrom: 0, effectiveTo: null };
    const others = rules.filter((each) => !this.isReplaced(each));
    this.index = new RateIndex([...others, always]);
    this.staying = new RateIndex([...lastingRules(others, draft.effectiveFrom), always]);
  }

  price(line: DryRunLine): Repriced {
    const before = splitCommission(line.baseFen, { ...(line.frozen ?? NOTHING), poolBps: null });
    const unchanged = {
      guideBefore: before.guideFen,
      guideAfter: before.guideFen,
      storeBefore: before.storeFen,
      storeAfter: before.storeFen,
      margin: null,
    };
    if (line.seller === null || !this.wins(line.thing, line.seller, line.orderedAt)) return unchanged;
    const after = splitCommission(line.baseFen, this.draft);
    return {
      ...unchanged,
      guideAfter: after.guideFen,
      storeAfter: line.seller.storeId === '' ? ZERO_FEN : after.storeFen,
      margin: checkMargin(line, this.draft, this.floorBps),
    };
  }

  /**
   * What a sale by this seller would leave under the draft, from when it takes effect on; null: a rule that stays would be
   * its own. Campaigns and rules that are bound to end do not stay: once they are over, the draft pays.
   */
  lasting(sale: PricedSale & { thing: SoldThing }, seller: Seller): MarginVerdict | null {
    const at = this.draft.effectiveFrom;
    if (productDistance(this.draft, sale.thing) === null || sellerDistance(this.draft, seller) === null) return null;
    const won = resolveRate(this.staying.candidates(sale.thing), sale.thing, seller, at, this.draft.id);
    return won?.id === this.draft.id ? checkMargin(sale, this.draft, this.floorBps) : null;
  }

  /** Whether the draft would be the rule for this thing and seller, the others standing as at `at`. */
  wins(thing: SoldThing, seller: Seller, at: number): boolean {
    if (productDistance(this.draft, thing) === null || sellerDistance(this.draft, seller) === null) return false;
    return resolveRate(this.index.candidates(thing), thing, seller, at, this.draft.id)?.id === this.draft.id;
  }

  private isReplaced(rule: RateRule): boolean {
    if (!isSameScope(rule, this.draft)) return false;
    return this.draft.series === 'base' ? rule.series === 'base' : true;
  }
}

/** Those that no end, stop or time of their own is going to take away after `at`. */
function lastingRules(rules: readonly RateRule[], at: number): RateRule[] {
  const ending = new Set(
    rules.filter(({ isEnd, effectiveFrom }) => isEnd === 1 && effectiveFrom > at).map((rule) => scopeKey(rule)),
  );
  const bounded = new Set(rules.flatMap(({ stopsRuleId }) => stopsRuleId ?? []));
  return rules.filter((rule) => rule.series === 'base' && !ending.has(scopeKey(rule)) && !bounded.has(rule.id));
}

const NOTHING = { guideBps: 0, storeBps: 0 };

export interface TallyRow {
  id: string;
  name: string;
  lines: number;
  beforeFen: Fen;
  afterFen: Fen;
}

/** Adds up what single lines came to, a guide, store and product at a time. */
export class DryRunTally {
  lines = 0;
  linesRepriced = 0;
  readonly guides = new Map<string, TallyRow>();
  readonly stores = new Map<string, TallyRow>();
  readonly products = new Map<string, TallyRow>();

  add(line: DryRunLine, priced: Repriced): void {
    if (line.seller === null) return;
    this.lines += 1;
    if (priced.margin !== null) this.linesRepriced += 1;
    const { guideBefore, guideAfter, storeBefore, storeAfter } = priced;
    count(this.guides, line.seller.guideId, '', guideBefore, guideAfter);
    if (line.seller.storeId !== '') count(this.stores, line.seller.storeId, '', storeBefore, storeAfter);
    const both = [fen(guideBefore + storeBefore), fen(guideAfter + storeAfter)] as const;
    count(this.products, line.thing.productId, line.title, ...both);
  }

  /** Guides and stores together. */
  total(): { beforeFen: Fen; afterFen: Fen } {
    const rows = [...this.products.values()];
    return {
      beforeFen: fen(rows.reduce<number>((sum, row) => sum + row.beforeFen, 0)),
      afterFen: fen(rows.reduce<number>((sum, row) => sum + row.afterFen, 0)),
    };
  }
}

function count(rows: Map<string, TallyRow>, id: string, name: string, before: Fen, after: Fen): void {
  const row = rows.get(id);
  if (row === undefined) {
    rows.set(id, { id, name, lines: 1, beforeFen: before, afterFen: after });
    return;
  }
  row.lines += 1;
  row.beforeFen = fen(row.beforeFen + before);
  row.afterFen = fen(row.afterFen + after);
}
