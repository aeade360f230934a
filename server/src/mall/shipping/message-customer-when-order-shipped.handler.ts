import { EventType } from '@mall/shared/events';
import { MessageKind } from '@mall/shared/subscriptions';
import { Injectable } from '@nestjs/common';
import { Messages } from '../../membership/messages/messages.public.js';
import type { Tx } from '../../platform/database/tx.js';
import { type EventHandler, HandlesEvent, type OutboxEvent } from '../../platform/outbox/event-handler.js';
import type { OrderLineEntity, ShipmentEntity } from '../orders/orders.public.js';
import { carrierName } from './domain/carriers.js';

/** The parcel is on its way: who asked to hear of it does, once an order. */
@Injectable()
@HandlesEvent(EventType.OrderShipped, 'message-customer-when-order-shipped')
export class MessageCustomerWhenOrderShipped implements EventHandler<'order.shipped'> {
  constructor(private readonly messages: Messages) {}

  async handle(tx: Tx, { payload }: OutboxEvent<'order.shipped'>): Promise<void> {
    const { orderId, orderNumber, memberId, at } = payload;
    const shipment = await tx.first<ShipmentEntity>('SELECT * FROM shipments WHERE orderId = ?', [orderId]);
    if (shipment === null) return;
    const lines = await tx.query<Pick<OrderLineEntity, 'title'>>(
      'SELECT title FROM order_lines WHERE orderId = ? ORDER BY id',
      [orderId],
    );
    const goods = lines[0]?.title ?? '';
    const facts = {
      goods: lines.length > 1 ? `${[...goods].slice(0, 10).join('')} 等 ${lines.length} 种` : goods,
      orderNumber,
      carrier: carrierName(shipment.carrier),
      trackingNumber: shipment.trackingNumber,
      at,
    };
    const query = `id=${orderId}`;
    await this.messages.draft(tx, MessageKind.OrderShipped, [{ memberId, subjectId: orderId, facts, query, at }]);
  }
}
