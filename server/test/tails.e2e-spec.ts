import type { CommissionReceipt } from '@mall/shared/guides';
import type { OrderDetail } from '@mall/shared/orders';
import { UnitOfWork } from '../src/platform/database/unit-of-work.js';
import { Settings } from '../src/platform/settings/settings.js';
import { expectLedgerExact } from './support/e2e-invariants.js';
import { type GuidePerson, type Person, Shop } from './support/e2e-shop.js';
import { ENGINES } from './support/test-database.js';

/** ¥100 at 7.5% is 750 fen; a tail of 20% is 150 of them. */
const HEAD = 600;
const TAIL = 150;

describe.each(ENGINES)('the part of a commission that vests later (R4.6) [%s]', (engine) => {
  let shop: Shop;
  let guides = 0;

  beforeAll(async () => {
    shop = await Shop.open(engine);
  });
  afterAll(() => shop.close());
  afterEach(async () => {
    await shop.mall.settle();
    await expectLedgerExact(shop);
  });

  async function terms(values: {
    tailBps: number;
    tailVesting: 'days' | 'second_order';
    tailDays?: number;
  }): Promise<void> {
    const now = await shop.now();
    const change = { values, effectiveFrom: now, actorId: 'hqu_test', at: now, reason: '测试' };
    await shop.mall.app
      .get(UnitOfWork)
      .run((tx) => shop.mall.app.get(Settings).publish(tx, 'distribution', change as never));
  }
  /** A guide of her own, so that her balances are this test's. */
  const someGuide = (): Promise<GuidePerson> => {
    guides += 1;
    return shop.newGuide(`导购${guides}`);
  };
  async function held(guide: GuidePerson): Promise<Record<string, number>> {
    const rows = await shop.query<{ bucket: string; fen: number }>(
      `SELECT bucket, SUM(amountFen) AS fen FROM ledger_legs WHERE ownerKind = 'guide' AND ownerId = ? GROUP BY bucket`,
      [guide.guideId],
    );
    const all = { pending: 0, frozen: 0, available: 0 };
    return { ...all, ...Object.fromEntries(rows.map(({ bucket, fen }) => [bucket, Number(fen)])) };
  }
  async function delivered(guide: GuidePerson): Promise<{ person: Person; order: OrderDetail }> {
    const person = await shop.newCustomer({ through: guide.code });
    const order = await shop.buy(person, { SCARF: 1 });
    await shop.ship(order.id);
    return { person, order: await shop.receive(person, order.id) };
  }
  async function receipt(guide: GuidePerson, orderId: string): Promise<CommissionReceipt> {
    const entry = (await shop.entries(orderId)).find(({ payeeKind }) => payeeKind === 'guide');
    return shop.mall.api.get(`/api/guide/commissions/${entry?.id}`, guide.token);
  }

  it('releases the head after the window and the tail thirty days after receipt', async () => {
    await terms({ tailBps: 2_000, tailVesting: 'days' });
    const guide = await someGuide();
    const { order } = await delivered(guide);
    expect(await held(guide)).toEqual({ pending: 0, frozen: HEAD + TAIL, available: 0 });
    await shop.advance({ days: 7, hours: 1 });
    expect(await held(guide)).toEqual({ pending: 0, frozen: TAIL, available: HEAD });
    const told = await receipt(guide, order.id);
    expect(told.tail).toMatchObject({ bps: 2_000, fen: TAIL, vesting: 'days', state: 'waiting' });
    expect(told.tail?.dueAt).toBe((told.receivedAt ?? 0) + 30 * 86_400_000);
    await shop.advance({ days: 22 });
    expect(await held(guide)).toEqual({ pending: 0, frozen: TAIL, available: HEAD });
    await shop.advance({ days: 1 });
    expect(await held(guide)).toEqual({ pending: 0, frozen: 0, available: HEAD + TAIL });
    expect((await receipt(guide, order.id)).tail?.state).toBe('released');
  });

  it('R3.4: the days of a tail are those of when it was ordered, whatever they are when it is received', async () => {
    await terms({ tailBps: 2_000, tailVesting: 'days', tailDays: 30 });
    const guide = await someGuide();
    const person = await shop.newCustomer({ through: guide.code });
    const order = await shop.buy(person, { SCARF: 1 });
    await terms({ tailBps: 5_000, tailVesting: 'second_order', tailDays: 14 });
    await shop.ship(order.id);
    await shop.receive(person, order.id);
    await terms({ tailBps: 2_000, tailVesting: 'days', tailDays: 30 });
    const { tail, receivedAt } = await receipt(guide, order.id);
    expect(tail).toMatchObject({ bps: 2_000, fen: TAIL, vesting: 'days', dueAt: (receivedAt ?? 0) + 30 * 86_400_000 });
    await shop.advance({ days: 15 });
    expect(await held(guide)).toEqual({ pending: 0, frozen: TAIL, available: HEAD });
    await shop.advance({ days: 15, hours: 1 });
    expect(await held(guide)).toEqual({ pending: 0, frozen: 0, available: HEAD + TAIL });
  });

  it('C6: a refund shrinks head and tail by the same formula and voids neither', async () => {
    const guide = await someGuide();
    const { order } = await delivered(guide);
    const line = order.lines[0]?.id ?? '';
    await shop.refund(order.id, { lines: [{ orderLineId: line, amountFen: 100 }], goodwill: false });
    // 9,900 fen at 750 bps is 742, its tail 148.
    expect(await held(guide)).toEqual({ pending: 0, frozen: 742, available: 0 });
    await shop.advance({ days: 8 });
    expect(await held(guide)).toEqual({ pending: 0, frozen: 148, available: 594 });
    await shop.refund(order.id, { lines: [{ orderLineId: line, amountFen: 9_900 }], goodwill: false });
    expect(await held(guide)).toEqual({ pending: 0, frozen: 0, available: 0 });
  });

  it('gives the tail at the customer’s second order', async () => {
    await terms({ tailBps: 2_000, tailVesting: 'second_order' });
    const guide = await someGuide();
    const { person, order } = await delivered(guide);
    await shop.advance({ days: 8 });
    expect(await held(guide)).toEqual({ pending: 0, frozen: TAIL, available: HEAD });
    await shop.buy(person, { SOCKS: 1 });
    await shop.mall.settle();
    // The second order of ¥30 is pending itself: 225 fen.
    expect(await held(guide)).toEqual({ pending: 225, frozen: 0, available: HEAD + TAIL });
    expect((await receipt(guide, order.id)).tail?.state).toBe('released');
  });

  it('leaves the tail with HQ when the second order was placed after finality, however late the job runs', async () => {
    const guide = await someGuide();
    const { person, order } = await delivered(guide);
    // An open after-sale keeps the tail waiting past its day.
    await shop.execute('INSERT INTO commission_holds (refundId, orderId, since) VALUES (?, ?, 1)', [
      'rfd_open',
      order.id,
    ]);
    await shop.advance({ days: 61 });
    await shop.buy(person, { SOCKS: 1 });
    await shop.execute('DELETE FROM commission_holds WHERE refundId = ?', ['rfd_open']);
    await shop.mall.settle();
    expect((await receipt(guide, order.id)).tail).toMatchObject({ state: 'lapsed', fen: 0 });
    expect((await held(guide)).available).toBe(HEAD);
  });

  it('gives the tail with the head when the second order comes before the release', async () => {
    const guide = await someGuide();
    const { person } = await delivered(guide);
    await shop.buy(person, { SOCKS: 1 });
    expect(await held(guide)).toEqual({ pending: 225, frozen: HEAD + TAIL, available: 0 });
    await shop.advance({ days: 8 });
    expect(await held(guide)).toEqual({ pending: 225, frozen: 0, available: HEAD + TAIL });
  });

  it('leaves the tail with HQ when no second order came by finality, and a refund then touches the head alone', async () => {
    const guide = await someGuide();
    const { order } = await delivered(guide);
    await shop.advance({ days: 61 });
    expect(await held(guide)).toEqual({ pending: 0, frozen: 0, available: HEAD });
    const told = await receipt(guide, order.id);
    expect(told).toMatchObject({ amountFen: HEAD, tail: { state: 'lapsed', fen: 0 } });
    const line = order.lines[0]?.id ?? '';
    await shop.refund(order.id, { lines: [{ orderLineId: line, amountFen: 5_000 }], goodwill: false });
    expect(await held(guide)).toEqual({ pending: 0, frozen: 0, available: HEAD });
    expect((await receipt(guide, order.id)).refunds).toEqual([
      expect.objectContaining({ amountFen: 5_000, reversedFen: 0, text: '佣金结清后的退款，由总部承担，不扣佣金' }),
    ]);
  });

  it('R2.4: a suspension holds head and tail and loses nothing', async () => {
    await terms({ tailBps: 2_000, tailVesting: 'days' });
    const guide = await someGuide();
    await delivered(guide);
    await shop.hq(`/api/hq/guides/${guide.guideId}/suspend`, { reason: '调查中' });
    await shop.advance({ days: 40 });
    expect(await held(guide)).toEqual({ pending: 0, frozen: HEAD + TAIL, available: 0 });
    await shop.hq(`/api/hq/guides/${guide.guideId}/reactivate`, { reason: '已澄清' });
    await shop.mall.settle();
    expect(await held(guide)).toEqual({ pending: 0, frozen: 0, available: HEAD + TAIL });
  });

  it('R3.4: an order keeps the terms of its creation', async () => {
    const guide = await someGuide();
    const person = await shop.newCustomer({ through: guide.code });
    const order = await shop.place(person, { SCARF: 1 });
    await terms({ tailBps: 5_000, tailVesting: 'days' });
    await shop.pay(person, order.id);
    expect((await receipt(guide, order.id)).tail).toMatchObject({ bps: 2_000, fen: TAIL });
    await terms({ tailBps: 0, tailVesting: 'days' });
  });
});
