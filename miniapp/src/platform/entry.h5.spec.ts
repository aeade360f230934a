import { entryOf, watchEntries } from './entry.h5';

const opens = (address: string) => window.history.replaceState(null, '', address);

describe('how the browser was opened (R2.2)', () => {
  it.each([
    ['/#/pages/home/index?scene=7KQ2MXR&wxscene=1047', 1047],
    ['/?as=azhe#/pages/home/index?s=7KQ2MXRB&wxscene=1194', 1194],
    ['/#/pages/home/index?s=7KQ2MXRB', 1007],
    ['/#/pages/home/index?s=7KQ2MXRB&wxscene=99999', 1007],
    ['/#/pages/home/index?s=7KQ2MXRB&wxscene=x', 1007],
  ])('§3: %s is scene %i', (address, scene) => {
    opens(address);
    expect(entryOf().scene).toBe(scene);
  });

  it('tells of a code that is opened in the same tab, once', () => {
    opens('/#/pages/home/index');
    const told: (string | undefined)[] = [];
    watchEntries(({ query, scene }) => told.push(`${query.scene} ${scene}`));
    const goes = (address: string) => {
      opens(address);
      window.dispatchEvent(new HashChangeEvent('hashchange'));
    };
    goes('/#/pages/home/index?scene=7KQ2MXR&wxscene=1048');
    goes('/#/packages/shop/product/index?id=prd_1');
    goes('/#/pages/home/index?scene=7KQ2MXR&wxscene=1048');
    expect(told).toEqual(['7KQ2MXR 1048']);
  });
});
