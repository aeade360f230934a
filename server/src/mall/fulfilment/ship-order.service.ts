import type { ShipRequest } from '@mall/shared/orders';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import type { HqActor } from '../../platform/auth/actor.js';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { notFound } from '../../platform/http/problem.js';
import { newId } from '../../platform/ids/ids.js';
import { holdOrder, MoveOrder, type OrderEntity, ShipmentEntity } from '../orders/orders.public.js';

/** HQ hands the parcel to a carrier. The same parcel told twice is told once. */
@Injectable()
export class ShipOrder {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: BusinessClock,
    private readonly moveOrder: MoveOrder,
    private readonly audit: AuditLog,
  ) {}

  async execute(actor: HqActor, orderId: string, parcel: ShipRequest): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      await holdOrder(tx, orderId);
      const known = await tx.first<ShipmentEntity>('SELECT * FROM shipments WHERE orderId = ?', [orderId]);
      if (known?.carrier === parcel.carrier && known.trackingNumber === parcel.trackingNumber) return;
      const order = await tx.first<OrderEntity>('SELECT * FROM orders WHERE id = ?', [orderId]);
      if (order === null) throw notFound();
      const at = this.clock.now();
      await this.moveOrder.ship(tx, orderId, at);
      const { carrier, trackingNumber } = parcel;
      await tx.insert(ShipmentEntity, {
        id: newId('shp'),
        orderId,
        carrier,
        trackingNumber,
        shippedAt: at,
        shippedBy: actor.userId,
      });
      await this.audit.record(tx, {
        actor: { id: actor.userId, name: actor.username },
        action: 'order.ship',
        subject: orderId,
        old: { state: order.state },
        new: { carrier, trackingNumber },
      });
    });
  }
}
