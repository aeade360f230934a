import { fen } from '@mall/shared/money';
import fc from 'fast-check';
import { valueOfPieces, withholdForGift } from './withhold-for-gift.js';

const standing = (over: Partial<Record<'takenFen' | 'keptValueFen' | 'withheldFen', number>>, earned = false) => ({
  takenFen: fen(over.takenFen ?? 10_000),
  earned,
  keptValueFen: fen(over.keptValueFen ?? 4_000),
  withheldFen: fen(over.withheldFen ?? 0),
  goodwill: false,
});

describe('what a refund keeps back for a gift (R6.6)', () => {
  it('C15: ¥100 returned, a gift of ¥40 kept and no longer earned: ¥40 are kept back', () => {
    expect(withholdForGift(standing({}))).toBe(4_000);
  });

  it('keeps nothing back while the gift is earned, and pays out what was kept when it comes', () => {
    expect(withholdForGift(standing({}, true))).toBe(0);
    expect(withholdForGift(standing({ keptValueFen: 0, withheldFen: 4_000 }))).toBe(-4_000);
    expect(withholdForGift({ ...standing({ keptValueFen: 0, withheldFen: 4_000 }), goodwill: true })).toBe(-4_000);
  });

  it('keeps nothing back from goodwill', () => {
    expect(withholdForGift({ ...standing({}), goodwill: true })).toBe(0);
  });

  it('R6.6: refunds in any number of parts below the threshold keep back as much as one, and no part costs the customer', () => {
    const parts = fc.array(fc.integer({ min: 0, max: 6_000 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(parts, fc.integer({ min: 0, max: 20_000 }), (taken, value) => {
        let withheld = 0;
        for (const takenFen of taken) {
          const now = withholdForGift(standing({ takenFen, keptValueFen: value, withheldFen: withheld }));
          expect(now).toBeGreaterThanOrEqual(0);
          expect(now).toBeLessThanOrEqual(takenFen);
          withheld += now;
        }
        const whole = taken.reduce((sum, part) => sum + part, 0);
        expect(withheld).toBe(withholdForGift(standing({ takenFen: whole, keptValueFen: value })));
      }),
    );
  });

  it('values pieces without a remainder', () => {
    expect([3, 2, 1, 0].map((pieces) => valueOfPieces(fen(11_997), 3, pieces))).toEqual([11_997, 7_998, 3_999, 0]);
  });
});
