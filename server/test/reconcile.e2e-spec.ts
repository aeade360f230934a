import type { ReconciliationReport } from '@mall/shared/reconciliation';
import { readSnapshot } from '../src/platform/database/read-snapshot.js';
import { type Shop } from './support/e2e-shop.js';
import { type History, makeHistory } from './support/reconcile-history.js';
import { ENGINES } from './support/test-database.js';

describe.each(ENGINES)('reconciliation over HTTP (R5.7) [%s]', (engine) => {
  let history: History;
  let shop: Shop;
  beforeAll(async () => {
    history = await makeHistory(engine);
    shop = history.shop;
  }, 300_000);
  afterAll(() => shop?.close());

  it('R5.7: finds no difference after a real history', async () => {
    const report = await shop.hq<ReconciliationReport>('/api/hq/reconciliations');
    expect(report.rows).toEqual([]);
    expect(report.checks.filter(({ compared }) => compared === 0).map(({ name }) => name)).toEqual([]);
    expect(report).toMatchObject({ cause: 'asked', differences: 0, inFlight: 0 });
  });
});
