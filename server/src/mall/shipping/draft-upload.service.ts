import { Injectable } from '@nestjs/common';
import { WallClock } from '../../platform/clock/wall-clock.js';
import type { Tx } from '../../platform/database/tx.js';
import { newId } from '../../platform/ids/ids.js';
import { LogisticsType } from '../../wechat/wechat.public.js';
import { type OrderEntity, type OrderLineEntity, OrderQueries, type ShipmentEntity } from '../orders/orders.public.js';
import { Payments } from '../payments/payments.public.js';
import { wantsContact } from './domain/carriers.js';
import { contactOf, itemDescOf } from './domain/shipping-content.js';
import { ShippingUploadEntity } from './shipping-upload.entity.js';

/** §7: writes down what WeChat has to be told of an order's goods, before anybody tells it. */
@Injectable()
export class DraftUpload {
  constructor(
    private readonly payments: Payments,
    private readonly orders: OrderQueries,
    private readonly wallClock: WallClock,
  ) {}

  /**
   * Once an order. An order that was paid without WeChat has no money there to be freed, and is not told.
   *
   * @param at business clock: when the goods left or lay ready
   */
  async execute(tx: Tx, orderId: string, at: number): Promise<void> {
    const payment = await this.payments.paidThrough(tx, orderId);
    const order = await tx.first<OrderEntity>('SELECT * FROM orders WHERE id = ?', [orderId]);
    if (payment === null || order === null) return;
    const shipment = await tx.first<ShipmentEntity>('SELECT * FROM shipments WHERE orderId = ?', [orderId]);
    const lines = await tx.query<OrderLineEntity>('SELECT * FROM order_lines WHERE orderId = ? ORDER BY lineNumber', [
      orderId,
    ]);
    await tx.insertOnce(ShippingUploadEntity, {
      id: newId('shu'),
      orderId,
      orderNumber: order.orderNumber,
      payerOpenid: payment.payerOpenid,
      logisticsType: shipment === null ? LogisticsType.Pickup : LogisticsType.Express,
      carrier: shipment?.carrier ?? null,
      trackingNumber: shipment?.trackingNumber ?? null,
      itemDesc: itemDescOf(lines),
      receiverContact: shipment === null ? null : await this.contactFor(orderId, shipment.carrier),
      state: 'waiting',
      revision: 1,
      tries: 0,
      nextTryAt: this.wallClock.now(),
      lastUploadTime: null,
      refusalCode: null,
      uploadedAt: null,
      createdAt: at,
      receiptCheckAt: null,
      receiptChecks: 0,
      receiptMethod: null,
      receiptOccurredAt: null,
      receiptRecordedAt: null,
      remindedAt: null,
    });
  }

  /** The parcel is another one: it is told again from the beginning. False: WeChat is told nothing of this order. */
  async rename(tx: Tx, orderId: string, parcel: { carrier: string; trackingNumber: string }): Promise<boolean> {
    const { carrier, trackingNumber } = parcel;
    const changed = await tx.execute(
      `UPDATE shipping_uploads SET carrier = ?, trackingNumber = ?, receiverContact = ?, state = 'waiting',
         revision = revision + 1, tries = 0, nextTryAt = ?, refusalCode = NULL WHERE orderId = ?`,
      [carrier, trackingNumber, await this.contactFor(orderId, carrier), this.wallClock.now(), orderId],
    );
    return changed === 1;
  }

  private async contactFor(orderId: string, carrier: string): Promise<string | null> {
    return wantsContact(carrier) ? contactOf((await this.orders.delivery(orderId)).phone) : null;
  }
}
