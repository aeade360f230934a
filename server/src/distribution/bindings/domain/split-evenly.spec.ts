import { takerAt } from './split-evenly.js';

describe('splitting members among takers (R2.4)', () => {
  it('goes round in turn, so that shares differ by one at most', () => {
    const got = Array.from({ length: 8 }, (_, nth) => takerAt(['a', 'b', 'c'], nth));
    expect(got).toEqual(['a', 'b', 'c', 'a', 'b', 'c', 'a', 'b']);
  });

  it('gives nothing to nobody', () => {
    expect(takerAt([], 0)).toBeNull();
  });
});
