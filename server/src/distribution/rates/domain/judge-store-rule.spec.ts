import { type GoverningRule, judgeStoreRule } from './judge-store-rule.js';

const open: GoverningRule = {
  id: 'cmr_1',
  storeBps: 200,
  poolBps: null,
  isLocked: 0,
  bandMinBps: null,
  bandMaxBps: null,
};
const banded = { ...open, bandMinBps: 500, bandMaxBps: 800 };
const proposal = (storeType: string, guideBps: number, storeBps = 200) => ({ storeType, guideBps, storeBps });

describe('what a store’s manager may set (R4.3)', () => {
  it('lets a franchise store be free where HQ neither locked nor set a band', () => {
    expect(judgeStoreRule(open, proposal('franchise', 1_900))).toBeNull();
    expect(judgeStoreRule(null, proposal('franchise', 1_900, 0))).toBeNull();
  });

  it('names the rule that HQ locked to a franchise store', () => {
    const refusal = { refusal: 'locked', ruleId: 'cmr_1' };
    expect(judgeStoreRule({ ...banded, isLocked: 1 }, proposal('franchise', 600))).toEqual(refusal);
  });

  it.each(['franchise', 'direct'])('keeps a %s store within HQ’s band, both ends included', (type) => {
    const outside = { refusal: 'outside-band', ruleId: 'cmr_1', bandMinBps: 500, bandMaxBps: 800 };
    expect([500, 800].map((bps) => judgeStoreRule(banded, proposal(type, bps)))).toEqual([null, null]);
    expect([499, 801].map((bps) => judgeStoreRule(banded, proposal(type, bps)))).toEqual([outside, outside]);
  });

  it('lets a direct store set nothing where HQ gave no band', () => {
    expect(judgeStoreRule(open, proposal('direct', 600))).toEqual({ refusal: 'no-band', ruleId: 'cmr_1' });
    expect(judgeStoreRule(null, proposal('direct', 600, 0))).toEqual({ refusal: 'no-band', ruleId: null });
  });

  it('R4.4: never lets a store raise its own share, nor pass HQ’s pool', () => {
    expect(judgeStoreRule(open, proposal('franchise', 600, 201))).toMatchObject({
      refusal: 'store-share',
      limitBps: 200,
    });
    expect(judgeStoreRule(null, proposal('franchise', 600, 1))).toMatchObject({ refusal: 'store-share', limitBps: 0 });
    const pooled = { ...open, poolBps: 1_000 };
    expect(judgeStoreRule(pooled, proposal('franchise', 800))).toBeNull();
    expect(judgeStoreRule(pooled, proposal('franchise', 801))).toMatchObject({ refusal: 'over-pool', poolBps: 1_000 });
  });
});
