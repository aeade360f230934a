import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { packagesOf, reactCopies } from './parts/bundle-report.mjs';

describe('The size report of the mini-program', () => {
  let folder;
  const put = (path, text) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'mall-bundle-'));
    put('app.json', JSON.stringify({ pages: ['pages/home'], subPackages: [{ root: 'packages/shop', pages: [] }] }));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('counts each file for the package that loads it, and nothing that WeChat leaves out', () => {
    const [before] = packagesOf(folder);
    put('vendors.js', 'x'.repeat(1000));
    put('packages/shop/page.js', 'x'.repeat(300));
    put('packages/shopping.js', 'x'.repeat(50));
    put('vendors.js.LICENSE.txt', 'x'.repeat(7000));
    put('project.config.json', 'x'.repeat(7000));
    const [main, shop] = packagesOf(folder);
    expect(main.bytes - before.bytes).toBe(1050);
    expect(shop).toEqual({ name: 'packages/shop/', bytes: 300, limit: 200 * 1024 });
  });

  it('sees a second React by its mark, in another file or in the same', () => {
    put('vendors.js', 'm.prototype.isReactComponent={},m.x=1;if(a.isReactComponent)b()');
    expect(reactCopies(folder)).toBe(1);
    put('packages/shop/page.js', 'E.prototype.isReactComponent = {};');
    expect(reactCopies(folder)).toBe(2);
  });
});
