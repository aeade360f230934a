import { Logger } from '@nestjs/common';
import { CommissionEntryEntity } from '../src/distribution/commission/commission-entry.entity.js';
import { ReleaseMaturedCommission } from '../src/distribution/commission/release-matured-commission.job.js';
import { SubmitRefunds } from '../src/mall/after-sales/submit-refunds.job.js';
import { MoveOrdersInTime } from '../src/mall/fulfilment/move-orders-in-time.job.js';
import { OrderEntity } from '../src/mall/orders/order.entity.js';
import { RefundEntity } from '../src/mall/orders/refund.entity.js';
import { CancelUnpaidOrders } from '../src/mall/payments/cancel-unpaid-orders.job.js';
import { CheckPayments } from '../src/mall/payments/check-payments.job.js';
import { PaymentEntity } from '../src/mall/payments/payment.entity.js';
import { BusinessClock } from '../src/platform/clock/business-clock.js';
import { WallClock } from '../src/platform/clock/wall-clock.js';
import type { EntityClass } from '../src/platform/database/tx.js';
import { ENGINES, openTestDatabase, type TestDatabase } from './support/test-database.js';

const MINUTE = 60_000;

class HandClock extends WallClock {
  at = 1_000 * MINUTE;
  override now(): number {
    return this.at;
  }
}

/** The services behind the jobs are played by hand: here it matters only which rows a job gives them, and when. */
describe.each(ENGINES)('jobs and rows that fail [%s]', (engine) => {
  let test: TestDatabase;
  let wall: HandClock;
  let clock: BusinessClock;
  let asked: string[];
  beforeAll(async () => {
    test = await openTestDatabase(engine);
  }, 60_000);
  afterAll(() => test.close());
  beforeEach(async () => {
    jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    wall = new HandClock();
    clock = new BusinessClock(wall);
    asked = [];
    for (const table of ['refunds', 'payments', 'commission_entries', 'orders'])
      await test.unitOfWork.run((tx) => tx.execute(`DELETE FROM ${table}`));
  });
  afterEach(() => jest.restoreAllMocks());

  /** A row whose other columns hold something of the right kind. */
  async function put<E extends object>(entity: EntityClass<E>, row: Partial<E>): Promise<void> {
    const blank = test.write
      .getMetadata(entity)
      .columns.filter((column) => !column.isNullable)
      .map((column) => [column.propertyName, column.length === '' && column.type !== 'text' ? 0 : ''] as const);
    const unique = Object.fromEntries(blank.map(([name, value]) => [name, value === '' ? uniqueText(row) : value]));
    await test.unitOfWork.run((tx) => tx.insert(entity, { ...unique, ...row } as E));
  }
  const uniqueText = (row: object): string => String(Object.values(row)[0]).slice(0, 12);
  const order = (id: string, state: string, dueAt: number) => put(OrderEntity, { id, state, dueAt });
  const played = <S>(act: (id: string) => unknown): S => {
    const execute = async (what: string | { id: string }): Promise<unknown> => {
      const id = typeof what === 'string' ? what : what.id;
      asked.push(id);
      return act(id);
    };
    return { execute } as unknown as S;
  };
  const poison = (): never => {
    throw new Error('poisoned');
  };

  it('A7, R7.1: an order that cannot be cancelled does not keep the others from being cancelled', async () => {
    await order('ord_1', 'created', 1);
    await order('ord_2', 'created', 2);
    const cancel = played<never>((id) => (id === 'ord_1' ? poison() : 'cancelled'));
    await new CancelUnpaidOrders(test.database, cancel, clock, wall).run();
    expect(asked).toEqual(['ord_1', 'ord_2']);
  });

  it('A5, A6, R7.1: after one order without an answer the run ends, it waits, and the next run asks about the others', async () => {
    await order('ord_1', 'created', 1);
    await order('ord_2', 'created', 2);
    const cancel = played<never>(async (id) => {
      if (id === 'ord_1') return 'unknown';
      await test.unitOfWork.run((tx) => tx.execute("UPDATE orders SET state = 'cancelled' WHERE id = ?", [id]));
      return 'cancelled';
    });
    const job = new CancelUnpaidOrders(test.database, cancel, clock, wall);
    await job.run();
    expect(asked).toEqual(['ord_1']);
    await job.run();
    expect(asked).toEqual(['ord_1', 'ord_2']);
    await job.run();
    expect(asked.filter((id) => id === 'ord_1')).toHaveLength(1);
    wall.at += 15_000;
    await job.run();
    expect(asked.filter((id) => id === 'ord_1')).toHaveLength(2);
  });

  it('A5: a payment that the background check has just asked about is no reason to cancel its order late', async () => {
    await order('ord_1', 'created', 1);
    const at = { nextCheckAt: wall.at + 10 * MINUTE, checks: 5 };
    await put(PaymentEntity, { id: 'pay_1', orderId: 'ord_1', state: 'open', ...at });
    await new CancelUnpaidOrders(
      test.database,
      played<never>(() => 'cancelled'),
      clock,
      wall,
    ).run();
    expect(asked).toEqual(['ord_1']);
  });

  it('A6: asking WeChat about payments ends after ten seconds and goes on at the next run', async () => {
    for (const n of [1, 2, 3, 4]) {
      await order(`ord_${n}`, 'created', 1);
      await put(PaymentEntity, { id: `pay_${n}`, orderId: `ord_${n}`, state: 'open', nextCheckAt: n });
    }
    const check = played<never>(() => {
      wall.at += 5_000;
    });
    const job = new CheckPayments(test.database, check, wall);
    await job.run();
    expect(asked).toEqual(['pay_1', 'pay_2']);
    await job.run();
    expect(asked).toEqual(['pay_1', 'pay_2', 'pay_3', 'pay_4']);
  });

  it('A7: a payment or a refund that cannot be asked about does not hold up those behind it', async () => {
    for (const n of [1, 2]) {
      await order(`ord_${n}`, 'created', 1);
      await put(PaymentEntity, { id: `pay_${n}`, orderId: `ord_${n}`, state: 'open', nextCheckAt: n });
      await put(RefundEntity, { id: `rfd_${n}`, orderId: `ord_${n}`, state: 'created', nextCheckAt: n });
    }
    const failing = played<never>((id) => (id.endsWith('1') ? poison() : undefined));
    await new CheckPayments(test.database, failing, wall).run();
    await new SubmitRefunds(test.database, failing, wall).run();
    expect(asked).toEqual(['pay_1', 'pay_2', 'rfd_1', 'rfd_2']);
  });

  it('A7: orders that cannot be received keep none from being received or completed', async () => {
    await order('ord_1', 'shipped', 1);
    await order('ord_2', 'shipped', 2);
    await order('ord_3', 'received', 3);
    const move = {
      receive: async (_: unknown, id: string) => {
        asked.push(`receive ${id}`);
        if (id === 'ord_1') poison();
      },
      complete: async (_: unknown, id: string) => {
        asked.push(`complete ${id}`);
      },
    };
    await new MoveOrdersInTime(test.database, test.unitOfWork, move as never, clock, wall).run();
    // Played by hand, no order moves: each walk offers its rows until it has seen them all.
    expect(asked).toEqual(['receive ord_1', 'receive ord_2', 'complete ord_3']);
  });

  it('A7, R5.2: commission that cannot be released does not keep other commission frozen', async () => {
    for (const n of [1, 2]) {
      const key = { orderId: `ord_${n}`, orderLineId: `oli_${n}`, payeeKind: 'store' } as const;
      await put(CommissionEntryEntity, { id: `cme_${n}`, ...key, state: 'frozen', availableAt: n, paidDepth: 1 });
    }
    const entries = {
      release: async (_: unknown, id: string) => {
        asked.push(id);
        if (id === 'cme_1') poison();
        return null;
      },
    };
    const outbox = {} as never;
    await new ReleaseMaturedCommission(test.database, test.unitOfWork, entries as never, outbox, clock, wall).run();
    expect(asked.slice(0, 2)).toEqual(['cme_1', 'cme_2']);
  });
});
