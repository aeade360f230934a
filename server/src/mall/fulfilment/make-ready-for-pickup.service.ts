import { OrderState } from '@mall/shared/orders';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import type { HqActor } from '../../platform/auth/actor.js';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { SealedText } from '../../platform/crypto/sealed-text.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { notFound } from '../../platform/http/problem.js';
import { newCode } from '../../platform/ids/ids.js';
import { holdOrder, MoveOrder, type OrderEntity } from '../orders/orders.public.js';

/** 30^6 codes and five tries in a quarter of an hour: nobody guesses one within the two days that it lives. */
const CODE_LENGTH = 6;

/** R7.1: the store has the goods ready. From now on the customer sees her code. Said again, it changes nothing. */
@Injectable()
export class MakeReadyForPickup {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: BusinessClock,
    private readonly moveOrder: MoveOrder,
    private readonly sealed: SealedText,
    private readonly audit: AuditLog,
  ) {}

  /** Throws 404 for an unknown order and, to a store's manager, for another store's; 409 naming the state. */
  async execute(actor: HqActor, orderId: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      await holdOrder(tx, orderId);
      const order = await tx.first<OrderEntity>('SELECT * FROM orders WHERE id = ?', [orderId]);
      if (order === null || (actor.storeId !== null && actor.storeId !== order.pickupStoreId)) throw notFound();
      if (order.state === OrderState.ReadyForPickup) return;
      await this.moveOrder.makeReady(tx, orderId, this.clock.now(), this.sealed.seal(newCode(CODE_LENGTH)));
      await this.audit.record(tx, {
        actor: { id: actor.userId, name: actor.username },
        action: 'order.pickup-ready',
        subject: orderId,
        old: { state: order.state },
        new: { state: OrderState.ReadyForPickup },
      });
    });
  }
}
