import LongTestsFirst from './parts/long-tests-first.cjs';

const context = {
  config: { cacheDirectory: '/nowhere', id: 'x', rootDir: '/' },
  hasteFS: { getSize: (path) => 1000 - path.length },
};
const test = (path) => ({ path, context });
const sorted = (paths) => new LongTestsFirst({}).sort(paths.map(test)).map(({ path }) => path);

describe('the order of tests', () => {
  it('begins with what takes minutes on a machine that knows no times', () => {
    const [first, second, ...rest] = sorted([
      '/server/test/closing.e2e-spec.ts',
      '/server/test/chaos/payments-mariadb.db.spec.ts',
      '/shared/src/money.spec.ts',
      '/server/test/thousand-orders.db.spec.ts',
    ]);
    expect([first, second].sort()).toEqual([
      '/server/test/chaos/payments-mariadb.db.spec.ts',
      '/server/test/thousand-orders.db.spec.ts',
    ]);
    expect(rest).toHaveLength(2);
  });
});
