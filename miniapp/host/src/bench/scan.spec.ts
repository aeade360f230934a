import { targetOf } from './scan.js';

const PAGES = ['pages/home/index', 'packages/shop/product/index'];

describe('what a scanned code opens', () => {
  it.each([
    ['pages/home/index', 'pages/home/index'],
    [' /packages/shop/product/index?id=7 ', 'packages/shop/product/index?id=7'],
    [
      'http://127.0.0.1:3100/scan?scene=s%3D7KQ&page=packages/shop/product/index',
      'packages/shop/product/index?scene=s%3D7KQ',
    ],
    ['http://127.0.0.1:3100/scan?page=pages/home/index', 'pages/home/index'],
    ['scene=a&b', 'pages/home/index?scene=a%26b'],
    ['http://127.0.0.1:3100/scan?scene=1&page=pages/gone', null],
    ['http://example.com/', null],
    ['pages/gone', null],
    ['', null],
  ])('%s → %s', (scanned, target) => {
    expect(targetOf(scanned, PAGES)).toBe(target);
  });
});
