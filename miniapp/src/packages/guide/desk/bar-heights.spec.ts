import { barHeights } from './bar-heights';

describe('bars of the trend', () => {
  it('measures by the best day and keeps a small day visible', () => {
    expect(barHeights([0, 100, 10_000])).toEqual([1, 4, 70]);
  });

  it('shows a week without earnings as seven hairlines', () => {
    expect(barHeights([0, 0, 0])).toEqual([1, 1, 1]);
    expect(barHeights([])).toEqual([]);
  });
});
