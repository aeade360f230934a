import { fen } from '@mall/shared/money';
import { checkRate, type RateNumbers } from './check-rate.js';
import { checkMargin } from './margin-floor.js';

const NOW = 1_000;
const good: RateNumbers = {
  guideBps: 750,
  storeBps: 233,
  poolBps: null,
  effectiveFrom: NOW,
  effectiveTo: null,
  bandMinBps: null,
  bandMaxBps: null,
  depth: 1,
};

describe('numbers of a rule (R4.3 to R4.5)', () => {
  it.each<[string, Partial<RateNumbers>]>([
    ['as it stands', {}],
    ['all to the guide', { guideBps: 10_000, storeBps: 0 }],
    ['a pool as large as its parts', { poolBps: 983 }],
    ['a campaign of one millisecond', { effectiveTo: NOW + 1 }],
    ['a band of one rate', { bandMinBps: 750, bandMaxBps: 750 }],
  ])('takes %s', (_, change) => expect(checkRate({ ...good, ...change }, NOW)).toBeNull());

  it.each<[string, Partial<RateNumbers>, Record<string, unknown>]>([
    ['a negative rate', { guideBps: -1 }, { guideBps: -1 }],
    ['more than all', { guideBps: 10_001, storeBps: 0 }, { guideBps: 10_001, maxBps: 10_000 }],
    ['a negative store share', { storeBps: -5 }, { storeBps: -5 }],
    ['parts of more than all', { guideBps: 9_768 }, { sumBps: 10_001 }],
    ['parts of more than the pool', { poolBps: 982 }, { sumBps: 983, poolBps: 982 }],
    ['a pool of more than all', { poolBps: 10_001 }, { poolBps: 10_001 }],
    ['the past', { effectiveFrom: NOW - 1 }, { effectiveFrom: NOW - 1, now: NOW }],
    ['an end at its beginning', { effectiveTo: NOW }, { effectiveFrom: NOW, effectiveTo: NOW }],
    ['a band upside down', { bandMinBps: 800, bandMaxBps: 700 }, { bandMinBps: 800, bandMaxBps: 700 }],
    ['half a band', { bandMinBps: 800 }, { bandMinBps: 800, bandMaxBps: null }],
    ['a second paid level (R4.5)', { depth: 2 }, { rule: 'R4.5', depth: 2, allowedDepth: 1 }],
  ])('refuses %s and says the numbers', (_, change, numbers) => {
    expect(checkRate({ ...good, ...change }, NOW)).toMatchObject({ numbers });
  });
});

describe('margin floor (R4.3)', () => {
  const rate = { guideBps: 1_000, storeBps: 500, poolBps: null };
  const sale = (baseFen: number, costFen: number | null, quantity = 1) => ({
    baseFen: fen(baseFen),
    costFen: costFen === null ? null : fen(costFen),
    quantity,
  });

  it('counts cost of every piece and the commission, and is met at equality', () => {
    expect(checkMargin(sale(10_000, 3_500, 2), rate, 1_500)).toEqual({ verdict: 'passed' });
    expect(checkMargin(sale(10_000, 3_501, 2), rate, 1_500)).toEqual({
      verdict: 'breach',
      costFen: 7_002,
      commissionFen: 1_500,
      marginFen: 1_498,
      marginBps: 1_498,
    });
  });

  it('R4.4: counts the whole pool where there is one', () => {
    expect(checkMargin(sale(10_000, 7_000), { ...rate, poolBps: 1_600 }, 1_401).verdict).toBe('breach');
    expect(checkMargin(sale(10_000, 7_000), { ...rate, poolBps: 1_600 }, 1_400).verdict).toBe('passed');
  });

  it('rounds a negative margin down and never passes unknown cost', () => {
    expect(checkMargin(sale(300, 301), rate, 0)).toMatchObject({
      verdict: 'breach',
      marginFen: -46,
      marginBps: -1_534,
    });
    expect(checkMargin(sale(10_000, null), rate, 0)).toEqual({ verdict: 'unknown' });
  });

  it('finds nothing to refuse in what pays no commission, such as a gift', () => {
    expect(checkMargin(sale(0, 500), rate, 0)).toEqual({ verdict: 'passed' });
  });
});
