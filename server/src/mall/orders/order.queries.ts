import type { CustomerOrderAttribution } from '@mall/shared/disputes';
import type { DeliveryAddress, HqOrder } from '@mall/shared/hq';
import { type Fen, fen } from '@mall/shared/money';
import {
  type DeliveryKind,
  type OrderDetail,
  type OrderLine,
  type OrderPickup,
  OrderState,
  type OrderSummary,
  type RefundState,
  type RefundSummary,
} from '@mall/shared/orders';
import type { Page } from '@mall/shared/paging';
import { ProblemType } from '@mall/shared/problems';
import { Injectable } from '@nestjs/common';
import { AttributionQueries } from '../../distribution/attribution/attribution.public.js';
import { Stores } from '../../distribution/stores/stores.public.js';
import { SealedText } from '../../platform/crypto/sealed-text.js';
import { Database } from '../../platform/database/database.js';
import { notFound, ProblemError } from '../../platform/http/problem.js';
import type { OrderEntity } from './order.entity.js';
import type { OrderLineEntity } from './order-line.entity.js';
import type { RefundEntity } from './refund.entity.js';
import type { ShipmentEntity } from './shipment.entity.js';

const PAGE = 20;

export type OrderDetailView = OrderDetail;
export type HqOrderView = HqOrder;

/** Reads of orders, for the customer and for HQ. */
@Injectable()
export class OrderQueries {
  constructor(
    private readonly database: Database,
    private readonly sealed: SealedText,
    private readonly attribution: AttributionQueries,
    private readonly stores: Stores,
  ) {}

  /** Throws 404 for an unknown order and for somebody else's alike. */
  async requireOwn(memberId: string, orderId: string): Promise<OrderEntity> {
    const order = await this.database.first<OrderEntity>('SELECT * FROM orders WHERE id = ? AND memberId = ?', [
      orderId,
      memberId,
    ]);
    if (order === null) throw notFound();
    return order;
  }

  async detail(memberId: string, orderId: string): Promise<OrderDetailView> {
    const order = await this.requireOwn(memberId, orderId);
    const lines = await this.linesOf([orderId]);
    const shipment = await this.database.first<ShipmentEntity>('SELECT * FROM shipments WHERE orderId = ?', [orderId]);
    const refunds = await this.database.query<RefundEntity>('SELECT * FROM refunds WHERE orderId = ? ORDER BY id', [
      orderId,
    ]);
    return {
      ...toSummary(order, lines),
      goodsFen: order.goodsFen,
      discounts: JSON.parse(order.discountsJson) as { name: string; amountFen: Fen }[],
      discountFen: order.discountFen,
      freightFen: order.freightFen,
      payBefore: order.state === OrderState.Created ? order.dueAt : null,
      paidAt: order.paidAt,
      shippedAt: order.shippedAt,
      receivedAt: order.receivedAt,
      completedAt: order.completedAt,
      cancelledAt: order.cancelledAt,
      remark: order.remark,
      address: JSON.parse(this.sealed.open(order.addressSealed)) as OrderDetail['address'],
      pickup: await this.pickupOf(order),
      shipment: shipment && {
        carrier: shipment.carrier,
        trackingNumber: shipment.trackingNumber,
        shippedAt: shipment.shippedAt,
      },
      attribution: await this.attribution.forCustomer(this.database, orderId),
      refunds: refunds.map(toRefund),
    };
  }

  /** Throws 404 as {@link requireOwn}. */
  async attributionOf(memberId: string, orderId: string): Promise<CustomerOrderAttribution> {
    await this.requireOwn(memberId, orderId);
    return this.attribution.forCustomerOrder(this.database, orderId);
  }

  /** A customer's orders, newest first. */
  page(memberId: string, state: string | undefined, cursor: string | undefined): Promise<Page<OrderSummary>> {
    return this.pageWhere('memberId = ?', [memberId], state, cursor, toSummary);
  }

  /** All orders, newest first. */
  hqPage(state: string | undefined, cursor: string | undefined): Promise<Page<HqOrderView>> {
    return this.pageWhere('1 = 1', [], state, cursor, toHqOrder);
  }

  async hqOrder(orderId: string): Promise<HqOrderView> {
    const order = await this.database.first<OrderEntity>('SELECT * FROM orders WHERE id = ?', [orderId]);
    if (order === null) throw notFound();
    return toHqOrder(order, await this.linesOf([orderId]));
  }

  /** Where the parcel goes. Throws 404, also for what is collected. */
  async delivery(orderId: string): Promise<DeliveryAddress> {
    const order = await this.database.first<OrderEntity>('SELECT * FROM orders WHERE id = ?', [orderId]);
    if (order === null) throw notFound();
    const address = JSON.parse(this.sealed.open(order.addressSealed)) as DeliveryAddress | null;
    if (address === null)
      throw new ProblemError(ProblemType.NotFound, { detail: '这个订单没有收货地址：到店自提，或顾客已注销' });
    return address;
  }

  /** For the customer alone: she sees the code from the time that her goods are ready until she has them (R5.2). */
  private async pickupOf(order: OrderEntity): Promise<OrderPickup | null> {
    if (order.pickupStoreId === null) return null;
    const store = await this.stores.find(this.database, order.pickupStoreId);
    if (store === null) throw new Error(`store ${order.pickupStoreId} is gone`);
    const waits = order.state === OrderState.ReadyForPickup && order.pickupCodeSealed !== null;
    const { id, name, province, city } = store;
    return {
      store: { id, name, province, city },
      readyAt: order.readyAt,
      code: waits ? this.sealed.open(order.pickupCodeSealed ?? '') : null,
    };
  }

  async refund(refundId: string): Promise<RefundSummary> {
    const refund = await this.database.first<RefundEntity>('SELECT * FROM refunds WHERE id = ?', [refundId]);
    if (refund === null) throw notFound();
    return toRefund(refund);
  }

  private async pageWhere<T extends { id: string }>(
    where: string,
    values: string[],
    state: string | undefined,
    cursor: string | undefined,
    map: (order: OrderEntity, lines: OrderLineEntity[]) => T,
  ): Promise<Page<T>> {
    const rows = await this.database.query<OrderEntity>(
      `SELECT * FROM orders WHERE ${where} AND state = COALESCE(?, state) AND id < ? ORDER BY id DESC LIMIT ${PAGE + 1}`,
      [...values, state ?? null, cursor ?? '~'],
    );
    const orders = rows.slice(0, PAGE);
    const lines = await this.linesOf(orders.map(({ id }) => id));
    const items = orders.map((order) =>
      map(
        order,
        lines.filter(({ orderId }) => orderId === order.id),
      ),
    );
    return { items, nextCursor: rows.length > PAGE ? (items.at(-1)?.id ?? null) : null };
  }

  private async linesOf(orderIds: readonly string[]): Promise<OrderLineEntity[]> {
    if (orderIds.length === 0) return [];
    return this.database.query<OrderLineEntity>(
      `SELECT * FROM order_lines WHERE orderId IN (${orderIds.map(() => '?').join(', ')}) ORDER BY orderId, lineNumber`,
      orderIds,
    );
  }
}

function toLine(line: OrderLineEntity): OrderLine {
  return {
    id: line.id,
    skuId: line.skuId,
    productId: line.productId,
    title: line.title,
    optionText: line.optionText,
    imageUrl: line.imageUrl,
    quantity: line.quantity,
    unitPriceFen: line.unitPriceFen,
    goodsFen: line.goodsFen,
    discountFen: line.discountFen,
    payableFen: line.payableFen,
    refundedFen: line.refundedFen,
    isGift: line.isGift === 1,
    giftValueFen: line.giftValueFen,
  };
}

function toSummary(order: OrderEntity, lines: OrderLineEntity[]): OrderSummary {
  return {
    id: order.id,
    number: order.orderNumber,
    state: order.state as OrderState,
    deliveryKind: order.deliveryKind as DeliveryKind,
    pickupStoreId: order.pickupStoreId,
    totalFen: order.totalFen,
    refundedFen: order.refundedFen,
    createdAt: order.createdAt,
    lines: lines.map(toLine),
  };
}

function toHqOrder(order: OrderEntity, lines: OrderLineEntity[]): HqOrderView {
  const { memberId, goodsFen, discountFen, freightFen } = order;
  return { ...toSummary(order, lines), memberId, goodsFen, discountFen, freightFen };
}

function toRefund(refund: RefundEntity): RefundSummary {
  return {
    id: refund.id,
    state: refund.state as RefundState,
    amountFen: fen(refund.amountFen),
    withheldFen: fen(refund.withheldFen),
    reason: refund.reason,
    goodwill: refund.goodwill === 1,
    createdAt: refund.createdAt,
    succeededAt: refund.succeededAt,
  };
}
