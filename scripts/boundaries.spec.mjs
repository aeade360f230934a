import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const root = process.cwd();
const server = (path) => `server/src/${path}.ts`;

/** One scratch violation for each rule: `from` imports `to`, and exactly that must be found. */
const violations = [
  ['wing-platform-imports-downwards', server('platform/http/a'), server('wechat/pay/pay.public')],
  ['wing-wechat-imports-downwards', server('wechat/pay/b'), server('membership/members/members.public')],
  ['wing-membership-imports-downwards', server('membership/members/c'), server('distribution/guides/guides.public')],
  ['wing-distribution-imports-downwards', server('distribution/guides/d'), server('mall/orders/orders.public')],
  ['wing-marketing-imports-downwards', server('marketing/coupons/e'), server('mall/orders/orders.public')],
  ['wing-mall-imports-downwards', server('mall/orders/f'), server('hq/reports/reports.public')],
  ['wing-hq-imports-downwards', server('hq/reports/g'), server('app.module')],
  ['wing-demo-imports-downwards', server('demo/shop/h'), server('app.module')],
  ['rooms-are-entered-by-their-door', server('mall/orders/i'), server('mall/stock/reserve.service')],
  ['rooms-are-entered-by-their-door', server('mall/orders/j'), server('distribution/guides/guide.entity')],
  ['a-wing-module-collects-its-own-rooms', server('mall/mall.module'), server('distribution/guides/guide.entity')],
  ['the-top-imports-modules-and-doors', server('main'), server('mall/stock/reserve.service')],
  ['the-schema-lists-entities', server('schema'), server('mall/stock/reserve.service')],
  ['domain-is-pure', server('mall/orders/domain/k'), server('platform/clock/clock')],
  ['domain-is-pure', server('mall/orders/domain/l'), 'node:fs'],
  ['domain-stays-in-its-room', server('mall/orders/domain/m'), server('mall/stock/domain/count')],
  ['migrations-import-only-typeorm', server('migrations/1-first'), server('platform/clock/clock')],
  ['the-server-does-not-know-the-emulator', server('wechat/pay/n'), 'server/wechat-emulator/sign.ts'],
  ['the-emulator-does-not-know-the-server', 'server/wechat-emulator/o.ts', server('platform/clock/clock')],
  ['shared-stands-alone', 'shared/src/p.ts', server('platform/clock/clock')],
  ['shared-stands-alone', 'shared/src/q.ts', 'node:crypto'],
  ['the-weapp-host-knows-no-mall', 'miniapp/host/src/s.ts', 'shared/src/money.ts'],
  ['the-mini-program-imports-itself-shared-and-packages', 'miniapp/src/r.ts', server('platform/clock/clock')],
  ['sources-do-not-import-tests', server('mall/orders/s'), server('mall/orders/order.spec')],
  ['sources-do-not-import-tests', server('wechat/pay/s2'), server('wechat/pay/wechat-for-tests')],
  ['every-import-is-found', server('mall/orders/t'), server('mall/orders/missing')],
  ['packages-are-declared', server('mall/orders/undeclared'), 'react'],
  ['the-server-runs-without-development-packages', server('mall/orders/development'), '@nestjs/testing'],
  ['no-cycles', server('mall/stock/ring-a'), server('mall/stock/ring-b')],
];

/** What the house allows; a rule that forbids one of these is as wrong as one that forbids nothing. */
const allowed = [
  [server('mall/orders/u'), server('distribution/guides/guides.public')],
  [server('mall/orders/v'), server('mall/stock/stock.public')],
  [server('mall/orders/w'), server('platform/clock/clock')],
  [server('mall/orders/x'), server('mall/orders/domain/price')],
  [server('mall/orders/domain/y'), server('platform/money/allocate')],
  [server('mall/orders/domain/z'), 'shared/src/money.ts'],
  [server('mall/mall.wing'), server('mall/stock/stock.module')],
  [server('worker'), server('mall/stock/stock.module')],
  [server('demo/shop/seed'), server('hq/reports/reports.public')],
  [server('migrations/2-second'), 'typeorm'],
  [server('wechat/pay/client.spec'), 'server/wechat-emulator/sign.ts'],
  [server('wechat/pay/emulator-for-tests'), 'server/wechat-emulator/sign.ts'],
  [server('platform/http/aa'), server('platform/clock/clock')],
  ['miniapp/src/bb.ts', 'shared/src/money.ts'],
];

function specifier(from, to) {
  if (!to.endsWith('.ts')) return to;
  const path = relative(dirname(from), to).replace(/\.ts$/, '.js');
  return path.startsWith('.') ? path : `./${path}`;
}

function writeHouse(folder) {
  const put = (path, text) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const pairs = [...violations.map(([, from, to]) => [from, to]), ...allowed];
  for (const [, to] of pairs) {
    if (to.endsWith('.ts') && !to.includes('missing')) put(to, 'export const value = 1;\n');
  }
  for (const [from, to] of pairs) put(from, `import '${specifier(from, to)}';\n`);
  put(server('mall/stock/ring-b'), "import './ring-a.js';\n");
  put(server('mall/stock/type-a'), "import type { B } from './type-b.js';\nexport type A = B[];\n");
  put(server('mall/stock/type-b'), "import type { A } from './type-a.js';\nexport type B = A | string;\n");
  put('server/package.json', readFileSync(join(root, 'server/package.json'), 'utf8'));
}

describe('The walls of the house (house rule 1)', () => {
  let folder;
  let found;

  beforeAll(() => {
    // Inside the clone, so that packages are found as they are for the real sources.
    mkdirSync(join(root, 'var'), { recursive: true });
    folder = mkdtempSync(join(root, 'var', 'boundaries-'));
    writeHouse(folder);
    const depcruise = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
    const config = join(root, '.dependency-cruiser.cjs');
    const args = [depcruise, '--config', config, '--output-type', 'json', 'server', 'shared', 'miniapp'];
    const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', maxBuffer: 1e8 });
    if (!stdout) throw new Error(stderr);
    found = JSON.parse(stdout).summary.violations.map((entry) => `${entry.rule.name}: ${entry.from}`);
  }, 60_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(violations)('%s: refuses %s → %s', (rule, from) => {
    expect(found).toContain(`${rule}: ${from}`);
  });

  it.each(allowed)('allows %s → %s', (from) => {
    expect(found.filter((entry) => entry.endsWith(`: ${from}`))).toEqual([]);
  });

  it('allows two entities to name each other as types', () => {
    expect(found.filter((entry) => entry.includes('/type-'))).toEqual([]);
  });
});
