import type { OrderPaidPayload, OrderStepPayload, RefundSucceededPayload } from '@mall/shared/events';
import { fen, ZERO_FEN } from '@mall/shared/money';
import { OPENING_MS, PeopleApp } from '../../../test/support/people-app.js';
import { ENGINES } from '../../../test/support/test-database.js';
import type { Reader, SqlValue } from '../../platform/database/tx.js';
import { BindMemberWhenOrderPaid } from './bind-member-when-order-paid.handler.js';
import { Bindings } from './bindings.js';
import { ReleaseBindingWhenOrderRefunded } from './release-binding-when-order-refunded.handler.js';
import { RenewBindingWhenOrderCompleted } from './renew-binding-when-order-completed.handler.js';

const DAY = 86_400_000;
const T0 = 1_790_000_000_000;
const day = (n: number): number => T0 + n * DAY;

describe.each(ENGINES)('bindings [%s]', (engine) => {
  let app: PeopleApp;
  let bindings: Bindings;
  let a: string;
  let b: string;
  let guideMember: string;
  let memberId: string;
  let people = 0;
  beforeAll(async () => {
    app = await PeopleApp.open(engine);
    bindings = app.nest.get(Bindings, { strict: false });
    const hq = await app.hqToken();
    const storeId = await app.openStore(hq, 'SH-JA');
    a = (await app.guide(hq, storeId, 'A', '13900000001')).id;
    b = (await app.guide(hq, storeId, 'B', '13900000002')).id;
    guideMember = (await app.signIn('A')).me.id;
  }, OPENING_MS);
  afterAll(() => app.close());
  beforeEach(async () => {
    people += 1;
    memberId = (await app.signIn(`member${people}`)).me.id;
  });

  const event = <T>(type: T, streamId: string, payload: object) => ({
    id: 'evt_1',
    type,
    streamId,
    occurredAt: T0,
    payload,
  });
  const order = (id: string) => `ord_${people}_${id}`;
  const join = (guideId: string, at: number, expectedSequence = 0) =>
    app.unitOfWork.run((tx) =>
      bindings.bind(tx, {
        memberId,
        expectedSequence,
        guideId,
        storeId: null,
        cause: 'join',
        causeId: null,
        at,
        actorId: null,
      }),
    );
  const paid = (id: string, at: number, branch: 'a' | 'c' | 'd', guideId: string, bindingId: string | null = null) => {
    const payload: OrderPaidPayload = {
      orderId: order(id),
      orderNumber: id,
      memberId,
      guideId,
      storeId: null,
      attribution: { branch, bindingId, touchId: branch === 'c' ? 'tch_x' : null },
      totalFen: fen(100),
      freightFen: ZERO_FEN,
      createdAt: at,
      paidAt: at,
      lines: [],
    };
    const handler = app.nest.get(BindMemberWhenOrderPaid, { strict: false });
    return app.unitOfWork.run((tx) => handler.handle(tx, { ...event('order.paid' as const, order(id), {}), payload }));
  };
  const completed = (id: string, at: number) => {
    const payload: OrderStepPayload = {
      orderId: order(id),
      orderNumber: id,
      memberId,
      guideId: null,
      bindingId: null,
      at,
    };
    const handler = app.nest.get(RenewBindingWhenOrderCompleted, { strict: false });
    return app.unitOfWork.run((tx) =>
      handler.handle(tx, { ...event('order.completed' as const, order(id), {}), payload }),
    );
  };
  /** Lets something be committed after the first answer, as another process would under READ COMMITTED. */
  const tornBy = (act: () => Promise<unknown>): Reader => {
    let isFirst = true;
    const torn: Reader = {
      query: async <Row>(sql: string, values: readonly SqlValue[] = []) => {
        const rows = await app.database.query<Row>(sql, values);
        if (isFirst) {
          isFirst = false;
          await act();
        }
        return rows;
      },
      first: async <Row>(sql: string, values: readonly SqlValue[] = []) =>
        (await torn.query<Row>(sql, values))[0] ?? null,
    };
    return torn;
  };
  const refunded = (id: string, at: number, orderFullyRefunded: boolean) => {
    const amounts = { goodwill: false, amountFen: fen(100), freightFen: ZERO_FEN, lines: [] };
    const payload = {
      refundId: 'rfd_1',
      requestedAt: at,
      orderId: order(id),
      memberId,
      orderFullyRefunded,
      at,
      ...amounts,
    };
    const handler = app.nest.get(ReleaseBindingWhenOrderRefunded, { strict: false });
    const told = {
      ...event('refund.succeeded' as const, order(id), {}),
      payload: payload as unknown as RefundSucceededPayload,
    };
    return app.unitOfWork.run((tx) => handler.handle(tx, told));
  };
  const current = (at: number) => bindings.current(app.database, memberId, at);
  const history = () => bindings.history(app.database, memberId);
  const idOf = async (at: number): Promise<string> => (await current(at))?.id ?? '';

  it('lets one of several simultaneous changes through and tells the others (R2.3)', async () => {
    const outcomes = await Promise.all([a, b, a, b].map((guideId) => join(guideId, day(0))));
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['bound', 'lost', 'lost', 'lost']);
    expect(await history()).toHaveLength(1);
  });

  it('C1: a paid order holds the protection to day 20, whose completion restarts both clocks', async () => {
    await join(a, day(0));
    await paid('one', day(1), 'a', a, await idOf(day(1)));
    expect(await current(day(18))).toMatchObject({ guideId: a, isProtected: true, isValid: true });
    await paid('two', day(18), 'c', b);
    expect(await history()).toHaveLength(1);
    await completed('one', day(20));
    const [first, renewal, ...more] = await history();
    expect(more).toEqual([]);
    expect(renewal).toMatchObject({
      guideId: a,
      fromGuideId: a,
      cause: 'renewal',
      relationId: first?.id,
      relationSince: day(0),
      startsAt: day(20),
      protectedUntil: day(35),
      validUntil: day(110),
    });
  });

  it('R3.2: a renewal that comes while the binding is read never shows a protected member as free', async () => {
    await join(a, day(0));
    await paid('one', day(1), 'a', a, await idOf(day(1)));
    const renewed = tornBy(() => completed('one', day(20)));
    expect(await bindings.current(renewed, memberId, day(20))).toMatchObject({ guideId: a, isProtected: true });
    await paid('two', day(21), 'a', a, await idOf(day(21)));
    const relation = await bindings.relation(
      tornBy(() => completed('two', day(60))),
      memberId,
      day(60),
    );
    expect(relation?.orders.map(({ orderId, endedAt }) => [orderId, endedAt])).toEqual([
      [order('one'), day(20)],
      [order('two'), null],
    ]);
  });

  it('C2: an order paid at the very end of the protection moves the binding, one millisecond earlier it does not', async () => {
    await join(a, day(0));
    await paid('early', day(15) - 1, 'c', b);
    expect((await current(day(15)))?.guideId).toBe(a);
    await paid('exact', day(15), 'c', b);
    expect(await current(day(15))).toMatchObject({
      guideId: b,
      fromGuideId: a,
      cause: 'order',
      relationSince: day(15),
      protectedUntil: day(30),
    });
  });

  it('R2.3: what she agreed to after the payment stands, however late the payment is told of', async () => {
    await join(b, day(1) + 1);
    await paid('visitor', day(1), 'c', a);
    expect((await history()).map(({ guideId, cause }) => [guideId, cause])).toEqual([[b, 'join']]);
    expect(await current(day(2))).toMatchObject({ guideId: b, isProtected: true });
  });

  it('R2.1: an order that an entry paid before it was merged binds the entry that stands', async () => {
    const standing = (await app.signIn(`standing${people}`)).me.id;
    await app.unitOfWork.run((tx) =>
      tx.execute('UPDATE members SET mergedInto = ? WHERE id = ?', [standing, memberId]),
    );
    await paid('on-its-way', day(1), 'c', a);
    expect(await bindings.current(app.database, standing, day(1))).toMatchObject({ guideId: a, cause: 'order' });
    expect(await history()).toEqual([]);
  });

  it('R2.3: of two paid orders told of in the wrong order, the later one has bound her', async () => {
    await paid('later', day(2), 'c', b);
    await paid('earlier', day(1), 'c', a);
    expect((await history()).map(({ guideId }) => guideId)).toEqual([b]);
  });

  it("binds a visitor by a first paid order that a guide's touch won, and holds it until completion (R2.3)", async () => {
    await paid('first', day(0), 'c', a);
    expect(await current(day(16))).toMatchObject({ guideId: a, cause: 'order', isProtected: true });
    await completed('first', day(17));
    expect(await current(day(17))).toMatchObject({ cause: 'renewal', protectedUntil: day(32) });
  });

  it('a fully refunded order gives the protection up and renews nothing; a part does not end it (R2.3)', async () => {
    await join(a, day(0));
    await paid('back', day(1), 'a', a, await idOf(day(1)));
    await refunded('back', day(16), false);
    expect((await current(day(17)))?.isProtected).toBe(true);
    await refunded('back', day(17), true);
    expect((await current(day(17)))?.isProtected).toBe(false);
    await completed('back', day(18));
    expect(await history()).toHaveLength(1);
  });

  it('a completed order renews nothing once the member is bound to another guide (R2.3)', async () => {
    await join(a, day(0));
    await paid('old', day(16), 'd', a, await idOf(day(16)));
    expect((await current(day(17)))?.isProtected).toBe(false);
    await paid('moved', day(17), 'c', b);
    await completed('old', day(20));
    expect((await history()).map(({ guideId, cause }) => [guideId, cause])).toEqual([
      [a, 'join'],
      [b, 'order'],
    ]);
  });

  it('two orders of one binding each renew it, in whatever order they are told of', async () => {
    await join(a, day(0));
    const bindingId = await idOf(day(1));
    await paid('x', day(1), 'a', a, bindingId);
    await paid('y', day(2), 'a', a, bindingId);
    await completed('y', day(12));
    await completed('x', day(10));
    const rows = await history();
    expect(rows.map(({ cause }) => cause)).toEqual(['join', 'renewal', 'renewal']);
    expect(rows.at(-1)).toMatchObject({ startsAt: day(12), protectedUntil: day(27), relationId: bindingId });
  });

  it('an event told twice changes nothing', async () => {
    await join(a, day(0));
    await paid('dup', day(1), 'a', a, await idOf(day(1)));
    await paid('dup', day(1), 'a', a, await idOf(day(1)));
    await completed('dup', day(12));
    await completed('dup', day(12));
    expect(await history()).toHaveLength(2);
    expect(await app.count('binding_orders', 'memberId = ?', [memberId])).toBe(1);
  });

  it('C22: keeps since when the relation stands, through renewals, for a buyer who became a guide', async () => {
    await join(a, day(0));
    await paid('own', day(1), 'a', a, await idOf(day(1)));
    await completed('own', day(9));
    expect(await current(day(10))).toMatchObject({ startsAt: day(9), relationSince: day(0) });
  });

  it('never binds a guide to herself by her own order (R3.3)', async () => {
    memberId = guideMember;
    await paid('self', day(0), 'c', a);
    expect(await history()).toEqual([]);
  });

  it('R2.3: a paid order binds nobody to a guide who had left when it was paid; one who is suspended may come back', async () => {
    const hq = await app.hqToken();
    const storeId = await app.openStore(hq, 'SH-LEFT');
    const gone = (await app.guide(hq, storeId, 'gone', '13900000003')).id;
    const idle = (await app.guide(hq, storeId, 'idle', '13900000004')).id;
    const because = { token: hq, body: { reason: '离职' } };
    await app.call('POST', `/hq/guides/${gone}/leave`, because);
    await app.call('POST', `/hq/guides/${idle}/suspend`, because);
    const left = (await app.database.first<{ at: number }>('SELECT leftAt AS at FROM guides WHERE id = ?', [gone]))?.at;
    await paid('late', left ?? 0, 'c', gone);
    expect(await history()).toEqual([]);
    await paid('before', (left ?? 0) - 1, 'c', gone);
    expect((await history()).map(({ guideId }) => guideId)).toEqual([gone]);
    memberId = (await app.signIn(`idle-customer${people}`)).me.id;
    await paid('idle', app.clock.now(), 'c', idle);
    expect((await history()).map(({ guideId }) => guideId)).toEqual([idle]);
  });

  it('R2.3: a customer whom an open order holds past the end of her binding stays in the list and the count', async () => {
    await join(a, day(0));
    const bindingId = await idOf(day(1));
    await paid('held', day(1), 'a', a, bindingId);
    const seen = async (at: number) => {
      const rows = await bindings.customersOf(app.database, a, { at, below: '~', limit: 100 });
      return rows.filter(({ binding, isValid }) => isValid && binding.memberId === memberId);
    };
    const before = await bindings.countCustomersOf(app.database, a, day(95));
    expect(await seen(day(95))).toEqual([expect.objectContaining({ effectivelyProtectedUntil: 253_370_764_800_000 })]);
    await refunded('held', day(96), true);
    expect(await seen(day(97))).toEqual([]);
    expect(before - (await bindings.countCustomersOf(app.database, a, day(97)))).toBe(1);
  });

  it("shows a guide's customers with their orders, and only by the newest binding", async () => {
    await join(a, day(0));
    await paid('moved', day(16), 'c', b);
    const page = { at: day(17), below: '~', limit: 100 };
    const customers = async (guideId: string) =>
      (await bindings.customersOf(app.database, guideId, page)).filter(({ binding }) => binding.memberId === memberId);
    expect(await customers(a)).toEqual([]);
    expect(await customers(b)).toEqual([expect.objectContaining({ orders: 1, lastOrderAt: day(16) })]);
  });
});
