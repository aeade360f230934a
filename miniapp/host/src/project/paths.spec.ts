import { parseAddress, resolvePath } from './paths.js';

describe('addresses of pages', () => {
  it('resolves from the root and beside the page that names it', () => {
    expect(resolvePath('pages/a/index', '/pages/b/index')).toBe('pages/b/index');
    expect(resolvePath('pages/a/index', '../b/index')).toBe('pages/b/index');
    expect(resolvePath('pages/a/index', './detail')).toBe('pages/a/detail');
  });

  it.each<[string, string, Record<string, string>]>([
    ['values are decoded once', '/p?name=%E9%99%88%E9%9D%99&twice=%2541', { name: '陈静', twice: '%41' }],
    ['a value may have equal and question marks', '/p?a=b=c?d&e=1', { a: 'b=c?d', e: '1' }],
    ['a name without a value is empty', '/p?a&b=', { a: '', b: '' }],
    ['a plus is a plus', '/p?a=1+2', { a: '1+2' }],
    ['what is no escape stays', '/p?a=100%', { a: '100%' }],
    ['the last of several wins', '/p?a=1&a=2', { a: '2' }],
  ])('%s', (_fact, url, query) => {
    expect(parseAddress('', url)).toEqual({ path: 'p', query });
  });
});
