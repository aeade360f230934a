import { faultsOf } from './parts/source-rules.mjs';

const orders = 'server/src/mall/orders/a.ts';
const messages = (path, text) => faultsOf(path, text).map(({ message }) => message);
const lines = (count) => 'export function f() {}\n'.repeat(count);

describe('House rule 4: time, chance, money and names', () => {
  it.each([
    [orders, 'const a = new Date();'],
    [orders, 'const a = new Date;'],
    [orders, 'const a = Date();'],
    ['miniapp/src/pages/a.tsx', 'const a = Date.now();'],
    ['server/wechat-emulator/pay.ts', 'const a = Math.random();'],
    ['server/test/a.e2e-spec.ts', 'const a = Date.now();'],
    [orders, 'const a = (1.5).toFixed(2);'],
    ['shared/src/money.ts', "const a = Number.parseFloat('1');"],
    [orders, 'let a: any;'],
    [orders, 'const a = b as any;'],
    ['server/src/mall/orders/a.spec.ts', "it.only('a', () => {});"],
    ['server/src/mall/orders/a.spec.ts', "describe.skip('a', () => {});"],
    ['server/src/mall/orders/a.spec.ts', "it.skip.each([1])('a', () => {});"],
    ['server/src/mall/orders/a.spec.ts', "xit('a', () => {});"],
    [orders, '// TODO later'],
    [orders, "export * from './b.js';\nexport { c } from './c.js';"],
    ['server/src/platform/utils/a.ts', ''],
    ['server/src/platform/date-helper.ts', ''],
    ['server/src/platform/common/a.ts', ''],
    ['server/src/platform/order.manager.ts', ''],
  ])('refuses %s: %s', (path, text) => {
    expect(messages(path, text)).toHaveLength(1);
  });

  it.each([
    ['server/src/platform/clock/wall-clock.ts', 'const a = new Date(); const b = Date.now(); const c = Math.random();'],
    ['server/wechat-emulator/clock.ts', 'const a = Date.now();'],
    ['miniapp/src/platform/clock.ts', 'const a = Date.now();'],
    [orders, 'const a = new Date(1700000000000); const b = Date.parse(c);'],
    ['miniapp/src/components/Price.tsx', 'const a = (1.5).toFixed(2);'],
    [orders, '/** any price, Date.now() and a toFixed are only words in a comment */ const a = "any";'],
    ['server/src/mall/commonwealth.ts', ''],
    ['server/src/mall/orders/orders.public.ts', "export * from './b.js';"],
    ['server/src/mall/orders/a.spec.ts', "it.each([1])('a', () => {});"],
  ])('allows %s: %s', (path, text) => {
    expect(messages(path, text)).toEqual([]);
  });
});

describe('House rule 5: sizes', () => {
  it('allows a file of 300 lines and refuses one of 301', () => {
    expect(messages(orders, lines(300))).toEqual([]);
    expect(messages(orders, lines(301))).toEqual(['301 lines (limit 300): a file over the limit is two rooms']);
  });

  it('allows a test of 500 lines and refuses one of 501', () => {
    expect(messages('server/src/mall/a.db.spec.ts', lines(500))).toEqual([]);
    expect(messages('server/test/support/a.ts', lines(501))).toHaveLength(1);
  });

  it('leaves migrations and pure tables of data their length', () => {
    const table = `export const regions = [\n${"  { code: '110000', name: '北京市' },\n".repeat(400)}] as const;\n`;
    expect(messages('server/src/mall/orders/regions.ts', table)).toEqual([]);
    expect(messages('server/src/migrations/1-first.ts', lines(900))).toEqual([]);
    expect(messages('server/src/mall/orders/regions.ts', `${table}export const f = () => 1;\n`)).toHaveLength(1);
  });

  it('allows a function of 60 lines and refuses one of 61, wherever it is written', () => {
    const body = (count) => '  f();\n'.repeat(count - 2);
    expect(messages(orders, `function g() {\n${body(60)}}\n`)).toEqual([]);
    expect(messages(orders, `function g() {\n${body(61)}}\n`)).toEqual(['a function of 61 lines (limit 60)']);
    expect(messages(orders, `const g = () => {\n${body(61)}};\n`)).toHaveLength(1);
    expect(messages(orders, `class A {\n  g() {\n${body(61)}  }\n}\n`)).toHaveLength(1);
  });

  it('allows six constructor parameters and refuses seven', () => {
    const withParameters = (count) => `class A { constructor(${[...'abcdefg'].slice(0, count).join(', ')}) {} }`;
    expect(messages(orders, withParameters(6))).toEqual([]);
    expect(messages(orders, withParameters(7))).toEqual(['a constructor with 7 parameters (limit 6)']);
  });
});
