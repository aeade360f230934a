import { EventType, type OrderStepPayload } from '@mall/shared/events';
import { DeliveryKind, OrderState } from '@mall/shared/orders';
import { ProblemType } from '@mall/shared/problems';
import { Injectable } from '@nestjs/common';
import { Attribution } from '../../distribution/attribution/attribution.public.js';
import { Coupons } from '../../marketing/coupons/coupons.public.js';
import { DAY_MS } from '../../platform/clock/business-day.js';
import type { Tx } from '../../platform/database/tx.js';
import { notFound, ProblemError } from '../../platform/http/problem.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import { Settings } from '../../platform/settings/settings.js';
import { Stock } from '../stock/stock.public.js';
import { statesBefore, stateWords } from './domain/order-states.js';
import type { OrderEntity } from './order.entity.js';
import type { OrderLineEntity } from './order-line.entity.js';

/** Why an order was cancelled. */
export type CancelCause = 'customer' | 'unpaid' | 'refunded';

const NOT_GIVEN_BACK = 'AND (totalFen = 0 OR refundedFen < totalFen)';

type TimeColumn = 'shippedAt' | 'readyAt' | 'receivedAt' | 'completedAt' | 'cancelledAt';

/** The moves of an order after its making, each a conditional update that happens once (R7.1). */
@Injectable()
export class MoveOrder {
  constructor(
    private readonly stock: Stock,
    private readonly coupons: Coupons,
    private readonly attribution: Attribution,
    private readonly outbox: Outbox,
    private readonly settings: Settings,
  ) {}

  /** created → cancelled: stock and coupons are free again. Throws 409 naming the state when it is too late. */
  async cancel(tx: Tx, orderId: string, cause: CancelCause, at: number): Promise<void> {
    const order = await this.move(tx, orderId, OrderState.Cancelled, { column: 'cancelledAt', at, dueAt: null });
    await tx.execute('UPDATE orders SET cancelCause = ? WHERE id = ?', [cause, orderId]);
    const lines = await tx.query<OrderLineEntity>('SELECT * FROM order_lines WHERE orderId = ?', [orderId]);
    await this.stock.release(tx, lines);
    await this.coupons.release(tx, orderId);
    await this.announce(tx, EventType.OrderCancelled, order, at);
  }

  /** paid or ready → cancelled: everything was given back before she had anything. False when it is past that. */
  async closeRefunded(tx: Tx, orderId: string, at: number): Promise<boolean> {
    const moved = await tx.execute(
      `UPDATE orders SET state = 'cancelled', cancelCause = 'refunded', cancelledAt = ?, dueAt = NULL
       WHERE id = ? AND state IN ('paid', '${OrderState.ReadyForPickup}')`,
      [at, orderId],
    );
    return moved === 1;
  }

  /** paid → shipped, unless all of it is being given back. */
  async ship(tx: Tx, orderId: string, at: number): Promise<void> {
    const { values } = await this.settings.at(tx, 'orders', at);
    const dueAt = at + values.autoReceiveDays * DAY_MS;
    const guard = `AND deliveryKind = '${DeliveryKind.Express}' ${NOT_GIVEN_BACK}`;
    const order = await this.move(tx, orderId, OrderState.Shipped, { column: 'shippedAt', at, dueAt, guard });
    await this.announce(tx, EventType.OrderShipped, order, at);
  }

  /** paid → ready for pickup, with the customer's code, unless all of it is being given back. */
  async makeReady(tx: Tx, orderId: string, at: number, codeSealed: string): Promise<void> {
    const { values } = await this.settings.at(tx, 'orders', at);
    const dueAt = at + values.autoReceivePickupDays * DAY_MS;
    const guard = `AND deliveryKind = '${DeliveryKind.Pickup}' ${NOT_GIVEN_BACK}`;
    const order = await this.move(tx, orderId, OrderState.ReadyForPickup, { column: 'readyAt', at, dueAt, guard });
    await tx.execute('UPDATE orders SET pickupCodeSealed = ? WHERE id = ?', [codeSealed, orderId]);
    await this.announce(tx, EventType.OrderReadyForPickup, order, at);
  }

  /** shipped or ready → received: by the customer, by her code or by time, never by the payee (R5.2). */
  async receive(tx: Tx, orderId: string, at: number): Promise<void> {
    const { values } = await this.settings.at(tx, 'orders', at);
    const dueAt = at + values.afterSaleDays * DAY_MS;
    const order = await this.move(tx, orderId, OrderState.Received, { column: 'receivedAt', at, dueAt });
    await this.announce(tx, EventType.OrderReceived, order, at);
  }

  /** received → completed: the after-sale window is over. */
  async complete(tx: Tx, orderId: string, at: number): Promise<void> {
    const order = await this.move(tx, orderId, OrderState.Completed, { column: 'completedAt', at, dueAt: null });
    await this.announce(tx, EventType.OrderCompleted, order, at);
  }

  private async move(
    tx: Tx,
    orderId: string,
    to: OrderState,
    { column, at, dueAt, guard = '' }: { column: TimeColumn; at: number; dueAt: number | null; guard?: string },
  ): Promise<OrderEntity> {
    const from = statesBefore(to);
    const moved = await tx.execute(
      `UPDATE orders SET state = ?, ${column} = ?, dueAt = ? WHERE id = ? AND state IN (${from.map(() => '?').join(', ')}) ${guard}`,
      [to, at, dueAt, orderId, ...from],
    );
    const order = await tx.first<OrderEntity>('SELECT * FROM orders WHERE id = ?', [orderId]);
    if (order === null) throw notFound();
    if (moved === 0) {
      const state = order.state as OrderState;
      if (from.includes(state)) {
        throw new ProblemError(ProblemType.OrderStateConflict, { detail: whyNot(order, to), state });
      }
      throw new ProblemError(ProblemType.OrderStateConflict, {
        detail: `订单${stateWords(state)}，不能这样操作`,
        state,
      });
    }
    return order;
  }

  private async announce(
    tx: Tx,
    type: 'order.cancelled' | 'order.shipped' | 'order.pickup-ready' | 'order.received' | 'order.completed',
    order: OrderEntity,
    at: number,
  ): Promise<void> {
    const { guideId, bindingId } = await this.attribution.of(tx, order.id);
    const payload: OrderStepPayload = {
      orderId: order.id,
      orderNumber: order.orderNumber,
      memberId: order.memberId,
      guideId,
      bindingId,
      at,
    };
    await this.outbox.add(tx, type, order.id, at, payload);
  }
}

/** Why an order in the right state still cannot move. */
function whyNot({ deliveryKind }: OrderEntity, to: OrderState): string {
  const fits = deliveryKind === (to === OrderState.ReadyForPickup ? DeliveryKind.Pickup : DeliveryKind.Express);
  if (!fits)
    return deliveryKind === DeliveryKind.Pickup ? '这是到店自提的订单，无需发货' : '这是快递订单，不能到店自提';
  return '订单已全额退款，不能发货';
}
