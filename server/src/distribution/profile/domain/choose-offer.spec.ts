import { chooseOffer, type OfferFacts, type OfferTouch } from './choose-offer.js';

const DAY = 86_400_000;
const NOW = 1_790_000_000_000;

const touch = (id: string, guideId: string | null, ago: number, validity = 'valid'): OfferTouch => ({
  id,
  guideId,
  storeId: null,
  validity,
  occurredAt: NOW - ago,
});

const facts = (change: Partial<OfferFacts> = {}): OfferFacts => ({
  at: NOW,
  memberId: 'mem_customer',
  touchWindowMs: 7 * DAY,
  boundGuideId: null,
  touches: [],
  guides: [
    { id: 'gde_A', memberId: 'mem_a', status: 'active' },
    { id: 'gde_B', memberId: 'mem_b', status: 'active' },
    { id: 'gde_S', memberId: 'mem_s', status: 'suspended' },
    { id: 'gde_L', memberId: 'mem_l', status: 'left' },
    { id: 'gde_own', memberId: 'mem_customer', status: 'active' },
  ],
  isBound: false,
  ...change,
});

describe('whose customer one becomes by joining (R2.3)', () => {
  it('is the guide of the latest valid touch, whatever the order of the input', () => {
    const touches = [touch('tch_1', 'gde_A', 5_000), touch('tch_2', 'gde_B', 3_000)];
    expect(chooseOffer(facts({ touches }))).toMatchObject({ guideId: 'gde_B', touchId: 'tch_2' });
    expect(chooseOffer(facts({ touches: [...touches].reverse() }))).toMatchObject({
      guideId: 'gde_B',
      touchId: 'tch_2',
    });
  });

  it('breaks equal times by id (R1.4)', () => {
    const touches = [touch('tch_1', 'gde_A', 10), touch('tch_2', 'gde_B', 10)];
    expect(chooseOffer(facts({ touches })).touchId).toBe('tch_2');
  });

  it('D12: counts a touch of six days ago, since phones are authorised slowly', () => {
    expect(chooseOffer(facts({ touches: [touch('tch_1', 'gde_A', 6 * DAY)] })).guideId).toBe('gde_A');
  });

  it('R1.4: ends the window of seven days half-open', () => {
    expect(chooseOffer(facts({ touches: [touch('tch_1', 'gde_A', 7 * DAY - 1)] })).guideId).toBe('gde_A');
    expect(chooseOffer(facts({ touches: [touch('tch_1', 'gde_A', 7 * DAY)] })).guideId).toBeNull();
  });

  it('D13: keeps the guide that she has, and names no touch', () => {
    const touches = [touch('tch_1', 'gde_B', 10)];
    expect(chooseOffer(facts({ touches, boundGuideId: 'gde_A' }))).toMatchObject({ guideId: 'gde_A', touchId: null });
  });

  it.each([
    ['a forged code', touch('tch_1', null, 10, 'unknown')],
    ['a revoked link', touch('tch_1', 'gde_A', 10, 'revoked')],
    ['her own link', touch('tch_1', 'gde_own', 10, 'own')],
    ['her own guide account, though the touch says valid', touch('tch_1', 'gde_own', 10)],
    ['a suspended guide', touch('tch_1', 'gde_S', 10)],
    ['a guide who left', touch('tch_1', 'gde_L', 10)],
    ['a guide nobody knows', touch('tch_1', 'gde_X', 10)],
    ['a touch of the future', touch('tch_1', 'gde_A', -1)],
  ])('R3.3: is nobody for %s', (_, only) => {
    expect(chooseOffer(facts({ touches: [only] }))).toMatchObject({ guideId: null, touchId: null });
  });

  it('falls back to the older touch when the newer one cannot win', () => {
    const touches = [touch('tch_1', 'gde_A', 5_000), touch('tch_2', 'gde_S', 3_000)];
    expect(chooseOffer(facts({ touches })).touchId).toBe('tch_1');
  });

  it("R3.2e: offers the store of its own code when no guide is offered, and never over a guide's touch", () => {
    const ofStore = (id: string, ago: number): OfferTouch => ({ ...touch(id, null, ago), storeId: 'str_1' });
    const offered = { guideId: null, storeId: 'str_1', touchId: 'tch_9' };
    expect(chooseOffer(facts({ touches: [ofStore('tch_9', 10)] }))).toEqual(offered);
    const both = [ofStore('tch_9', 10), touch('tch_1', 'gde_A', 5_000)];
    expect(chooseOffer(facts({ touches: both }))).toEqual({ guideId: 'gde_A', storeId: null, touchId: 'tch_1' });
    const none = { guideId: null, storeId: null, touchId: null };
    expect(chooseOffer(facts({ touches: [ofStore('tch_9', 7 * DAY)] }))).toEqual(none);
    expect(chooseOffer(facts({ touches: [ofStore('tch_9', 10)], isBound: true }))).toEqual(none);
  });
});
