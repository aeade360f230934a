/** Plays orders and refunds in the real mall, by the use cases that its controllers and jobs call. */
import { SettleRefund } from '../../src/mall/after-sales/settle-refund.service.js';
import { TakeRefund } from '../../src/mall/after-sales/take-refund.service.js';
import { ReceiveOrder } from '../../src/mall/fulfilment/receive-order.service.js';
import { ShipOrder } from '../../src/mall/fulfilment/ship-order.service.js';
import { MarkOrderPaid } from '../../src/mall/orders/mark-order-paid.service.js';
import { MoveOrder } from '../../src/mall/orders/move-order.service.js';
import { PlaceOrder } from '../../src/mall/orders/place-order.service.js';
import { PriceOrder } from '../../src/mall/quotes/price-order.service.js';
import { Database } from '../../src/platform/database/database.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { newId, ulidOf } from '../../src/platform/ids/ids.js';
import { HQ, type MallWorld } from './mall-world.js';
import type { OrderStep, RefundStep } from './steps.js';

interface PlayedOrder {
  id: string;
  person: number;
  lineIds: string[];
}

export class OrderPlayer {
  readonly orders = new Map<number, PlayedOrder>();
  private readonly refunds = new Map<number, { id: string; amountFen: number }>();

  constructor(private readonly world: MallWorld) {}

  async order(step: OrderStep): Promise<boolean> {
    const { memberId, addressId } = this.world.ids.people[step.person] ?? { memberId: '', addressId: '' };
    const lines = step.lines.map(({ sku, quantity }) => ({ skuId: this.world.ids.skus[sku] ?? '', quantity }));
    const couponIds = step.coupon === null ? [] : [await this.couponId(step.coupon)];
    const at = this.world.mall.clock.now;
    const asked = { memberId, lines, addressId, couponIds, at };
    const { quoteHash } = await this.world.get(PriceOrder).execute(this.world.get(Database), asked);
    const request = { lines, addressId, couponIds, quoteHash };
    const id = await this.world.get(PlaceOrder).execute({ memberId, request, idempotencyKey: newId('ord') });
    const rows = await this.world
      .get(Database)
      .query<{ id: string }>('SELECT id FROM order_lines WHERE orderId = ? ORDER BY lineNumber', [id]);
    this.orders.set(step.order, { id, person: step.person, lineIds: rows.map((row) => row.id) });
    return true;
  }

  async move(kind: 'pay' | 'cancel' | 'ship' | 'receive', label: number): Promise<boolean> {
    const { id: orderId, person } = this.played(label);
    const at = this.world.mall.clock.now;
    const work = this.world.get(UnitOfWork);
    if (kind === 'pay') return work.run((tx) => this.world.get(MarkOrderPaid).execute(tx, { orderId, paidAt: at }));
    if (kind === 'cancel') await work.run((tx) => this.world.get(MoveOrder).cancel(tx, orderId, 'customer', at));
    if (kind === 'receive') await this.world.get(ReceiveOrder).execute(this.world.memberId(person), orderId);
    if (kind === 'ship') {
      const parcel = { carrier: 'SF', trackingNumber: newId('shp') };
      await this.world.get(ShipOrder).execute(HQ, orderId, parcel);
    }
    return true;
  }

  async refund(step: RefundStep): Promise<boolean> {
    const { id: orderId, lineIds } = this.played(step.order);
    const refundId = newId('rfd');
    const lines = step.lines.map(({ line, amountFen }) => ({ orderLineId: lineIds[line] ?? '', amountFen }));
    const { freightFen, goodwill } = step;
    const request = { lines, freightFen, goodwill, reason: '售后' };
    await this.world
      .get(UnitOfWork)
      .run((tx) => this.world.get(TakeRefund).execute(tx, { actor: HQ, orderId, refundId, request }));
    const amountFen = lines.reduce((sum, line) => sum + line.amountFen, freightFen);
    this.refunds.set(step.refund, { id: refundId, amountFen });
    return step.settled ? this.settle(step.refund, true) : true;
  }

  async settle(label: number, succeeds: boolean): Promise<boolean> {
    const refund = this.refunds.get(label);
    if (refund === undefined) throw new Error(`refund ${label} was never taken`);
    const report = {
      outRefundNo: ulidOf(refund.id),
      refundFen: refund.amountFen,
      status: succeeds ? ('SUCCESS' as const) : ('CLOSED' as const),
      refundedAt: this.world.mall.clock.now,
    };
    await this.world.get(UnitOfWork).run((tx) => this.world.get(SettleRefund).execute(tx, report as never));
    return true;
  }

  private async couponId({ campaign, source }: { campaign: number; source: number }): Promise<string> {
    const values = [this.world.ids.campaigns[campaign] ?? '', this.played(source).id];
    const row = await this.world
      .get(Database)
      .first<{ id: string }>('SELECT id FROM coupons WHERE sourceId = ? AND sourceOrderId = ?', values);
    if (row === null) throw new Error(`campaign ${campaign} issued no coupon for order ${source}`);
    return row.id;
  }

  private played(label: number): PlayedOrder {
    const order = this.orders.get(label);
    if (order === undefined) throw new Error(`order ${label} was never placed`);
    return order;
  }
}
