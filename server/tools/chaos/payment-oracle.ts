/**
 * What must be true when a payment's history is over. Judged from WeChat's truth (the fake's) and from what was asked
 * of the mall; reads the mall's tables, and shares no code with it.
 */
import { Database } from '../../src/platform/database/database.js';
import type { SqlValue } from '../../src/platform/database/tx.js';
import type { ChaosWorld } from './chaos-world.js';
import type { FakePayment } from './fake-pay.js';
import type { AskedRefund, PlayedOrder } from './payment-player.js';

interface OrderRow {
  state: string;
  totalFen: number;
  refundedFen: number;
  cancelCause: string | null;
  cancelledAt: number | null;
  paidAt: number | null;
}
interface PaymentRow {
  state: string;
  amountFen: number;
  transactionId: string | null;
  succeededAt: number | null;
}
interface RefundRow {
  id: string;
  state: string;
  cause: string;
  amountFen: number;
  failReason: string | null;
}

export interface StockRow {
  skuId: string;
  available: number;
  reserved: number;
  sold: number;
}

export function readStock(world: ChaosWorld): Promise<StockRow[]> {
  return world.get(Database).query<StockRow>('SELECT skuId, available, reserved, sold FROM stock_levels');
}

export class PaymentOracle {
  readonly faults: string[] = [];

  constructor(
    private readonly world: ChaosWorld,
    private readonly order: PlayedOrder,
    private readonly asked: readonly AskedRefund[],
    private readonly stockBefore: readonly StockRow[],
  ) {}

  async judge(): Promise<string[]> {
    const { order, world } = this;
    const truth = world.pay.payments.get(order.outTradeNo);
    const row = (await this.rows<OrderRow>('SELECT * FROM orders WHERE id = ?'))[0];
    if (row === undefined) return ['the order is gone'];
    const payments = await this.rows<PaymentRow>('SELECT * FROM payments WHERE orderId = ?');
    const refunds = await this.rows<RefundRow>('SELECT * FROM refunds WHERE orderId = ? ORDER BY id');
    const isPaid = truth?.state === 'SUCCESS' || truth?.state === 'REFUND';
    const wasLate = isPaid && row.paidAt === null;
    this.must(payments.length <= 1, `${payments.length} payments of one order`);
    if (isPaid) this.judgePaid(row, payments[0], truth);
    else this.judgeUnpaid(row, payments[0], refunds);
    this.judgeRefunds(row, refunds, truth, wasLate);
    await this.judgeBooks(truth, isPaid);
    await this.judgeStock(isPaid && !wasLate, refunds);
    await this.judgeCoupon(isPaid && !wasLate);
    await this.judgeEvents(isPaid && !wasLate, wasLate);
    this.faults.push(...world.pay.contradictions.splice(0));
    return this.faults;
  }

  private judgePaid(row: OrderRow, payment: PaymentRow | undefined, truth: FakePayment): void {
    this.must(truth.totalFen === row.totalFen, `WeChat was asked for ${truth.totalFen}, the order is ${row.totalFen}`);
    this.must(payment?.state === 'succeeded', `WeChat has the money, the payment is ${payment?.state}`);
    this.must(payment?.transactionId === truth.transactionId, 'the transaction id is not that of WeChat');
    // WeChat tells whole seconds.
    const apart = Math.abs((payment?.succeededAt ?? 0) - (truth.paidAt ?? 0));
    this.must(apart < 1_000, `paid at ${truth.paidAt}, here at ${payment?.succeededAt}`);
    const whole = backOf(truth) === truth.totalFen;
    if (row.paidAt === null) {
      // The order was given up before the money came: it goes back by itself, whole.
      this.must(row.state === 'cancelled', `paid at WeChat, here neither paid nor cancelled but ${row.state}`);
      // It could be given up only while WeChat knew of no payment; else somebody cancelled without knowing.
      this.must(truth.openedAt >= (row.cancelledAt ?? 0), 'cancelled though it could be paid, and then it was');
      this.must(row.cancelCause !== 'refunded', 'an order that was never paid was cancelled by a refund');
      return;
    }
    this.must(row.state === 'paid' || (row.state === 'cancelled' && whole), `paid, but ${row.state}`);
    if (row.state === 'cancelled') this.must(row.cancelCause === 'refunded', `paid, cancelled by ${row.cancelCause}`);
    if (whole) this.must(row.state === 'cancelled', 'everything went back, and the order is still paid');
  }

  private judgeUnpaid(row: OrderRow, payment: PaymentRow | undefined, refunds: readonly RefundRow[]): void {
    this.must(row.state === 'cancelled', `nobody paid, the order is ${row.state}`);
    this.must(row.paidAt === null, 'nobody paid, the order says when it was');
    this.must(payment === undefined || payment.state === 'closed', `nobody paid, the payment is ${payment?.state}`);
    this.must(payment?.transactionId == null, 'nobody paid, the payment has a transaction');
    this.must(refunds.length === 0, 'nobody paid, and there is a refund');
  }

  private judgeRefunds(
    row: OrderRow,
    refunds: readonly RefundRow[],
    truth: FakePayment | undefined,
    wasLate: boolean,
  ): void {
    const late = refunds.filter(({ cause }) => cause === 'late_payment');
    // None when HQ has given everything back before.
    this.must(late.length <= (wasLate ? 1 : 0), `${late.length} refunds of a late payment`);
    const byHq = refunds.length - late.length;
    this.must(byHq <= this.asked.length, `${byHq} refunds, though HQ asked for ${this.asked.length}`);
    const there = new Map((truth?.refunds ?? []).map((refund) => [refund.outRefundNo, refund]));
    for (const refund of refunds) {
      const number = refund.id.replace(/^rfd_/, '');
      const known = there.get(number);
      there.delete(number);
      const states = { SUCCESS: 'succeeded', CLOSED: 'failed', ABNORMAL: 'processing', PROCESSING: 'processing' };
      const due = known === undefined ? 'failed' : states[known.status];
      this.must(refund.state === due, `refund ${number} is ${refund.state}, by WeChat ${known?.status ?? 'unknown'}`);
      if (known === undefined) continue;
      this.must(
        known.refundFen === refund.amountFen,
        `refund ${number} is ${refund.amountFen}, not ${known.refundFen}`,
      );
      if (known.status === 'ABNORMAL') this.must(refund.failReason === 'ABNORMAL', 'an abnormal refund is on no list');
    }
    this.must(there.size === 0, `${there.size} refunds at WeChat are of nobody here`);
    const held = refunds.filter(({ state }) => state !== 'failed').reduce((sum, { amountFen }) => sum + amountFen, 0);
    this.must(row.refundedFen === held, `the order holds ${row.refundedFen} as given back, its refunds ${held}`);
    if (truth !== undefined) this.must(backOf(truth) <= truth.totalFen, 'more went back than came');
    const isOver = refunds.every(({ state }) => state === 'succeeded');
    if (wasLate && truth !== undefined && isOver) {
      this.must(backOf(truth) === truth.totalFen, 'a late payment did not go back whole');
    }
  }

  /** Money that came less money that went back, to the fen, and every leg with its opposite. */
  private async judgeBooks(truth: FakePayment | undefined, isPaid: boolean): Promise<void> {
    const legs = await this.rows<{ ownerKind: string; bucket: string; sumFen: number | string }>(
      'SELECT ownerKind, bucket, SUM(amountFen) AS sumFen FROM ledger_legs WHERE orderId = ? GROUP BY ownerKind, bucket',
    );
    const zero = legs.reduce((sum, { sumFen }) => sum + Number(sumFen), 0);
    this.must(zero === 0, `the legs of the order sum to ${zero}`);
    const kept = isPaid && truth !== undefined ? truth.totalFen - backOf(truth) : 0;
    const customers = legs.find(({ ownerKind, bucket }) => ownerKind === 'customers' && bucket === 'payments');
    const booked = -Number(customers?.sumFen ?? 0);
    this.must(booked === kept, `WeChat keeps ${kept} fen for this order, the ledger ${booked}`);
  }

  private async judgeStock(isSold: boolean, refunds: readonly RefundRow[]): Promise<void> {
    const skuId = this.world.mall.ids.skus[this.order.sku];
    const before = this.stockBefore.find((row) => row.skuId === skuId);
    const after = (await readStock(this.world)).find((row) => row.skuId === skuId);
    if (before === undefined || after === undefined) return void this.faults.push('the shelf is gone');
    let left = isSold ? this.order.quantity : 0;
    for (const { id, state } of refunds) {
      if (state === 'succeeded') left -= await this.returnedBy(id);
    }
    this.must(after.reserved === before.reserved, `${after.reserved - before.reserved} pieces are still reserved`);
    this.must(after.sold - before.sold === left, `${after.sold - before.sold} pieces left the shelf, not ${left}`);
    this.must(
      before.available - after.available === left,
      `the shelf has ${before.available - after.available} less, not ${left}`,
    );
  }

  private async returnedBy(refundId: string): Promise<number> {
    const [row] = await this.query<{ pieces: number | string | null }>(
      'SELECT SUM(restockQuantity) AS pieces FROM refund_lines WHERE refundId = ?',
      [refundId],
    );
    return Number(row?.pieces ?? 0);
  }

  private async judgeCoupon(isUsed: boolean): Promise<void> {
    const { couponId, id } = this.order;
    if (couponId === null) return;
    const [coupon] = await this.query<{ state: string; lockedByOrderId: string | null }>(
      'SELECT state, lockedByOrderId FROM coupons WHERE id = ?',
      [couponId],
    );
    const due = isUsed ? ['redeemed', id] : ['issued', null];
    const held = [coupon?.state, coupon?.lockedByOrderId];
    this.must(held.join() === due.join(), `the coupon is ${held.join(' by ')}, not ${due.join(' by ')}`);
  }

  private async judgeEvents(isPaid: boolean, wasLate: boolean): Promise<void> {
    const events = await this.query<{ eventType: string; state: string; events: number | string }>(
      'SELECT eventType, state, COUNT(*) AS events FROM outbox_events WHERE streamId = ? GROUP BY eventType, state',
      [this.order.id],
    );
    const count = (type: string): number =>
      events.filter(({ eventType }) => eventType === type).reduce((sum, row) => sum + Number(row.events), 0);
    this.must(!events.some(({ state }) => state === 'pending'), 'an event was never told');
    this.must(count('order.paid') === (isPaid ? 1 : 0), `paid was told ${count('order.paid')} times`);
    this.must(count('payment.arrived-late') === (wasLate ? 1 : 0), 'a late payment was told wrong');
  }

  private must(holds: boolean, sentence: string): void {
    if (!holds) this.faults.push(sentence);
  }

  private rows<Row>(sql: string): Promise<Row[]> {
    return this.query<Row>(sql, [this.order.id]);
  }

  private query<Row>(sql: string, values: SqlValue[]): Promise<Row[]> {
    return this.world.get(Database).query<Row>(sql, values);
  }
}

function backOf(truth: FakePayment): number {
  return truth.refunds.filter(({ status }) => status === 'SUCCESS').reduce((sum, { refundFen }) => sum + refundFen, 0);
}
