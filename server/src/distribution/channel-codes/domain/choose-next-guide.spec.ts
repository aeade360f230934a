import { chooseNextGuide, countWhilePassedBy, type Turn } from './choose-next-guide.js';

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

  it.each([[[1, 1, 1]], [[3, 2, 1]], [[1, 7, 2]], [[100, 1, 30]]])(
    'gives who comes back from leave her share of weights %j and no more, however long she was away',
    (weights) => {
      const turns = weights.map((weight, index) => turn(`g${index}`, weight, index));
      const [away, ...others] = turns as [Turn, ...Turn[]];
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      for (let n = 0; n < 500; n += 1) {
        const next = chooseNextGuide(others);
        if (next === null) throw new Error('somebody serves');
        away.assigned = countWhilePassedBy(away, next);
        next.assigned += 1;
      }
      const before = away.assigned;
      give(turns, 5 * total);
      expect(Math.abs(away.assigned - before - 5 * away.weight)).toBeLessThanOrEqual(1);
    },
  );

  it('takes nothing from an absent guide who is ahead', () => {
    expect(countWhilePassedBy(turn('a', 1, 0, 9), turn('b', 1, 1, 3))).toBe(9);
  });

  it('has nobody to give when nobody serves', () => {
    expect(chooseNextGuide([])).toBeNull();
  });
});
