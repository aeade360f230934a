import { Logger } from '@nestjs/common';
import { SettleRefund } from '../src/mall/after-sales/settle-refund.service.js';
import { TakeRefund } from '../src/mall/after-sales/take-refund.service.js';
import type { HqActor } from '../src/platform/auth/actor.js';
import { UnitOfWork } from '../src/platform/database/unit-of-work.js';
import { ProblemError } from '../src/platform/http/problem.js';
import { newId, ulidOf } from '../src/platform/ids/ids.js';
import { expectLedgerExact } from './support/e2e-invariants.js';
import { Shop } from './support/e2e-shop.js';
import { ENGINES } from './support/test-database.js';

const SCARF_FEN = 10_000;

interface Checks {
  checks: { name: string; differences: number }[];
}

describe.each(ENGINES)(
  'refunds that outlive their failure, and commission held from the first moment [%s]',
  (engine) => {
    let shop: Shop;
    beforeAll(async () => {
      shop = await Shop.open(engine);
    });
    afterAll(() => shop.close());
    beforeEach(() => {
      jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    });
    afterEach(() => {
      jest.restoreAllMocks();
    });

    const within = <T>(work: Parameters<UnitOfWork['run']>[0]): Promise<T> =>
      shop.mall.app.get(UnitOfWork).run(work) as Promise<T>;

    /** A paid scarf, and its refunds as WeChat would report them, each without asking WeChat. */
    async function sold() {
      const person = await shop.newCustomer({ through: shop.guide.code });
      const order = await shop.buy(person, { SCARF: 1 });
      const [user] = await shop.query<{ id: string; username: string }>('SELECT id, username FROM hq_users LIMIT 1');
      const actor: HqActor = {
        kind: 'hq',
        userId: user?.id ?? '',
        username: user?.username ?? '',
        role: 'owner',
        sessionId: 'hqs_1',
        storeId: null,
      };
      const orderLineId = order.lines[0]?.id ?? '';
      const settle = shop.mall.app.get(SettleRefund);
      const take = async (restockQuantity = 0): Promise<string> => {
        const refundId = newId('rfd');
        const lines = [{ orderLineId, amountFen: SCARF_FEN, restockQuantity }];
        const request = { reason: '测试退款', lines } as Parameters<TakeRefund['execute']>[1]['request'];
        await within((tx) =>
          shop.mall.app.get(TakeRefund).execute(tx, { actor, orderId: order.id, refundId, request }),
        );
        // Nobody but this test says how it goes.
        await shop.execute('UPDATE refunds SET nextCheckAt = ? WHERE id = ?', [9e12, refundId]);
        return refundId;
      };
      const fail = (refundId: string) => within((tx) => settle.fail(tx, refundId, 'CLOSED'));
      const succeed = (refundId: string) =>
        within((tx) =>
          settle.execute(tx, {
            outRefundNo: ulidOf(refundId),
            refundFen: SCARF_FEN,
            status: 'SUCCESS',
            refundedAt: null,
          } as Parameters<SettleRefund['execute']>[1]),
        );
      const line = async () =>
        (
          await shop.query<{ refundedFen: number; restockedQuantity: number }>(
            'SELECT refundedFen, restockedQuantity FROM order_lines WHERE id = ?',
            [orderLineId],
          )
        )[0];
      const money = async () =>
        (await shop.query<{ refundedFen: number }>('SELECT refundedFen FROM orders WHERE id = ?', [order.id]))[0]
          ?.refundedFen;
      const commission = async (): Promise<number> =>
        (await shop.entries(order.id)).reduce((sum, { amountFen }) => sum + amountFen, 0);
      return { person, order, take, fail, succeed, line, money, commission };
    }

    const differences = async (): Promise<string[]> => {
      await shop.mall.settle();
      const { checks } = await shop.hq<Checks>('/api/hq/reconciliations');
      return checks.filter((check) => check.differences > 0).map(({ name }) => name);
    };

    it('R5.1, R5.3: a refund fails, another takes its place, the first succeeds after all, and the other fails: the money that went out once stays taken', async () => {
      const { take, fail, succeed, line, money, commission } = await sold();
      const first = await take(1);
      await fail(first);
      const second = await take(1);
      await succeed(first);
      expect(await differences()).toEqual([]);
      await fail(second);
      expect([await line(), await money()]).toEqual([{ refundedFen: SCARF_FEN, restockedQuantity: 1 }, SCARF_FEN]);
      expect(await differences()).toEqual([]);
      expect(await commission()).toBe(0);
      const third = await take().then(
        () => null,
        (error: unknown) => error,
      );
      expect(third).toBeInstanceOf(ProblemError);
      await expectLedgerExact(shop);
    });

    it('R5.3: when the other succeeds too, the commission is taken back once, the piece is back once, and the reconciliation says that money went out twice', async () => {
      const { take, fail, succeed, line, commission } = await sold();
      const first = await take(1);
      await fail(first);
      const second = await take(1);
      await succeed(first);
      await succeed(second);
      expect(await differences()).not.toEqual([]);
      expect(await line()).toEqual({ refundedFen: SCARF_FEN, restockedQuantity: 1 });
      expect(await commission()).toBe(0);
      const shares = await shop.query<{ amountFen: number }>(
        'SELECT amountFen FROM refund_lines WHERE refundId IN (?, ?) ORDER BY amountFen',
        [first, second],
      );
      expect(shares.map(({ amountFen }) => amountFen)).toEqual([0, SCARF_FEN]);
      await expectLedgerExact(shop);
    });

    it('R5.1: a refund that failed and succeeded after all takes its amount again', async () => {
      const { take, fail, succeed, line, money } = await sold();
      const only = await take();
      await fail(only);
      expect([(await line())?.refundedFen, await money()]).toEqual([0, 0]);
      await succeed(only);
      expect([(await line())?.refundedFen, await money()]).toEqual([SCARF_FEN, SCARF_FEN]);
    });

    it('R5.2: a refund holds its order’s commission from its own transaction on, though an earlier event is being retried', async () => {
      const { person, order, take } = await sold();
      await shop.ship(order.id);
      await shop.receive(person, order.id);
      await shop.mall.settle();
      await shop.execute(
        `UPDATE outbox_events SET state = 'pending', nextAttemptAt = ? WHERE streamId = ? AND eventType = 'order.received'`,
        [9e12, order.id],
      );
      await take();
      expect(await shop.query('SELECT orderId FROM commission_holds WHERE orderId = ?', [order.id])).toHaveLength(1);
      await shop.advance({ days: 8 });
      await shop.mall.settle();
      expect((await shop.entries(order.id)).map(({ state }) => state)).toEqual(['frozen', 'frozen']);
      await shop.execute('UPDATE outbox_events SET nextAttemptAt = 0 WHERE streamId = ?', [order.id]);
      await shop.mall.settle();
    });
  },
);
