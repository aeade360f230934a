import { type AttributionEvidence, decideAttribution, type GuideFact } from './decide-attribution.js';

const DAY = 86_400_000;
const guide = (id: string, status: GuideFact['status'] = 'active'): GuideFact => ({
  id,
  name: `导购${id}`,
  storeId: `store_${id}`,
  storeName: `门店${id}`,
  status,
});
const binding = (guideId: string, since: number, protectedDays = 15, validDays = 90) => ({
  id: `bnd_${guideId}`,
  guideId,
  storeId: `store_${guideId}`,
  since,
  protectedUntil: since + protectedDays * DAY,
  validUntil: since + validDays * DAY,
});
const touch = (
  id: string,
  guideId: string | null,
  at: number,
  validity: 'valid' | 'unknown' | 'revoked' | 'own' = 'valid',
) => ({
  id,
  guideId,
  at,
  validity,
});
const evidence = (over: Partial<AttributionEvidence>): AttributionEvidence => ({
  orderedAt: 100 * DAY,
  lineCount: 2,
  buyerGuide: null,
  binding: null,
  homeStore: null,
  touches: [],
  coupons: [],
  guides: [guide('A'), guide('B'), guide('C')],
  settings: { versionId: 'default', touchWindowMs: 7 * DAY },
  ...over,
});

describe('attribution (R3)', () => {
  it('gives a protected binding the order over a newer touch (R3.2a)', () => {
    const decision = decideAttribution(
      evidence({ binding: binding('A', 90 * DAY), touches: [touch('t1', 'B', 99 * DAY)] }),
    );
    expect(decision).toMatchObject({ branch: 'a', guideId: 'A', bindingId: 'bnd_A', touchId: null, assists: ['B'] });
    expect(decision.losers).toEqual([{ kind: 'touch', id: 't1', guideId: 'B', reason: 'outranked' }]);
  });

  it('ends protection at its very instant: B wins by her touch (C2)', () => {
    const bound = binding('A', 85 * DAY);
    expect(bound.protectedUntil).toBe(100 * DAY);
    const touches = [touch('t1', 'B', 100 * DAY - 60_000)];
    expect(decideAttribution(evidence({ binding: bound, touches }))).toMatchObject({ branch: 'c', guideId: 'B' });
    const justBefore = evidence({ binding: bound, touches, orderedAt: 100 * DAY - 1 });
    expect(decideAttribution(justBefore)).toMatchObject({ branch: 'a', guideId: 'A' });
  });

  it('falls back to a valid binding after protection when no touch is left (R3.2d)', () => {
    const decision = decideAttribution(
      evidence({ binding: binding('A', 50 * DAY), touches: [touch('t1', 'B', 92 * DAY)] }),
    );
    expect(decision).toMatchObject({ branch: 'd', guideId: 'A' });
    expect(decision.losers).toEqual([{ kind: 'touch', id: 't1', guideId: 'B', reason: 'touch_outside_window' }]);
  });

  it('takes the last touch of several, whatever their order, and records the others as assists (R3.2c, R3.5, R3.6)', () => {
    const touches = [touch('t1', 'A', 96 * DAY), touch('t2', 'B', 99 * DAY), touch('t3', 'C', 97 * DAY)];
    const decision = decideAttribution(evidence({ touches }));
    expect(decision).toMatchObject({ branch: 'c', guideId: 'B', touchId: 't2', assists: ['A', 'C'] });
    expect(decideAttribution(evidence({ touches: [...touches].reverse() }))).toEqual(decision);
  });

  it('ends the touch window at its very instant (R1.4, R3.2c)', () => {
    const at = (time: number) => decideAttribution(evidence({ touches: [touch('t1', 'B', time)] })).branch;
    expect(at(93 * DAY)).toBe('f');
    expect(at(93 * DAY + 1)).toBe('c');
  });

  it('gives a coupon only the lines that it discounted (C18)', () => {
    const decision = decideAttribution(
      evidence({
        binding: binding('A', 50 * DAY),
        coupons: [{ couponId: 'cpn_1', guideId: 'B', lines: [0] }],
      }),
    );
    expect(decision.lines).toEqual([
      { guideId: 'B', storeId: 'store_B' },
      { guideId: 'A', storeId: 'store_A' },
    ]);
    expect(decision).toMatchObject({ branch: 'd', guideId: 'A' });
  });

  it('gives nobody an order of forged, revoked, own, suspended and expired candidates, each with its reason (C26)', () => {
    const decision = decideAttribution(
      evidence({
        buyerGuide: null,
        guides: [guide('A'), guide('S', 'suspended')],
        binding: binding('A', 1 * DAY),
        homeStore: { id: 'store_A', name: '门店A' },
        touches: [
          touch('t1', null, 99 * DAY, 'unknown'),
          touch('t2', 'A', 99 * DAY, 'revoked'),
          touch('t3', 'A', 99 * DAY, 'own'),
          touch('t4', 'S', 99 * DAY),
        ],
      }),
    );
    expect(decision).toMatchObject({ branch: 'e', guideId: null, storeId: 'store_A' });
    expect(decision.losers.map(({ reason }) => reason).sort()).toEqual([
      'binding_expired',
      'guide_suspended',
      'link_revoked',
      'link_unknown',
      'self_purchase',
    ]);
  });

  it('pays a guide on another guide only by a protected binding older than her registration (C22)', () => {
    const bound = binding('A', 90 * DAY);
    const touches = [touch('t1', 'B', 99 * DAY)];
    const buyer = { id: 'C', registeredAt: 95 * DAY };
    expect(decideAttribution(evidence({ buyerGuide: buyer, binding: bound, touches }))).toMatchObject({ branch: 'a' });
    const later = { id: 'C', registeredAt: 80 * DAY };
    expect(decideAttribution(evidence({ buyerGuide: later, binding: bound, touches })).guideId).toBeNull();
    const unprotected = binding('A', 60 * DAY);
    expect(decideAttribution(evidence({ buyerGuide: buyer, binding: unprotected, touches })).guideId).toBeNull();
  });

  it('never pays the buyer herself (D14, R3.3)', () => {
    const self = { id: 'A', registeredAt: 1 };
    const decision = decideAttribution(
      evidence({ buyerGuide: self, touches: [touch('t1', 'A', 99 * DAY)], binding: binding('A', 99 * DAY) }),
    );
    expect(decision.guideId).toBeNull();
  });

  it('leaves an order without facts to HQ (R3.2f)', () => {
    expect(decideAttribution(evidence({}))).toMatchObject({ branch: 'f', guideId: null, storeId: null, losers: [] });
  });
});
