import type { PaymentStatus } from '@mall/shared/orders';
import { ProblemType } from '@mall/shared/problems';
import { eventually } from '../tools/journey/api-client.js';
import type { EmulatorClock } from '../wechat-emulator/clock.js';
import { TestMerchant } from '../wechat-emulator/merchant-for-tests.js';
import { expectProblem, send } from './support/e2e-http.js';
import { expectLedgerExact, expectStockExact, snapshot } from './support/e2e-invariants.js';
import { FREE_PROVINCE, type Person, Shop } from './support/e2e-shop.js';
import { ENGINES } from './support/test-database.js';

const systemClock: EmulatorClock = { now: () => performance.timeOrigin + performance.now() };

describe.each(ENGINES)('paying over HTTP [%s]', (engine) => {
  let shop: Shop;
  let merchant: TestMerchant;

  beforeAll(async () => {
    shop = await Shop.open(engine, { WECHAT_TIMEOUT_MS: '400' });
    merchant = new TestMerchant(shop.mall.running, systemClock);
  });
  afterAll(() => shop.close());
  afterEach(async () => {
    await shop.mall.settle();
    await expectLedgerExact(shop);
    await expectStockExact(shop);
  });

  const noticeMode = (mode: 'deliver' | 'hold' | 'duplicate') => shop.mall.emulator.post('/control/notices', { mode });
  const arm = (fault: object) => shop.mall.emulator.post('/control/faults', fault);
  const lastNotice = () => shop.mall.running.emulator.notices.all().at(-1)?.id ?? '';
  const resend = (id: string) => shop.mall.emulator.post<{ answer: number }>(`/control/notices/${id}/resend`, {});
  const status = (person: Person, orderId: string) =>
    shop.mall.api.get<PaymentStatus>(`/api/orders/${orderId}/payment`, person.token);
  const customer = () => shop.newCustomer({ through: shop.guide.code });
  const cancel = (person: Person, orderId: string) =>
    send(shop.mall.apiUrl, 'POST', `/api/orders/${orderId}/cancel`, { token: person.token, body: {} });

  /** Opens the payment at WeChat by hand, as a request of ours that was long under way would. */
  async function prepayBehindTheServer(person: Person, number: string, totalFen: number): Promise<unknown> {
    const answer = await merchant.prepay(number, {
      amount: { total: totalFen, currency: 'CNY' },
      payer: { openid: merchant.openid(person.persona) },
      notify_url: `${shop.mall.apiUrl}/api/wechat/pay-notices`,
    });
    expect(answer.status).toBe(200);
    return answer.json.prepay_id;
  }

  it('R7.5: a valid notice that comes again, at once or later, is answered 204 and changes nothing', async () => {
    const person = await customer();
    await noticeMode('duplicate');
    await shop.buy(person, { SHIRT: 2 });
    await noticeMode('deliver');
    const before = await snapshot(shop);
    expect(before.commission_entries?.length).toBeGreaterThan(0);
    const id = lastNotice();
    for (let time = 0; time < 3; time += 1) expect((await resend(id)).answer).toBe(204);
    expect((await Promise.all([resend(id), resend(id), resend(id)])).map(({ answer }) => answer)).toEqual([
      204, 204, 204,
    ]);
    expect(await snapshot(shop)).toEqual(before);
  });

  it('C25, D16: notice and query that report one payment at the same moment, twenty times, post it once', async () => {
    const person = await customer();
    await noticeMode('hold');
    const order = await shop.place(person, { BAG: 1 });
    await shop.pressPay(person, await shop.openPayment(person, order.id));
    const id = lastNotice();
    const reports = Array.from({ length: 20 }, (_, nth) => (nth % 2 === 0 ? status(person, order.id) : resend(id)));
    const answers = await Promise.all(reports);
    await noticeMode('deliver');
    expect(answers.filter((answer) => 'answer' in answer).map((answer) => 'answer' in answer && answer.answer)).toEqual(
      Array.from({ length: 10 }, () => 204),
    );
    await shop.mall.settle();
    expect(await status(person, order.id)).toMatchObject({ paid: true, orderState: 'paid' });
    expect(await shop.count('outbox_events', `streamId = ? AND eventType = 'order.paid'`, [order.id])).toBe(1);
    expect(await shop.count('ledger_transactions', 'sourceId = ?', [order.id])).toBe(1);
    expect((await shop.entries(order.id)).map(({ payeeKind }) => payeeKind).sort()).toEqual(['guide', 'store']);
  });

  it('R7.5: a lost notice costs nothing: asking for the payment finds it paid', async () => {
    const person = await customer();
    await noticeMode('hold');
    const order = await shop.place(person, { SCARF: 1 });
    await shop.pressPay(person, await shop.openPayment(person, order.id));
    expect((await shop.order(person, order.id)).state).toBe('created');
    expect(await status(person, order.id)).toEqual({ orderId: order.id, orderState: 'paid', paid: true });
    await noticeMode('deliver');
    await shop.mall.settle();
    const before = await snapshot(shop);
    expect((await resend(lastNotice())).answer).toBe(204);
    const { wechat_notices: told, ...rest } = await snapshot(shop);
    const { wechat_notices: toldBefore, ...restBefore } = before;
    expect(rest).toEqual(restBefore);
    expect(told).toHaveLength((toldBefore?.length ?? 0) + 1);
  });

  it('R7.5: a lost notice is found by the worker when nobody asks', async () => {
    const person = await customer();
    await noticeMode('hold');
    const order = await shop.place(person, { SOCKS: 3 });
    await shop.pressPay(person, await shop.openPayment(person, order.id));
    await noticeMode('deliver');
    await shop.execute('UPDATE payments SET nextCheckAt = 0 WHERE orderId = ?', [order.id]);
    await shop.mall.settle();
    expect((await shop.untilState(person, order.id, 'paid')).paidAt).not.toBeNull();
  });

  it('R7.5: a verified report of another amount or another payer is taken and believed of no order', async () => {
    const person = await customer();
    const other = await customer();
    const [cheap, stolen] = [await shop.place(person, { SHIRT: 1 }), await shop.place(person, { SHIRT: 1 })];
    // Both have a payment row here and, since WeChat was busy, no order there.
    await arm({ kind: 'busy', path: '/v3/pay/transactions/jsapi', times: 2 });
    for (const { id } of [cheap, stolen]) {
      const answer = await send(shop.mall.apiUrl, 'POST', `/api/orders/${id}/payment`, {
        token: person.token,
        body: {},
      });
      expectProblem(answer, 503, ProblemType.DependencyUnavailable);
    }
    const before = await snapshot(shop);
    await merchant.pay(await prepayBehindTheServer(person, cheap.number, 1), person.persona);
    await merchant.pay(await prepayBehindTheServer(other, stolen.number, stolen.totalFen), other.persona);
    await eventually(
      'both notices',
      async () => shop.mall.running.emulator.notices.all().slice(-2),
      (notices) => notices.every(({ state }) => state === 'delivered'),
    );
    expect(await status(person, cheap.id)).toMatchObject({ paid: false, orderState: 'created' });
    expect(await status(person, stolen.id)).toMatchObject({ paid: false, orderState: 'created' });
    const after = await snapshot(shop);
    for (const table of ['orders', 'ledger_legs', 'outbox_events', 'stock_levels'])
      expect(after[table]).toEqual(before[table]);
  });

  it('R7.5: two orders of one customer are paid apart from each other', async () => {
    const person = await customer();
    const first = await shop.place(person, { BAG: 1 });
    const second = await shop.place(person, { SCARF: 2 });
    const params = await shop.openPayment(person, first.id);
    await shop.pay(person, second.id);
    expect((await shop.order(person, first.id)).state).toBe('created');
    await shop.pressPay(person, params);
    await shop.untilState(person, first.id, 'paid');
    expect(await shop.count('payments', `state = 'succeeded' AND orderId IN (?, ?)`, [first.id, second.id])).toBe(2);
  });

  it('R7.1: a double tap on pay opens one payment, and the second press of the cashier takes nothing', async () => {
    const person = await customer();
    const order = await shop.place(person, { BAG: 2 });
    const [one, two] = await Promise.all([shop.openPayment(person, order.id), shop.openPayment(person, order.id)]);
    expect(await shop.count('payments', 'orderId = ?', [order.id])).toBe(1);
    await shop.pressPay(person, one);
    await shop.pressPay(person, two, [409]);
    await shop.untilState(person, order.id, 'paid');
    const again = await send(shop.mall.apiUrl, 'POST', `/api/orders/${order.id}/payment`, { token: person.token });
    expect(expectProblem(again, 409, ProblemType.OrderStateConflict).state).toBe('paid');
  });

  it('C19: paid ten seconds before the time-out, its notice twenty seconds after it: paid and not cancelled', async () => {
    const person = await customer();
    await noticeMode('hold');
    const order = await shop.place(person, { SCARF: 1 });
    const params = await shop.openPayment(person, order.id);
    const now = await shop.now();
    const due = (at: number) => shop.execute('UPDATE orders SET dueAt = ? WHERE id = ?', [at, order.id]);
    await due(now + 10_000);
    await shop.pressPay(person, params);
    expect((await shop.order(person, order.id)).state).toBe('created');
    // Thirty seconds pass, and the time-out with them: the worker closes, asks, and hears that it was paid.
    await due(now - 20_000);
    await shop.mall.settle();
    const told = await shop.untilState(person, order.id, 'paid');
    expect(told).toMatchObject({ cancelledAt: null, payBefore: null });
    expect(Math.abs((told.paidAt ?? 0) - now)).toBeLessThan(10_000);
    await shop.mall.settle();
    const before = await snapshot(shop);
    expect((await resend(lastNotice())).answer).toBe(204);
    await noticeMode('deliver');
    const { wechat_notices: _, ...rest } = await snapshot(shop);
    const { wechat_notices: __, ...restBefore } = before;
    expect(rest).toEqual(restBefore);
  });

  it('C19: who pays in the moment of cancelling has a paid order, and is told so', async () => {
    const person = await customer();
    await noticeMode('hold');
    const order = await shop.place(person, { SCARF: 1 });
    await shop.pressPay(person, await shop.openPayment(person, order.id));
    const refused = await cancel(person, order.id);
    await noticeMode('deliver');
    expectProblem(refused, 409, ProblemType.OrderStateConflict);
    expect((await shop.order(person, order.id)).state).toBe('paid');
  });

  it('C19: paying and cancelling at once ends paid or cancelled, and the money agrees', async () => {
    for (let round = 0; round < 6; round += 1) {
      const person = await customer();
      const order = await shop.place(person, { SOCKS: 1 });
      const params = await shop.openPayment(person, order.id);
      const [pressed, cancelled] = await Promise.all([
        shop.pressPay(person, params, [200, 409]),
        cancel(person, order.id),
      ]);
      await shop.mall.settle();
      const wanted = pressed === 200 ? 'paid' : 'cancelled';
      await shop.untilState(person, order.id, wanted);
      expect(cancelled.status).toBe(wanted === 'cancelled' ? 200 : 409);
    }
  });

  it('R7.5: a payment that arrives for a cancelled order goes back by itself and takes neither stock nor coupon', async () => {
    const person = await customer();
    const couponId = await shop.grantCoupon(person, { kind: 'amount_off', thresholdFen: 100, discountFen: 777 });
    const order = await shop.place(person, { SHIRT: 1 }, [couponId]);
    await arm({ kind: 'busy', path: '/v3/pay/transactions/jsapi' });
    await send(shop.mall.apiUrl, 'POST', `/api/orders/${order.id}/payment`, { token: person.token, body: {} });
    expect((await cancel(person, order.id)).status).toBe(200);
    expect(await shop.couponState(couponId)).toBe('issued');
    const stock = await shop.stock('SHIRT');
    await merchant.pay(await prepayBehindTheServer(person, order.number, order.totalFen), person.persona);
    const refunds = await eventually(
      'the refund of the late payment',
      () =>
        shop.query<{ id: string; state: string; amountFen: number }>('SELECT * FROM refunds WHERE orderId = ?', [
          order.id,
        ]),
      (rows) => rows[0]?.state === 'succeeded',
    );
    expect(refunds).toEqual([expect.objectContaining({ amountFen: order.totalFen })]);
    expect((await shop.order(person, order.id)).state).toBe('cancelled');
    expect(await shop.stock('SHIRT')).toEqual(stock);
    expect(await shop.couponState(couponId)).toBe('issued');
    expect(await shop.entries(order.id)).toEqual([]);
    const [sum] = await shop.query<{ fen: number }>(
      `SELECT SUM(amountFen) AS fen FROM ledger_legs WHERE orderId = ? AND ownerKind = 'customers'`,
      [order.id],
    );
    expect(Number(sum?.fen)).toBe(0);
  });

  it('R7.1: an order that nobody pays for fifteen minutes is cancelled and gives back stock and coupon', async () => {
    const person = await customer();
    const couponId = await shop.grantCoupon(person, { kind: 'amount_off', thresholdFen: 100, discountFen: 333 });
    const before = await shop.stock('BAG');
    const opened = await shop.place(person, { BAG: 3 }, [couponId]);
    await shop.openPayment(person, opened.id);
    expect(await shop.couponState(couponId)).toBe('locked');
    expect(await shop.stock('BAG')).toEqual({
      ...before,
      available: before.available - 3,
      reserved: before.reserved + 3,
    });
    expect((opened.payBefore ?? 0) - opened.createdAt).toBe(15 * 60_000);
    await shop.advance({ hours: 1 });
    const cancelled = await shop.order(person, opened.id);
    expect(cancelled).toMatchObject({ state: 'cancelled', payBefore: null });
    expect(await shop.stock('BAG')).toEqual(before);
    expect(await shop.couponState(couponId)).toBe('issued');
    const late = await send(shop.mall.apiUrl, 'POST', `/api/orders/${opened.id}/payment`, { token: person.token });
    expect(expectProblem(late, 409, ProblemType.OrderStateConflict).state).toBe('cancelled');
  });

  it('C13, R7.1: an order that costs nothing is paid at placement, without WeChat, and earns nobody anything', async () => {
    const person = await shop.newCustomer({ through: shop.guide.code, province: FREE_PROVINCE });
    const couponId = await shop.grantCoupon(person, { kind: 'amount_off', thresholdFen: 0, discountFen: 5_000 });
    const order = await shop.place(person, { SOCKS: 1 }, [couponId]);
    expect(order).toMatchObject({ totalFen: 0, goodsFen: 3_000, discountFen: 3_000, state: 'paid' });
    await shop.mall.settle();
    expect(await shop.couponState(couponId)).toBe('redeemed');
    expect(await shop.count('payments', 'orderId = ?', [order.id])).toBe(0);
    expect(await shop.count('ledger_legs', 'orderId = ?', [order.id])).toBe(0);
    expect((await shop.entries(order.id)).every(({ amountFen }) => amountFen === 0)).toBe(true);
    const pay = await send(shop.mall.apiUrl, 'POST', `/api/orders/${order.id}/payment`, { token: person.token });
    expectProblem(pay, 409, ProblemType.OrderStateConflict);
    expect(await status(person, order.id)).toMatchObject({ paid: true });
  });

  it('D20: a prepay that WeChat never answers is a 503 and the order stays payable', async () => {
    const person = await customer();
    const order = await shop.place(person, { BAG: 1 });
    await arm({ kind: 'delay', path: '/v3/pay/transactions/jsapi', delayMs: 1_500 });
    const path = `/api/orders/${order.id}/payment`;
    expectProblem(
      await send(shop.mall.apiUrl, 'POST', path, { token: person.token }),
      503,
      ProblemType.DependencyUnavailable,
    );
    expect((await shop.order(person, order.id)).state).toBe('created');
    expect((await shop.pay(person, order.id)).state).toBe('paid');
    expect(await shop.count('payments', 'orderId = ?', [order.id])).toBe(1);
  });

  it('R7.1: cancelling while WeChat is silent decides nothing: 409 payment-pending, and the order can still be paid', async () => {
    const person = await customer();
    const order = await shop.place(person, { BAG: 1 });
    const params = await shop.openPayment(person, order.id);
    await arm({ kind: 'delay', path: `/v3/pay/transactions/out-trade-no/${order.number}`, delayMs: 1_000, times: 2 });
    const answer = await cancel(person, order.id);
    expectProblem(answer, 409, ProblemType.PaymentPending);
    expect((await shop.order(person, order.id)).state).toBe('created');
    // The close did reach WeChat, only its answer was lost: nobody can pay any more, and the worker cancels in time.
    await shop.pressPay(person, params, [409]);
    expect((await cancel(person, order.id)).status).toBe(200);
    expect((await shop.order(person, order.id)).state).toBe('cancelled');
  });

  it.each([
    ['was not taken by WeChat', 'busy'],
    ['was taken and its answer lost', 'delay'],
  ])('D20: a refund that %s is completed later, exactly once', async (_, kind) => {
    const person = await customer();
    const order = await shop.buy(person, { SHIRT: 1 });
    await noticeMode('hold');
    await arm({ kind, path: '/v3/refund/domestic/refunds', delayMs: 1_200 });
    const [line] = order.lines;
    const body = { lines: [{ orderLineId: line?.id, amountFen: 10_001 }], reason: '超时退款' };
    const path = `/api/hq/orders/${order.id}/refunds`;
    const refund = await shop.mall.api.postOnce<{ id: string; state: string }>(path, body, shop.hqToken);
    expect(refund.state).toBe('processing');
    await shop.mall.settle();
    expect((await shop.order(person, order.id)).refunds).toEqual([expect.objectContaining({ state: 'processing' })]);
    await eventually(
      'the refund at WeChat',
      async () => {
        await shop.execute('UPDATE refunds SET nextCheckAt = 0 WHERE id = ?', [refund.id]);
        await shop.mall.settle();
        return shop.order(person, order.id);
      },
      ({ refunds }) => refunds[0]?.state === 'succeeded',
    );
    await noticeMode('deliver');
    const before = await snapshot(shop);
    expect((await resend(lastNotice())).answer).toBe(204);
    const after = await snapshot(shop);
    for (const table of ['refunds', 'ledger_legs', 'outbox_events', 'orders'])
      expect(after[table]).toEqual(before[table]);
    expect(
      shop.mall.running.emulator.refunds.all().filter((each) => each.order.outTradeNo === order.number),
    ).toHaveLength(1);
    expect((await shop.order(person, order.id)).refundedFen).toBe(10_001);
  });

  it('R5.3: a refund that WeChat closes gives the lines back what it had taken, and charges nobody', async () => {
    const person = await customer();
    const order = await shop.buy(person, { SCARF: 1 });
    const earned = await shop.guideFen(order.id);
    await shop.mall.emulator.post('/control/refunds', { next: 'CLOSED' });
    const request = { lines: [{ orderLineId: order.lines[0]?.id ?? '', amountFen: 10_000, restockQuantity: 1 }] };
    const path = `/api/hq/orders/${order.id}/refunds`;
    const refund = await shop.mall.api.postOnce<{ id: string }>(path, { ...request, reason: '关闭' }, shop.hqToken);
    await shop.untilRefund(refund.id, 'failed');
    expect(await shop.order(person, order.id)).toMatchObject({ refundedFen: 0, state: 'paid' });
    expect(await shop.guideFen(order.id)).toBe(earned);
    await shop.refund(order.id, request);
    expect(await shop.guideFen(order.id)).toBe(0);
  });
});
