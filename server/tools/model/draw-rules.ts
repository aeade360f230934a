/** Draws what HQ changes: rates, their ends, and settings. */
import type { Chance } from './chance.js';
import type { State } from './reference-state.js';
import type {
  DistributionSettings,
  OrderSettings,
  ProductScope,
  RateStep,
  SellerScope,
  SettingsStep,
  Step,
} from './steps.js';
import { BRANDS, CATEGORIES, DAY, HOUR, PRODUCTS, SKUS, STORES, TIERS } from './world.js';

function drawProduct(chance: Chance): ProductScope {
  return chance.weighted([
    [2, { kind: 'sku', id: chance.below(SKUS.length) }],
    [2, { kind: 'product', id: chance.below(PRODUCTS.length) }],
    [2, { kind: 'category', id: chance.below(CATEGORIES.length) }],
    [1, { kind: 'brand', id: chance.below(BRANDS.length) }],
    [4, { kind: 'any', id: 0 }],
  ]);
}

function drawSeller(chance: Chance, state: State): SellerScope {
  const guides = state.people.flatMap(({ guide }, index) => (guide === null ? [] : [index]));
  return chance.weighted([
    [2, { kind: 'guide', id: chance.pick(guides) }],
    [2, { kind: 'tier', id: chance.below(TIERS.length) }],
    [2, { kind: 'store', id: chance.below(STORES.length) }],
    [1, { kind: 'store_type', id: chance.below(2) }],
    [4, { kind: 'any', id: 0 }],
  ]);
}

/** Odd rates, so that rounding matters; at times none at all, or nearly everything. */
export function drawRate(chance: Chance, state: State): RateStep {
  const guideBps = chance.weighted([
    [8, chance.between(1, 2_000)],
    [1, 0],
    [1, chance.between(2_000, 7_000)],
  ]);
  const known = state.rates.at(-1);
  // Now and then in the scope of the newest rate: versions, campaigns and ends meet there.
  const again = known !== undefined && chance.percent(35);
  return {
    kind: 'rate',
    rate: state.rates.length,
    product: again ? known.product : drawProduct(chance),
    seller: again ? known.seller : drawSeller(chance, state),
    guideBps,
    storeBps: chance.percent(30) ? 0 : chance.between(1, 1_500),
    inMs: chance.percent(60) ? 0 : chance.between(1, 5 * 24) * HOUR,
    // A base version that comes while a campaign holds changes nothing yet.
    lengthMs: chance.percent(again && known.to !== null ? 10 : 35) ? chance.between(1, 12 * 24) * HOUR : null,
  };
}

export function drawRateEnd(chance: Chance, state: State): Step | null {
  const open = state.rates.filter(({ label, to, stoppedAt }) => {
    const end = Math.min(to ?? Number.POSITIVE_INFINITY, stoppedAt ?? Number.POSITIVE_INFINITY);
    return label >= 0 && end > state.now;
  });
  // What holds for everybody and everything is seldom ended: nobody would earn any more.
  const narrow = open.filter(
    ({ product, seller, to }) => to !== null || product.kind !== 'any' || seller.kind !== 'any',
  );
  const from = narrow.length > 0 && chance.percent(90) ? narrow : open;
  if (from.length === 0) return null;
  return {
    kind: 'end-rate',
    rate: chance.pick(from).label,
    inMs: chance.percent(70) ? 0 : chance.between(1, 72) * HOUR,
  };
}

function drawDistribution(chance: Chance): Partial<DistributionSettings> {
  const choices: Partial<DistributionSettings>[] = [
    { touchWindowDays: chance.between(3, 14) },
    { bindingProtectionDays: chance.between(2, 25) },
    { bindingValidDays: chance.between(10, 60) },
    { commissionFreezeDays: chance.between(2, 12) },
    { commissionFinalDays: chance.between(20, 70) },
    { selfPurchase: chance.pick(['pays_nobody', 'pays_herself'] as const) },
    { franchiseTakeover: chance.pick(['never', 'never', 'after_protection'] as const) },
    { franchiseTakeover: 'never', bindingProtectionDays: chance.between(1, 6) },
    { guideChangeDays: chance.between(1, 30) },
    { tailBps: chance.pick([0, 777, 2_000, 5_001]), tailVesting: chance.pick(['days', 'second_order'] as const) },
    { tailBps: chance.pick([333, 1_250]), tailDays: chance.between(1, 30) },
  ];
  return Object.assign({}, chance.pick(choices), chance.pick(choices));
}

/** Terms that have to stand before a sale to be seen in it. */
export function drawTerms(chance: Chance): SettingsStep {
  const values = chance.weighted<Partial<DistributionSettings>>([
    [3, { tailBps: chance.pick([777, 2_000]), tailVesting: 'second_order' }],
    [2, { tailBps: chance.pick([333, 5_001]), tailVesting: 'days', tailDays: chance.between(5, 40) }],
    [3, { franchiseTakeover: 'never', bindingProtectionDays: chance.between(1, 5) }],
    [1, { selfPurchase: 'pays_herself' }],
  ]);
  return { kind: 'settings', group: 'distribution', values, inMs: 0 };
}

export function drawSettings(chance: Chance): SettingsStep {
  const inMs = chance.percent(70) ? 0 : chance.between(1, 20) * DAY;
  if (chance.percent(80)) return { kind: 'settings', group: 'distribution', values: drawDistribution(chance), inMs };
  const values: Partial<OrderSettings> = chance.percent(50)
    ? { afterSaleDays: chance.between(0, 12) }
    : { autoReceiveDays: chance.between(2, 12) };
  return { kind: 'settings', group: 'orders', values, inMs };
}
