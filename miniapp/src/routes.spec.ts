import { MESSAGE_PAGES } from '@mall/shared/subscriptions';
import { isTab, mainPages, pathTo, subPackages } from './routes';

describe('the table of pages', () => {
  it('makes the path of a share link as the API writes it', () => {
    expect(pathTo('product', { id: 'prd_1', s: 'ABCDEFGH' })).toBe('/packages/shop/product/index?id=prd_1&s=ABCDEFGH');
  });

  it('encodes values and leaves out what is undefined', () => {
    expect(pathTo('list', { title: '茶 & 器', q: undefined })).toBe(
      '/packages/shop/list/index?title=%E8%8C%B6%20%26%20%E5%99%A8',
    );
  });

  it('holds the tabs in the main package and everything else in a subpackage', () => {
    expect(mainPages()).toEqual(['pages/home/index', 'pages/category/index', 'pages/cart/index', 'pages/me/index']);
    expect(isTab('cart')).toBe(true);
    expect(isTab('desk')).toBe(false);
    expect(subPackages().map((entry) => entry.name)).toEqual(['shop', 'member', 'guide']);
  });

  it('§4: has every page that a message of WeChat opens', () => {
    const pages = subPackages().flatMap(({ root, pages: names }) => names.map((name) => `${root}/${name}`));
    const opened = Object.values(MESSAGE_PAGES);
    expect(opened).toHaveLength(5);
    expect(opened.filter((page) => !pages.includes(page))).toEqual([]);
  });
});
