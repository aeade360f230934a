import type { MoneyTask } from '@mall/shared/hq';
import type { GuideBalance, HqPayout, Payout } from '@mall/shared/payouts';
import { ProblemType } from '@mall/shared/problems';
import { Logger } from '@nestjs/common';
import { SettleTransfer } from '../src/distribution/payouts/payouts.public.js';
import { UnitOfWork } from '../src/platform/database/unit-of-work.js';
import { Worker } from '../src/platform/jobs/worker.js';
import { eventually } from '../tools/journey/api-client.js';
import { expectProblem, send } from './support/e2e-http.js';
import { expectLedgerExact } from './support/e2e-invariants.js';
import { type GuidePerson, Shop } from './support/e2e-shop.js';
import { ENGINES } from './support/test-database.js';

const SCARF_FEN = 750;

describe.each(ENGINES)('what HQ does about payouts (R5.5) [%s]', (engine) => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await Shop.open(engine);
  });
  afterAll(() => shop.close());
  afterEach(async () => {
    jest.restoreAllMocks();
    await shop.mall.settle();
    await expectLedgerExact(shop);
    const { checks } = await shop.hq<{ checks: { name: string; differences: number }[] }>('/api/hq/reconciliations');
    expect(checks.filter(({ differences }) => differences > 0)).toEqual([]);
  });

  async function earned(name: string): Promise<GuidePerson> {
    const guide = await shop.newGuide(name);
    const buyer = await shop.newCustomer({ through: guide.code });
    const order = await shop.buy(buyer, { SCARF: 1 });
    await shop.ship(order.id);
    await shop.receive(buyer, order.id);
    await shop.advance({ days: 7, hours: 1 });
    await shop.mall.settle();
    return guide;
  }

  const ask = (guide: GuidePerson) =>
    shop.mall.api.postOnce<Payout>('/api/guide/payouts', { amountFen: SCARF_FEN }, guide.token);
  const balance = (guide: GuidePerson) => shop.mall.api.get<GuideBalance>('/api/guide/balance', guide.token);
  const refused = (path: string, body: object) => send(shop.mall.apiUrl, 'POST', path, { token: shop.hqToken, body });

  it('R5.5: an employee’s payout waits for HQ, and HQ writes down that it was paid with her wages', async () => {
    const guide = await earned('林夏');
    await shop.hq(`/api/hq/guides/${guide.guideId}/payee-type`, { payeeType: 'employee', reason: '转为正式员工' });
    const asked = await ask(guide);
    expect(asked.state).toBe('requested');
    const path = `/api/hq/payouts/${asked.id}/settle-by-payroll`;
    const reason = '随十一月工资发放';
    expectProblem(await refused(path, { reason }), 409, ProblemType.PayoutStateConflict);
    const approved = await shop.hq<HqPayout>(`/api/hq/payouts/${asked.id}/approve`);
    expect(approved).toMatchObject({ state: 'approved', payeeType: 'employee', waitsFor: '由工资发放' });
    expect((await refused(path, {})).status).toBe(422);
    expect(await shop.hq(path, { reason })).toMatchObject({ state: 'done', waitsFor: null });
    expect(await balance(guide)).toMatchObject({ availableFen: 0, payingFen: 0, paidFen: SCARF_FEN });
    expectProblem(await refused(path, { reason }), 409, ProblemType.PayoutStateConflict);
  });

  it('D11: HQ takes an approved payout back with a reason', async () => {
    const guide = await earned('许诺');
    await shop.hq(`/api/hq/guides/${guide.guideId}/payee-type`, { payeeType: 'employee', reason: '转为正式员工' });
    const asked = await ask(guide);
    await shop.hq(`/api/hq/payouts/${asked.id}/approve`);
    const cancelled = await shop.hq(`/api/hq/payouts/${asked.id}/cancel`, { reason: '改为线下结清' });
    expect(cancelled).toMatchObject({ state: 'cancelled', transfers: [{ state: 'cancelled' }] });
    expect(await balance(guide)).toMatchObject({ availableFen: SCARF_FEN, payingFen: 0, paidFen: 0 });
    const again = await refused(`/api/hq/payouts/${asked.id}/cancel`, { reason: '改为线下结清' });
    expectProblem(again, 409, ProblemType.PayoutStateConflict);
  });

  it('R5.5, R5.7: a transfer that failed and has arrived after all is booked, is HQ’s task, and reconciles', async () => {
    jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    const guide = await earned('沈青');
    const asked = await ask(guide);
    shop.mall.app.get(Worker).wake();
    const read = () => shop.mall.api.get<Payout>(`/api/guide/payouts/${asked.id}`, guide.token);
    const { transfers } = await eventually('it waits', read, (payout) => payout.transfers[0]?.state === 'waiting');
    const id = transfers[0]?.id ?? '';
    const report = (state: 'failed' | 'succeeded') =>
      shop.mall.app
        .get(UnitOfWork)
        .run((tx) =>
          shop.mall.app.get(SettleTransfer).execute(tx, id, { state, providerNo: 'P1', reason: '账户异常' }),
        );
    await report('failed');
    expect(await balance(guide)).toMatchObject({ availableFen: SCARF_FEN, paidFen: 0 });
    await report('succeeded');
    expect(await balance(guide)).toMatchObject({ availableFen: 0, payingFen: 0, paidFen: SCARF_FEN });
    const tasks = await shop.hqGet<MoneyTask[]>('/api/hq/money-tasks');
    expect(tasks.filter(({ subjectId }) => subjectId === id)).toMatchObject([
      { kind: 'transfer_contradicted', orderId: null, amountFen: SCARF_FEN },
    ]);
  });
});
