import type { Payout, TransferConfirmation } from '@mall/shared/payouts';
import { ProblemType } from '@mall/shared/problems';
import { SubmitTransfers } from '../src/distribution/payouts/payouts.public.js';
import { SubmitRefunds } from '../src/mall/after-sales/submit-refunds.job.js';
import { CancelUnpaidOrders } from '../src/mall/payments/cancel-unpaid-orders.job.js';
import { CheckPayments } from '../src/mall/payments/check-payments.job.js';
import { expectProblem, send } from './support/e2e-http.js';
import { expectLedgerExact, expectStockExact } from './support/e2e-invariants.js';
import { type GuidePerson, Shop } from './support/e2e-shop.js';
import { ENGINES } from './support/test-database.js';
import { startTestMall } from './support/test-mall.js';

const MINUTE = 60_000;
const BILLS = '/v3/fund-app/mch-transfer/transfer-bills';
/** A scarf of ¥100 at 7.5%. */
const SCARF_COMMISSION_FEN = 750;
const JOBS = [CheckPayments, CancelUnpaidOrders, SubmitRefunds, SubmitTransfers];
const KINDS = ['refuse', 'gateway', 'limited', 'lost', 'busy'] as const;

describe.each(ENGINES)('§5: WeChat is down for ten minutes [%s]', (engine) => {
  const started = performance.timeOrigin + performance.now();
  let aheadMs = 0;
  const clock = { now: () => Math.floor(started + aheadMs) };
  let shop: Shop;

  beforeAll(async () => {
    shop = await Shop.openIn(await startTestMall(engine, { WECHAT_TIMEOUT_MS: '400' }, clock));
  });
  afterAll(() => shop.close());

  const arm = (fault: object) => shop.mall.emulator.post('/control/faults', fault);
  const post = (path: string, token: string) => send(shop.mall.apiUrl, 'POST', path, { token, body: {} });
  const stateOf = async (table: 'orders' | 'refunds', id: string) =>
    (await shop.query<{ state: string }>(`SELECT state FROM ${table} WHERE id = ?`, [id]))[0]?.state;

  /** A minute passes, and every job has had its turn. */
  async function minute(): Promise<void> {
    aheadMs += MINUTE;
    shop.mall.running.emulator.time.advance(0);
    for (const job of JOBS) await shop.mall.app.get(job).run();
    await shop.mall.settle();
  }

  it('loses no order and no refund, and all of them complete after it is back', async () => {
    const person = await shop.newCustomer({ through: shop.guide.code });
    const [refundedInIt, refundedBefore] = [await shop.buy(person, { SHIRT: 1 }), await shop.buy(person, { BAG: 1 })];
    await shop.mall.emulator.post('/control/notices', { mode: 'drop' });
    // Paid at WeChat, the notice is lost; its time to pay is over while WeChat is away.
    const paid = await shop.place(person, { SCARF: 1 });
    const open = await shop.place(person, { SOCKS: 1 });
    await shop.openPayment(person, open.id);
    const params = await shop.openPayment(person, paid.id);
    await shop.pressPay(person, params);
    const askForRefund = (order: typeof paid) =>
      shop.mall.api.postOnce<{ id: string }>(
        `/api/hq/orders/${order.id}/refunds`,
        { lines: [{ orderLineId: order.lines[0]?.id, amountFen: 1_111 }], reason: '破损' },
        shop.hqToken,
      );
    const before = await askForRefund(refundedBefore);

    // Away before any time passes: else the worker asks about the payment in between, and knows.
    await arm({ kind: 'refuse', path: '/v3/', seconds: 17 * 60 });
    aheadMs += 7 * MINUTE;
    for (const kind of KINDS) await arm({ kind, path: '/v3/', seconds: 2 * 60 });
    const late = await shop.place(person, { RARE: 1 });
    expectProblem(await post(`/api/orders/${late.id}/payment`, person.token), 503, ProblemType.DependencyUnavailable);
    expectProblem(await post(`/api/orders/${open.id}/cancel`, person.token), 409, ProblemType.PaymentPending);
    const within = await askForRefund(refundedInIt);
    for (let passed = 0; passed < 9; passed += 1) await minute();
    // Nobody knows whether they were paid, so they are neither paid nor cancelled, though their time is over.
    expect([await stateOf('orders', paid.id), await stateOf('orders', open.id)]).toEqual(['created', 'created']);
    expect(await stateOf('refunds', within.id)).toBe('processing');
    expect(await stateOf('refunds', before.id)).toBe('processing');

    await minute();
    await shop.mall.emulator.post('/control/faults/lift', {});
    await shop.mall.emulator.post('/control/notices', { mode: 'deliver' });
    // In time to pay still: she presses again.
    await shop.pay(person, late.id);
    for (let passed = 0; passed < 12; passed += 1) await minute();
    expect(await stateOf('orders', paid.id)).toBe('paid');
    expect(await stateOf('orders', late.id)).toBe('paid');
    expect(await stateOf('orders', open.id)).toBe('cancelled');
    // Twelve minutes of this clock are a blink of WeChat's, and its notices need a moment.
    for (const { id } of [within, before]) await shop.untilRefund(id, 'succeeded');
    const atWechat = shop.mall.running.emulator.refunds.all().map(({ amountFen }) => amountFen);
    expect(atWechat).toEqual([1_111, 1_111]);
    await expectLedgerExact(shop);
    await expectStockExact(shop);
  });

  /** A guide with ¥7.50 to take. */
  async function earner(name: string): Promise<GuidePerson> {
    const guide = await shop.newGuide(name);
    const buyer = await shop.newCustomer({ through: guide.code });
    const order = await shop.buy(buyer, { SCARF: 1 });
    await shop.ship(order.id);
    await shop.receive(buyer, order.id);
    return guide;
  }

  const ask = ({ token }: GuidePerson) =>
    shop.mall.api.postOnce<Payout>('/api/guide/payouts', { amountFen: SCARF_COMMISSION_FEN }, token);
  const payoutOf = ({ token }: GuidePerson, { id }: Payout) =>
    shop.mall.api.get<Payout>(`/api/guide/payouts/${id}`, token);
  const transferState = async (guide: GuidePerson, payout: Payout) =>
    (await payoutOf(guide, payout)).transfers[0]?.state;

  /** On WeChat's page, which the phone can open though our server reaches nobody. */
  async function confirmAtWechat(guide: GuidePerson, payout: Payout): Promise<void> {
    const path = `/api/guide/payout-transfers/${payout.transfers[0]?.id}/confirmation`;
    const asked = await shop.mall.api.get<TransferConfirmation>(path, guide.token);
    await shop.mall.emulator.post('/device/transfer-confirm', { ...asked, persona: guide.persona, action: 'confirm' });
  }

  it('R5.5, D20: loses no payout, sends none twice, and all of them complete after it is back', async () => {
    const guides = [await earner('周岚'), await earner('许诺'), await earner('沈青'), await earner('林夏')];
    const [confirming, returning, unanswered, unheard] = guides as [GuidePerson, GuidePerson, GuidePerson, GuidePerson];
    await shop.advance({ days: 7, hours: 1 });
    await shop.mall.settle();
    await shop.mall.emulator.post('/control/notices', { mode: 'drop' });
    const before = [await ask(confirming), await ask(returning)] as const;
    await minute();
    expect(await transferState(confirming, before[0])).toBe('waiting');
    expect(await transferState(returning, before[1])).toBe('waiting');

    // The last call arrives and its answer does not; from then on nothing arrives.
    await arm({ kind: 'lost', path: BILLS, times: 1 });
    const lost = await ask(unanswered);
    await minute();
    await arm({ kind: 'refuse', path: '/v3/', seconds: 10 * 60 });
    const within = await ask(unheard);
    await confirmAtWechat(confirming, before[0]);
    await post(`/api/guide/payouts/${before[1].id}/cancel`, returning.token);
    for (let passed = 0; passed < 9; passed += 1) await minute();
    // Nobody knows, so nothing is given back and nothing is called paid.
    expect(await transferState(confirming, before[0])).toBe('waiting');
    expect(await transferState(returning, before[1])).toBe('waiting');
    expect(await transferState(unanswered, lost)).toBe('unknown');
    expect(await transferState(unheard, within)).toBe('unknown');

    for (let passed = 0; passed < 25; passed += 1) await minute();
    expect(await payoutOf(confirming, before[0])).toMatchObject({ state: 'done', transfers: [{ state: 'succeeded' }] });
    expect(await payoutOf(returning, before[1])).toMatchObject({ transfers: [{ state: 'cancelled' }] });
    await confirmAtWechat(unanswered, lost);
    await confirmAtWechat(unheard, within);
    for (let passed = 0; passed < 12; passed += 1) await minute();
    expect((await payoutOf(unanswered, lost)).state).toBe('done');
    expect((await payoutOf(unheard, within)).state).toBe('done');
    const atWechat = shop.mall.running.emulator.transfers.all().map(({ state }) => state);
    expect(atWechat.sort()).toEqual(['CANCELLED', 'SUCCESS', 'SUCCESS', 'SUCCESS']);
    const money = await shop.query<{ bucket: string; fen: number }>(
      `SELECT bucket, SUM(amountFen) AS fen FROM ledger_legs WHERE ownerKind = 'guide' AND bucket IN ('paying', 'paid')
       GROUP BY bucket ORDER BY bucket`,
    );
    expect(money.map(({ fen }) => Number(fen))).toEqual([3 * SCARF_COMMISSION_FEN, 0]);
    await expectLedgerExact(shop);
  });
});
