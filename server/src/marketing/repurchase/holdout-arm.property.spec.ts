import fc from 'fast-check';
import { armOf, bucketOf } from './holdout-arm.js';

const id = fc.string({ minLength: 1, maxLength: 30 });

/** Ten thousand members, numbered, so that the distribution is the same at each run. */
const members = Array.from({ length: 10_000 }, (_, index) => `mem_${index}`);
const heldOut = (campaignId: string, holdoutBps: number): Set<string> =>
  new Set(members.filter((memberId) => armOf(campaignId, memberId, holdoutBps) === 'holdout'));

describe('hold-out by a stable hash (R6.5)', () => {
  it('is what sha256 says, so that another machine or language decides the same', () => {
    // printf 'cam_1:mem_1' | sha256sum, first 16 hex digits modulo 10,000.
    expect(bucketOf('cam_1', 'mem_1')).toBe(1063);
  });

  it('puts a member in one arm, and holding out more never frees her', () => {
    fc.assert(
      fc.property(id, id, fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 0, max: 10_000 }), (c, m, a, b) => {
        const bucket = bucketOf(c, m);
        expect(bucket).toBeGreaterThanOrEqual(0);
        expect(bucket).toBeLessThan(10_000);
        expect(armOf(c, m, a)).toBe(armOf(c, m, a));
        if (armOf(c, m, Math.min(a, b)) === 'holdout') expect(armOf(c, m, Math.max(a, b))).toBe('holdout');
      }),
    );
  });

  it('holds out nobody at 0 and everybody at 10,000', () => {
    expect(heldOut('cam_all', 0).size).toBe(0);
    expect(heldOut('cam_all', 10_000).size).toBe(10_000);
  });

  it('holds out the share that was asked for, within five standard deviations', () => {
    for (const [campaignId, share] of [
      ['cam_a', 1_000],
      ['cam_b', 2_500],
      ['cam_c', 5_000],
    ] as const) {
      const deviation = Math.sqrt(10_000 * (share / 10_000) * (1 - share / 10_000));
      expect(Math.abs(heldOut(campaignId, share).size - share)).toBeLessThan(5 * deviation);
    }
  });

  it('holds out other members in each campaign: a tenth of a tenth overlaps', () => {
    const first = heldOut('cam_first', 1_000);
    const both = [...heldOut('cam_second', 1_000)].filter((memberId) => first.has(memberId));
    expect(both.length).toBeGreaterThan(50);
    expect(both.length).toBeLessThan(150);
  });
});
