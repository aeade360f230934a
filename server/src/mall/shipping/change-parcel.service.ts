import type { ShipRequest } from '@mall/shared/orders';
import { OrderState } from '@mall/shared/orders';
import { ProblemType } from '@mall/shared/problems';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import type { HqActor } from '../../platform/auth/actor.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { notFound, ProblemError } from '../../platform/http/problem.js';
import { type OrderEntity, type ShipmentEntity, stateWords } from '../orders/orders.public.js';
import { DraftUpload } from './draft-upload.service.js';

/**
 * The carrier's number was wrong. WeChat takes one correction of a shipment: whether this one is still allowed is its
 * answer, and a refusal is on HQ's list. The customer sees the right number in any case.
 */
@Injectable()
export class ChangeParcel {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly draft: DraftUpload,
    private readonly audit: AuditLog,
  ) {}

  /** Throws 404 without a parcel; 409 naming the state once she has it. The same parcel again changes nothing. */
  async execute(actor: HqActor, orderId: string, { carrier, trackingNumber }: ShipRequest): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const shipment = await tx.first<ShipmentEntity>('SELECT * FROM shipments WHERE orderId = ?', [orderId]);
      if (shipment === null) throw notFound();
      if (shipment.carrier === carrier && shipment.trackingNumber === trackingNumber) return;
      const changed = await tx.execute(
        `UPDATE shipments SET carrier = ?, trackingNumber = ?
         WHERE orderId = ? AND carrier = ? AND trackingNumber = ?
           AND EXISTS (SELECT 1 FROM orders o WHERE o.id = ? AND o.state = '${OrderState.Shipped}')`,
        [carrier, trackingNumber, orderId, shipment.carrier, shipment.trackingNumber, orderId],
      );
      if (changed === 0) throw await this.refusal(tx, orderId);
      await this.draft.rename(tx, orderId, { carrier, trackingNumber });
      await this.audit.record(tx, {
        actor: { id: actor.userId, name: actor.username },
        action: 'order.change-parcel',
        subject: orderId,
        old: { carrier: shipment.carrier, trackingNumber: shipment.trackingNumber },
        new: { carrier, trackingNumber },
      });
    });
  }

  private async refusal(tx: Tx, orderId: string): Promise<ProblemError> {
    const order = await tx.first<OrderEntity>('SELECT * FROM orders WHERE id = ?', [orderId]);
    const state = (order?.state ?? OrderState.Cancelled) as OrderState;
    const detail =
      state === OrderState.Shipped ? '物流信息刚刚被别人更正过，请刷新' : `订单${stateWords(state)}，不能更正物流`;
    return new ProblemError(ProblemType.OrderStateConflict, { detail, state });
  }
}
