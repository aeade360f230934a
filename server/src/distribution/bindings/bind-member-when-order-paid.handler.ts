import { EventType } from '@mall/shared/events';
import { Injectable } from '@nestjs/common';
import { Members } from '../../membership/members/members.public.js';
import type { Tx } from '../../platform/database/tx.js';
import { type EventHandler, HandlesEvent, type OutboxEvent } from '../../platform/outbox/event-handler.js';
import { Bindings } from './bindings.js';

/**
 * R2.3: an order that a guide's touch won binds the member once it is paid; an order that a binding won holds that
 * binding's protection. Reads the frozen attribution and decides nothing anew (R3.1).
 */
@Injectable()
@HandlesEvent(EventType.OrderPaid, 'bind-member-when-order-paid')
export class BindMemberWhenOrderPaid implements EventHandler<'order.paid'> {
  constructor(
    private readonly bindings: Bindings,
    private readonly members: Members,
  ) {}

  async handle(tx: Tx, { payload }: OutboxEvent<'order.paid'>): Promise<void> {
    const { orderId, memberId, guideId, storeId, attribution, createdAt, paidAt } = payload;
    if (attribution.bindingId !== null) {
      const binding = await this.bindings.find(tx, attribution.bindingId);
      if (binding !== null) await this.bindings.holdByOrder(tx, binding, { orderId, orderedAt: createdAt, paidAt });
      return;
    }
    if (attribution.branch !== 'c' || guideId === null) return;
    // Whose it is now: the entry may have been merged since (R2.1).
    const { id: standing } = await this.members.standing(tx, memberId);
    const touch = { memberId: standing, guideId, storeId, touchId: attribution.touchId, orderId, at: paidAt };
    const bound = await this.bindings.bindByPaidOrder(tx, touch);
    // The order that made the binding is its first: the protection must outlast delivery and after-sale window.
    if (bound.outcome === 'bound') {
      await this.bindings.holdByOrder(tx, bound.binding, { orderId, orderedAt: paidAt, paidAt });
    }
  }
}
