/** Draws what HQ changes: rates and settings. */
import type { Chance } from './chance.js';
import type { State } from './reference-state.js';
import type { ProductScope, RateStep, SellerScope, SettingValues, Step } from './steps.js';
import { BRANDS, CATEGORIES, DAY, HOUR, PRODUCTS, SKUS, STORES, TIERS } from './world.js';

function drawProduct(chance: Chance): ProductScope {
  return chance.weighted([
    [2, { kind: 'sku', id: chance.below(SKUS.length) }],
    [2, { kind: 'product', id: chance.below(PRODUCTS.length) }],
    [2, { kind: 'category', id: chance.below(CATEGORIES.length) }],
    [1, { kind: 'brand', id: chance.below(BRANDS.length) }],
    [3, { kind: 'any', id: 0 }],
  ]);
}

function drawSeller(chance: Chance, state: State): SellerScope {
  const guides = state.people.flatMap(({ guide }, index) => (guide === null ? [] : [index]));
  return chance.weighted([
    [2, { kind: 'guide', id: chance.pick(guides) }],
    [2, { kind: 'tier', id: chance.below(TIERS.length) }],
    [2, { kind: 'store', id: chance.below(STORES.length) }],
    [1, { kind: 'store_type', id: chance.below(2) }],
    [3, { kind: 'any', id: 0 }],
  ]);
}

/** Odd rates, so that rounding matters; at times none at all, or everything. */
export function drawRate(chance: Chance, state: State): RateStep {
  const guideBps = chance.weighted([
    [8, chance.between(1, 2_000)],
    [1, 0],
    [1, chance.between(2_000, 7_000)],
  ]);
  return {
    kind: 'rate',
    product: drawProduct(chance),
    seller: drawSeller(chance, state),
    guideBps,
    storeBps: chance.percent(30) ? 0 : chance.between(1, 1_500),
    inMs: chance.percent(60) ? 0 : chance.between(1, 5 * 24) * HOUR,
  };
}

export function drawSettings(chance: Chance): Step {
  const choices: Partial<SettingValues>[] = [
    { touchWindowDays: chance.between(3, 14) },
    { bindingProtectionDays: chance.between(2, 25) },
    { bindingValidDays: chance.between(10, 60) },
    { commissionFreezeDays: chance.between(3, 15) },
    { commissionFinalDays: chance.between(20, 90) },
  ];
  const values = Object.assign({}, chance.pick(choices), chance.pick(choices));
  return { kind: 'settings', values, inMs: chance.percent(70) ? 0 : chance.between(1, 20) * DAY };
}
