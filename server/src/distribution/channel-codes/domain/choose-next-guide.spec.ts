import { chooseNextGuide, type Turn } from './choose-next-guide.js';

const turn = (guideId: string, weight: number, position: number, assigned = 0): Turn => ({
  guideId,
  weight,
  position,
  assigned,
});

/** Gives `visitors` one after the other; returns the counts after each. */
function give(turns: Turn[], visitors: number): number[][] {
  const counts: number[][] = [];
  for (let n = 0; n < visitors; n += 1) {
    const next = chooseNextGuide(turns);
    if (next !== null) next.assigned += 1;
    counts.push(turns.map(({ assigned }) => assigned));
  }
  return counts;
}

describe('whose turn it is behind a shared code (R2.2)', () => {
  it('gives equal weights one visitor each before anybody gets a second, in the order of the list', () => {
    const turns = [turn('c', 1, 2), turn('a', 1, 0), turn('b', 1, 1)];
    expect(give(turns, 4)).toEqual([
      [0, 1, 0],
      [0, 1, 1],
      [1, 1, 1],
      [1, 2, 1],
    ]);
  });

  it.each([[[1, 1, 1]], [[3, 2]], [[7, 1, 1]], [[100, 1]], [[5, 4, 3, 2, 1]]])(
    'keeps the counts of weights %j within one of their exact shares after every visitor',
    (weights) => {
      const turns = weights.map((weight, index) => turn(`g${index}`, weight, index));
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      for (const [index, counts] of give(turns, 3 * total).entries()) {
        counts.forEach((count, guide) => {
          expect(Math.abs(count * total - (weights[guide] ?? 0) * (index + 1))).toBeLessThanOrEqual(total);
        });
      }
      expect(turns.map(({ assigned }) => assigned)).toEqual(weights.map((weight) => 3 * weight));
    },
  );

  it('has nobody to give when nobody serves', () => {
    expect(chooseNextGuide([])).toBeNull();
  });
});
