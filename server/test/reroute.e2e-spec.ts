import type { MoneyTask } from '@mall/shared/hq';
import { ProblemType } from '@mall/shared/problems';
import { SettleRefund } from '../src/mall/after-sales/settle-refund.service.js';
import { UnitOfWork } from '../src/platform/database/unit-of-work.js';
import { ulidOf } from '../src/platform/ids/ids.js';
import { WechatPayClient } from '../src/wechat/wechat.public.js';
import { eventually } from '../tools/journey/api-client.js';
import { expectProblem, send } from './support/e2e-http.js';
import { expectLedgerExact, expectStockExact } from './support/e2e-invariants.js';
import { Shop } from './support/e2e-shop.js';
import { ENGINES } from './support/test-database.js';

const CARD = { to: 'customer_card', bankType: 'ICBC_DEBIT', bankAccount: '6222020000012345678', realName: '林小雨' };
const NOBODY = 'rfd_01ZZZZZZZZZZZZZZZZZZZZZZZZ';

describe.each(ENGINES)('§5: abnormal refunds over HTTP [%s]', (engine) => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await Shop.open(engine);
  });
  afterAll(() => shop.close());

  const reroute = (id: string, body: object) =>
    send(shop.mall.apiUrl, 'POST', `/api/hq/refunds/${id}/reroute`, { token: shop.hqToken, body });
  const isListed = async (id: string) =>
    (await shop.hqGet<MoneyTask[]>('/api/hq/money-tasks')).some(({ subjectId }) => subjectId === id);

  async function abnormalRefund(): Promise<string> {
    const person = await shop.newCustomer({ through: shop.guide.code });
    const order = await shop.buy(person, { BAG: 1 });
    await shop.mall.emulator.post('/control/refunds', { next: 'ABNORMAL' });
    const body = { lines: [{ orderLineId: order.lines[0]?.id, amountFen: 2_345 }], reason: '破损' };
    const path = `/api/hq/orders/${order.id}/refunds`;
    const { id } = await shop.mall.api.postOnce<{ id: string }>(path, body, shop.hqToken);
    await eventually('the refund being abnormal', () => isListed(id), Boolean);
    return id;
  }

  it.each([CARD, { to: 'merchant_account' }])('sends one on to $to, and it ends and leaves the list', async (to) => {
    const id = await abnormalRefund();
    expect((await reroute(id, to)).status).toBe(204);
    await shop.untilRefund(id, 'succeeded');
    expect(await isListed(id)).toBe(false);
    expectProblem(await reroute(id, to), 409, ProblemType.RefundStateConflict);
    const there = shop.mall.running.emulator.refunds.all().filter(({ outRefundNo }) => id.endsWith(outRefundNo));
    expect(there.length).toBe(1);
    // Whose card it was is written nowhere.
    const written = await shop.query<{ newJson: string }>('SELECT newJson FROM audit_entries WHERE subject = ?', [id]);
    expect(written.length).toBe(1);
    expect(JSON.stringify(written)).not.toContain(CARD.bankAccount);
    await expectLedgerExact(shop);
    await expectStockExact(shop);
  });

  it('sends one on whose first answer was lost and of which WeChat has told that it is abnormal', async () => {
    const id = await abnormalRefund();
    // As a process leaves it that dies between WeChat's answer and its commit.
    const lost = `UPDATE refunds SET state = 'created', failReason = NULL, checks = 0, nextCheckAt = ? WHERE id = ?`;
    await shop.execute(lost, [Number.MAX_SAFE_INTEGER, id]);
    const { app } = shop.mall;
    const told = await app.get(WechatPayClient).queryRefund(ulidOf(id));
    if (told.outcome !== 'ok') throw new Error(told.outcome);
    await app.get(UnitOfWork).run((tx) => app.get(SettleRefund).execute(tx, told.value));
    expect(await isListed(id)).toBe(true);
    expect((await reroute(id, CARD)).status).toBe(204);
    await shop.untilRefund(id, 'succeeded');
  });

  it('refuses a card without a number, and an id that is nobody’s', async () => {
    const { bankAccount: _, ...cut } = CARD;
    expectProblem(await reroute(NOBODY, cut), 422, ProblemType.ValidationFailed);
    expectProblem(await reroute(NOBODY, CARD), 404, ProblemType.NotFound);
  });
});
