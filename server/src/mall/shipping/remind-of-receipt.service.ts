import { OrderState } from '@mall/shared/orders';
import { ProblemType } from '@mall/shared/problems';
import { ShippingUploadState } from '@mall/shared/shipping';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import type { HqActor } from '../../platform/auth/actor.js';
import { WallClock } from '../../platform/clock/wall-clock.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { notFound, ProblemError } from '../../platform/http/problem.js';
import { WechatShippingClient } from '../../wechat/wechat.public.js';
import type { OrderEntity } from '../orders/orders.public.js';
import type { ShippingUploadEntity } from './shipping-upload.entity.js';

/** §7: WeChat reminds the customer to confirm, once an order and for express only. That it was asked is stored before. */
@Injectable()
export class RemindOfReceipt {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly client: WechatShippingClient,
    private readonly clock: WallClock,
    private readonly audit: AuditLog,
  ) {}

  /** Throws 404 without an upload, 409 when there is nothing to remind of or it was done, 503 when WeChat is away. */
  async execute(actor: HqActor, orderId: string): Promise<void> {
    const now = this.clock.now();
    const orderNumber = await this.unitOfWork.run(async (tx) => {
      const upload = await tx.first<ShippingUploadEntity>('SELECT * FROM shipping_uploads WHERE orderId = ?', [
        orderId,
      ]);
      const order = await tx.first<OrderEntity>('SELECT * FROM orders WHERE id = ?', [orderId]);
      if (upload === null || order === null) throw notFound();
      const isOpen = order.state === OrderState.Shipped && upload.state === ShippingUploadState.Uploaded;
      const taken = isOpen
        ? await tx.execute('UPDATE shipping_uploads SET remindedAt = ? WHERE id = ? AND remindedAt IS NULL', [
            now,
            upload.id,
          ])
        : 0;
      if (taken === 0) {
        const detail = isOpen ? '这笔订单已经提醒过一次' : '只有已发货、微信已收到物流信息的快递订单可以提醒';
        throw new ProblemError(ProblemType.OrderStateConflict, { detail, state: order.state });
      }
      await this.audit.record(tx, {
        actor: { id: actor.userId, name: actor.username },
        action: 'shipping.remind',
        subject: orderId,
        old: undefined,
        new: undefined,
      });
      return upload.orderNumber;
    });
    const answer = await this.client.remindOfReceipt(orderNumber, now);
    // A time-out may have reminded her: she is not reminded twice.
    if (answer.outcome === 'refused') {
      await this.unitOfWork.run((tx) =>
        tx.execute('UPDATE shipping_uploads SET remindedAt = NULL WHERE orderId = ?', [orderId]),
      );
      throw new ProblemError(ProblemType.OrderStateConflict, { detail: `微信没有接受提醒（${answer.code}）` });
    }
  }
}
