import { fen } from '@mall/shared/money';
import fc from 'fast-check';
import { grossOfParts, splitPayout } from './split-payout.js';
import { type IncomeBefore, perPayment, platformCumulative, type TaxTable, withhold } from './withholding.js';

const RUNS = { numRuns: Number(process.env.PROPERTY_RUNS ?? 10_000) };
const METHODS: [string, TaxTable][] = [
  ['per payment', perPayment],
  ['platform cumulative', platformCumulative],
];
const FRESH: IncomeBefore = { month: { grossFen: 0, taxFen: 0 }, year: { grossFen: 0, taxFen: 0 }, months: 1 };
/** Up to ¥2,000,000, past every bracket of both tables; small and large ones equally often. */
const amount = fc.oneof(
  fc.integer({ min: 1, max: 1_000_000 }),
  fc.integer({ min: 1, max: 20_000_000 }),
  fc.integer({ min: 1, max: 200_000_000 }),
);
const months = fc.integer({ min: 1, max: 12 });

/** Income after a payment, all of it within one month. */
function after(before: IncomeBefore, grossFen: number, taxFen: number): IncomeBefore {
  const more = (sum: IncomeBefore['month']) => ({ grossFen: sum.grossFen + grossFen, taxFen: sum.taxFen + taxFen });
  return { month: more(before.month), year: more(before.year), months: before.months };
}

/** The law's tables written the other way: each slice of the income at its own rate, without quick deductions. */
function bySlices(taxableYuan: number, slices: readonly [number, number][]): number {
  let [tax, from] = [0, 0];
  for (const [upTo, rate] of slices) {
    tax += Math.max(0, Math.min(taxableYuan, upTo) - from) * rate;
    from = upTo;
  }
  return tax;
}
const ALL = Number.POSITIVE_INFINITY;
const LABOUR = [
  [20_000, 0.2],
  [50_000, 0.3],
  [ALL, 0.4],
] as const;
const YEAR = [
  [36_000, 0.03],
  [144_000, 0.1],
  [300_000, 0.2],
  [420_000, 0.25],
  [660_000, 0.3],
  [960_000, 0.35],
  [ALL, 0.45],
] as const;

function lawOf(name: string, grossFen: number, month: number): number {
  const yuan = grossFen / 100;
  if (name === 'per payment') {
    return bySlices(yuan <= 4_000 ? Math.max(0, yuan - 800) : yuan * 0.8, LABOUR as never);
  }
  return bySlices(Math.max(0, yuan * 0.8 - 5_000 * month), YEAR as never);
}

describe.each(METHODS)('withholding of a contractor, %s (R5.5)', (name, table) => {
  const on = (grossFen: number, before = FRESH) => withhold(table, fen(grossFen), before);

  it('R5.5: gross is net and tax to the fen, and neither is negative', () => {
    fc.assert(
      fc.property(amount, amount, months, (earlier, gross, month) => {
        const start = { ...FRESH, months: month };
        const before = after(start, earlier, on(earlier, start).taxFen);
        const { grossFen, taxFen, netFen } = on(gross, before);
        expect(netFen + taxFen).toBe(gross);
        expect(grossFen).toBe(gross);
        expect(Math.min(taxFen, netFen)).toBeGreaterThanOrEqual(0);
        expect(Number.isSafeInteger(taxFen)).toBe(true);
      }),
      RUNS,
    );
  });

  it('R5.5: more gross is never less tax and never less in her hand', () => {
    fc.assert(
      fc.property(amount, fc.integer({ min: 1, max: 3_000_000 }), months, (gross, more, month) => {
        const before = { ...FRESH, months: month };
        const [less, larger] = [on(gross, before), on(gross + more, before)];
        expect(larger.taxFen).toBeGreaterThanOrEqual(less.taxFen);
        expect(larger.netFen).toBeGreaterThanOrEqual(less.netFen);
      }),
      RUNS,
    );
  });

  it('R5.5: cut into payments of one month it is the same tax', () => {
    fc.assert(
      fc.property(fc.array(amount, { minLength: 2, maxLength: 6 }), months, (parts, month) => {
        const start = { ...FRESH, months: month };
        let before: IncomeBefore = start;
        for (const part of parts) before = after(before, part, on(part, before).taxFen);
        const whole = parts.reduce((sum, part) => sum + part, 0);
        expect(before.month.taxFen).toBe(on(whole, start).taxFen);
      }),
      RUNS,
    );
  });

  it('R5.5: a payment is never taxed with more than itself, whatever came back of the ones before', () => {
    // Each payment goes out in transfers; `back` says which of them came back before the next is asked for.
    const payment = fc.record({
      parts: fc.array(amount, { minLength: 1, maxLength: 4 }),
      back: fc.array(fc.boolean()),
    });
    fc.assert(
      fc.property(fc.array(payment, { minLength: 2, maxLength: 6 }), months, (payments, month) => {
        let before: IncomeBefore = { ...FRESH, months: month };
        for (const { parts, back } of payments) {
          const gross = parts.reduce((sum, part) => sum + part, 0);
          // Throws when it is more.
          const { taxFen, netFen } = on(gross, before);
          const transfers = splitPayout(netFen, {
            transferMinFen: 1,
            transferMaxFen: Math.max(1, Math.ceil(netFen / 4)),
          });
          // Rounding can leave nothing of a fen to pay: it is refused, as in DraftPayout, and nothing was withheld.
          if ('refusal' in transfers) continue;
          const nets = transfers.parts;
          const kept = grossOfParts(nets, taxFen).map((of, index) => ({ of, tax: of - (nets[index] ?? 0) }));
          for (const [index, { of, tax }] of kept.entries()) if (back[index] !== true) before = after(before, of, tax);
        }
      }),
      // Per payment, rounding takes the whole of each ¥0.01 here.
      { ...RUNS, examples: [[[6_302_738, 1, 1].map((part) => ({ parts: [part], back: [] })), 1]] },
    );
  });

  it('R5.5: is the law’s tax slice by slice, within a fen of rounding', () => {
    fc.assert(
      fc.property(amount, months, (gross, month) => {
        const { taxFen } = on(gross, { ...FRESH, months: month });
        expect(Math.abs(taxFen - lawOf(name, gross, month) * 100)).toBeLessThanOrEqual(1.001);
      }),
      RUNS,
    );
  });
});

describe('the edges of the tables (R5.5)', () => {
  it.each([
    // Under ¥800 nothing is left to tax; up to ¥4,000 less ¥800, beyond it less a fifth: both are ¥3,200 at the edge.
    [80_000, 0],
    [80_003, 1],
    [100_000, 4_000],
    [400_000, 64_000],
    [400_005, 64_001],
    // ¥25,000 × 80% = ¥20,000 at 20%; ¥62,500 × 80% = ¥50,000 at 30% less ¥2,000.
    [2_500_000, 400_000],
    [2_500_010, 400_002],
    [6_250_000, 1_300_000],
    [6_250_010, 1_300_003],
    [10_000_000, 2_500_000],
  ])('per payment: of %i fen, %i are withheld', (gross, tax) => {
    expect(withhold(perPayment, fen(gross), FRESH).taxFen).toBe(tax);
  });

  it.each([
    // ¥6,250 × 80% = ¥5,000, the first month's deduction.
    [625_000, 1, 0],
    [625_100, 1, 2],
    // (¥51,250 × 80%) − ¥5,000 = ¥36,000 at 3%; the next slice at 10%.
    [5_125_000, 1, 108_000],
    [5_126_000, 1, 108_080],
    // (¥255,000 × 80%) − ¥60,000 = ¥144,000 at 10% less ¥2,520.
    [25_500_000, 12, 1_188_000],
    [25_501_000, 12, 1_188_160],
    [127_500_000, 12, 25_008_000],
  ])('cumulative: of %i fen by month %i, %i are withheld', (gross, month, tax) => {
    expect(withhold(platformCumulative, fen(gross), { ...FRESH, months: month }).taxFen).toBe(tax);
  });

  it('cumulative: what a later month’s deduction makes too much is not given back, nor taken again', () => {
    const first = withhold(platformCumulative, fen(1_000_000), FRESH).taxFen;
    expect(first).toBe(9_000);
    const sum = { grossFen: 1_000_000, taxFen: first };
    const before = { month: { grossFen: 0, taxFen: 0 }, year: sum, months: 2 };
    expect(withhold(platformCumulative, fen(10_000), before).taxFen).toBe(0);
    // (¥20,000 × 80%) − ¥10,000 = ¥6,000 at 3% is ¥180, of which ¥90 are there.
    expect(withhold(platformCumulative, fen(1_000_000), before).taxFen).toBe(9_000);
  });
});
