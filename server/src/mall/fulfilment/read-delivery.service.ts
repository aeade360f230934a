import type { DeliveryAddress } from '@mall/shared/hq';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import type { HqActor } from '../../platform/auth/actor.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { OrderQueries } from '../orders/orders.public.js';

/** R2.6: fulfilment sees where a parcel goes, and it is written down who looked. */
@Injectable()
export class ReadDelivery {
  constructor(
    private readonly orders: OrderQueries,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditLog,
  ) {}

  async execute(actor: HqActor, orderId: string): Promise<DeliveryAddress> {
    const address = await this.orders.delivery(orderId);
    await this.unitOfWork.run((tx) =>
      this.audit.record(tx, {
        actor: { id: actor.userId, name: actor.username },
        action: 'order.read-delivery',
        subject: orderId,
        old: undefined,
        new: undefined,
      }),
    );
    return address;
  }
}
