import { OrderState } from '@mall/shared/orders';
import { Injectable } from '@nestjs/common';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { DAY_MS } from '../../platform/clock/business-day.js';
import { WallClock } from '../../platform/clock/wall-clock.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { WechatShippingClient } from '../../wechat/wechat.public.js';
import { holdOrder, MoveOrder, type OrderEntity } from '../orders/orders.public.js';
import { judgeReceipt, receivedAt } from './domain/judge-receipt.js';
import { waitAfter } from './domain/judge-upload.js';
import type { ShippingUploadEntity } from './shipping-upload.entity.js';

const WAITS_FOR_RECEIPT: ReadonlySet<string> = new Set([OrderState.Shipped, OrderState.ReadyForPickup]);
/** So often WeChat is asked in a hurry after an event that its own record does not bear out. */
const HURRIED_CHECKS = 8;

/** `unknown`: WeChat did not answer. */
export type ReceiptFound = 'received' | 'not_yet' | 'unknown';

/**
 * R5.2: asks WeChat whether the customer has the goods, and moves the order if so. An event or the phone only make us
 * ask: the answer of WeChat's own record counts.
 */
@Injectable()
export class CheckReceipt {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly client: WechatShippingClient,
    private readonly moveOrder: MoveOrder,
    private readonly businessClock: BusinessClock,
    private readonly clock: WallClock,
  ) {}

  async execute(upload: ShippingUploadEntity): Promise<ReceiptFound> {
    const answer = await this.client.order(upload.orderNumber);
    const step = judgeReceipt(answer.outcome === 'ok' ? answer.value.state : null);
    const isReceived = await this.unitOfWork.run(async (tx) => {
      const moved = step === 'received' && (await this.receive(tx, upload.id));
      await this.putOff(tx, upload, step !== 'not_yet');
      return moved;
    });
    if (answer.outcome !== 'ok') return 'unknown';
    return isReceived || step === 'received' ? 'received' : 'not_yet';
  }

  /** False when the order needs no receipt any more. */
  private async receive(tx: Tx, uploadId: string): Promise<boolean> {
    // Read again: an event may have named the time meanwhile.
    const upload = await tx.first<ShippingUploadEntity>('SELECT * FROM shipping_uploads WHERE id = ?', [uploadId]);
    const orderId = upload?.orderId ?? '';
    // WeChat's push and her own way back from its page come at once: the later one finds it received.
    await holdOrder(tx, orderId);
    const order = await tx.first<OrderEntity>('SELECT * FROM orders WHERE id = ?', [orderId]);
    if (upload === null || order === null || !WAITS_FOR_RECEIPT.has(order.state)) return false;
    const now = this.businessClock.now();
    const leftAt = order.shippedAt ?? order.readyAt ?? now;
    const at = receivedAt({ leftAt, claimedAt: upload.receiptOccurredAt, now });
    await this.moveOrder.receive(tx, orderId, at);
    await tx.execute('UPDATE shipping_uploads SET receiptOccurredAt = ?, receiptRecordedAt = ? WHERE id = ?', [
      at,
      this.clock.now(),
      uploadId,
    ]);
    return true;
  }

  private async putOff(tx: Tx, upload: ShippingUploadEntity, isOver: boolean): Promise<void> {
    const hurry = upload.receiptMethod !== null && upload.receiptChecks < HURRIED_CHECKS;
    const next = this.clock.now() + (hurry ? waitAfter(upload.receiptChecks) : DAY_MS);
    await tx.execute(
      `UPDATE shipping_uploads SET receiptChecks = receiptChecks + 1, receiptCheckAt = CASE
         WHEN ? = 1 OR orderId NOT IN (SELECT id FROM orders WHERE id = ? AND state IN ('shipped', 'pickup_ready'))
         THEN NULL ELSE ? END WHERE id = ?`,
      [isOver ? 1 : 0, upload.orderId, next, upload.id],
    );
  }
}
