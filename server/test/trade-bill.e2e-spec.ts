import type { Page } from '@mall/shared/paging';
import { ProblemType } from '@mall/shared/problems';
import type { BillDifference, TradeBillSummary } from '@mall/shared/trade-bills';
import { reconcile } from '../src/hq/reconciliation/reconciliation.public.js';
import { FetchTradeBill } from '../src/hq/trade-bills/fetch-trade-bill.service.js';
import { FetchTradeBills } from '../src/hq/trade-bills/fetch-trade-bills.job.js';
import { BusinessClock } from '../src/platform/clock/business-clock.js';
import { businessDay, DAY_MS, HOUR_MS, startOfBusinessDay } from '../src/platform/clock/business-day.js';
import { Database } from '../src/platform/database/database.js';
import { expectProblem, send } from './support/e2e-http.js';
import { Shop } from './support/e2e-shop.js';
import { ENGINES } from './support/test-database.js';

describe.each(ENGINES)('§5: the trade bill against the books [%s]', (engine) => {
  let shop: Shop;
  let day: string;

  beforeAll(async () => {
    shop = await Shop.open(engine);
    // Noon, so that nothing of the test stands at midnight.
    await nextDayAt(12);
    const clock = shop.mall.app.get(BusinessClock);
    day = businessDay(clock.now());
  });
  afterAll(() => shop.close());

  const damage = (body: object) => shop.mall.emulator.post('/control/bills', { day, ...body });
  const fetchBill = () => shop.hq<TradeBillSummary>(`/api/hq/trade-bills/${day}`);
  const open = async () => (await shop.hqGet<Page<BillDifference>>('/api/hq/bill-differences')).items;
  const brief = ({ kind, subject, number, billFen, ourFen }: BillDifference) => [
    kind,
    subject,
    number,
    billFen,
    ourFen,
  ];

  /** Moves mall and platform on to the hour of the next day. */
  async function nextDayAt(hour: number): Promise<void> {
    const clock = shop.mall.app.get(BusinessClock);
    const at = startOfBusinessDay(clock.now()) + DAY_MS + hour * HOUR_MS;
    const hours = Math.ceil((at - clock.now()) / HOUR_MS);
    await shop.advance({ hours: Math.min(hours, 24) });
    if (hours > 24) await shop.advance({ hours: hours - 24 });
    const { time } = shop.mall.running.emulator;
    time.advance(Math.max(0, clock.now() - time.now()));
  }

  it('finds what is missing here, missing there or differs, once, and lets HQ settle it with a reason', async () => {
    const person = await shop.newCustomer({ through: shop.guide.code });
    const [same, dropped, other, refunded] = [
      await shop.buy(person, { SHIRT: 1 }),
      await shop.buy(person, { BAG: 1 }),
      await shop.buy(person, { SCARF: 1 }),
      await shop.buy(person, { SOCKS: 2 }),
    ];
    expect(same.totalFen).toBe(21_100);
    const [line] = refunded.lines;
    const refund = await shop.refund(refunded.id, {
      lines: [{ orderLineId: line?.id ?? '', amountFen: 1_234 }],
    });
    await shop.mall.settle();

    // A day that is not over has no bill.
    const early = await send(shop.mall.apiUrl, 'POST', `/api/hq/trade-bills/${day}`, { token: shop.hqToken, body: {} });
    expectProblem(early, 422, ProblemType.ValidationFailed);

    await nextDayAt(8);
    expect(await fetchBill()).toMatchObject({ state: 'wanted', lastError: 'refused: STATEMENT_CREATING' });
    await damage({ kind: 'drop', number: dropped.id.slice(4) });
    await damage({ kind: 'amount', number: other.id.slice(4), fen: other.totalFen + 7 });
    await damage({ kind: 'amount', number: refund.id.slice(4), fen: 1_233 });
    await damage({ kind: 'foreign', number: 'FOREIGN-0001', fen: 4_711 });
    await nextDayAt(11);
    const summary = await fetchBill();
    expect(summary).toMatchObject({ state: 'stored', rows: 5, openDifferences: 4, lastError: null, refundFen: 1_233 });
    const expected = [
      ['amount_differs', 'payment', other.id.slice(4), other.totalFen + 7, other.totalFen],
      ['amount_differs', 'refund', refund.id.slice(4), 1_233, 1_234],
      ['missing_here', 'payment', 'FOREIGN-0001', 4_711, null],
      ['missing_there', 'payment', dropped.id.slice(4), null, dropped.totalFen],
    ];
    expect((await open()).map(brief).sort()).toEqual(expected.sort());
    // Compared again it says nothing new.
    expect(await fetchBill()).toMatchObject({ openDifferences: 4 });
    expect((await open()).length).toBe(4);
    expect(JSON.stringify(await open())).not.toContain(
      shop.mall.running.emulator.personas.named(person.persona)?.openid,
    );

    const report = await reconcile(shop.mall.app.get(Database), { now: shop.mall.app.get(BusinessClock).now() });
    const found = report.rows.filter(({ check }) => check === 'trade-bills');
    expect(found.map(({ subject }) => subject).sort()).toEqual(expected.map(([, , number]) => number).sort());

    const task = (await open()).find(({ kind }) => kind === 'missing_here');
    const settle = (token: string) =>
      send(shop.mall.apiUrl, 'POST', `/api/hq/bill-differences/${task?.id}/resolution`, {
        token,
        body: { reason: '线下收银台' },
      });
    expect((await settle(shop.hqToken)).status).toBe(204);
    expectProblem(await settle(shop.hqToken), 409, ProblemType.RevisionConflict);
    expect((await open()).length).toBe(3);
  });

  it('takes a day without trades for an empty bill, and the job fetches it after ten by itself', async () => {
    const empty = businessDay(shop.mall.app.get(BusinessClock).now());
    await nextDayAt(11);
    // The worker of the mall looks once a minute; the test does not wait for it.
    await new FetchTradeBills(
      shop.mall.app.get(Database),
      shop.mall.app.get(FetchTradeBill),
      shop.mall.app.get(BusinessClock),
      { now: () => Number.MAX_SAFE_INTEGER },
    ).run();
    const { items } = await shop.hqGet<Page<TradeBillSummary>>('/api/hq/trade-bills');
    expect(items.find(({ billDate }) => billDate === empty)).toMatchObject({ state: 'stored', rows: 0 });
  });
});
