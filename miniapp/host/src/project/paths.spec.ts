import { addressText, NAMELESS, parseAddress, resolveFile, resolvePath } from './paths.js';

describe('addresses of pages', () => {
  it('resolves from the root and beside the page that names it', () => {
    expect(resolvePath('pages/a/index', '/pages/b/index')).toBe('pages/b/index');
    expect(resolvePath('pages/a/index', '../b/index')).toBe('pages/b/index');
    expect(resolvePath('pages/a/index', './detail')).toBe('pages/a/detail');
  });

  it.each([
    ['beside the file', 'pages/a/index', 'b', 'pages/a/b'],
    ['the index of a folder', 'pages/a/index', '../c', 'pages/c/index'],
    ['the nearest package', 'pages/a/index', 'lib/b', 'pages/miniprogram_npm/lib/b'],
    ['a package further up', 'app', 'lib/b', 'miniprogram_npm/lib/b/index'],
    ['a path that says where is looked for in no package', 'app', './lib/b', 'lib/b'],
    ['what is nowhere is missed beside the file', 'pages/a/index', 'gone', 'pages/a/gone'],
  ])('a script or component is %s', (_fact, from, path, file) => {
    const there = ['pages/a/b', 'pages/c/index', 'pages/miniprogram_npm/lib/b', 'miniprogram_npm/lib/b/index'];
    expect(resolveFile(from, path, (asked) => there.includes(asked))).toBe(file);
  });

  it.each<[string, string, Record<string, string>]>([
    [
      'values stay as they were written',
      '/p?name=%E9%99%88&raw=陈静&twice=%2541',
      { name: '%E9%99%88', raw: '陈静', twice: '%2541' },
    ],
    ["a code's scene arrives encoded once", 'p?scene=s%3DAb12Cd34', { scene: 's%3DAb12Cd34' }],
    ['a value ends at its second equal sign', '/p?a=b=c&e=1', { a: 'b', e: '1' }],
    ['parameters end at a second question mark', '/p?a=b?c=d&e=1', { a: 'b' }],
    ['a name without a value is empty', '/p?a&b=', { a: '', b: '' }],
    ['a plus is a plus', '/p?a=1+2', { a: '1+2' }],
    ['the last of several wins', '/p?a=1&a=2', { a: '2' }],
  ])('%s', (_fact, url, query) => {
    expect(parseAddress('', url)).toEqual({ path: 'p', query });
  });

  it('gives a name without a value the word "undefined" where the mini-program goes there itself', () => {
    expect(parseAddress('', '/p?a&b=', NAMELESS).query).toEqual({ a: 'undefined', b: '' });
  });

  it('writes an address as it was', () => {
    expect(addressText(parseAddress('', '/p/q?a=%41&b='))).toBe('/p/q?a=%41&b=');
    expect(addressText(parseAddress('', '/p/q'))).toBe('/p/q');
  });
});
