import { Injectable } from '@nestjs/common';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { notFound } from '../../platform/http/problem.js';
import { holdOrder, MoveOrder, type OrderEntity } from '../orders/orders.public.js';

/** R5.2: the customer says that the goods arrived. Said again, it changes nothing. */
@Injectable()
export class ReceiveOrder {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: BusinessClock,
    private readonly moveOrder: MoveOrder,
  ) {}

  async execute(memberId: string, orderId: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      await holdOrder(tx, orderId);
      const order = await tx.first<OrderEntity>('SELECT * FROM orders WHERE id = ? AND memberId = ?', [
        orderId,
        memberId,
      ]);
      if (order === null) throw notFound();
      if (order.receivedAt !== null) return;
      await this.moveOrder.receive(tx, orderId, this.clock.now());
    });
  }
}
