import { EventType, type OrderPaidPayload, type PaidLine } from '@mall/shared/events';
import { type Bps, bps } from '@mall/shared/money';
import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/tx.js';
import { type EventHandler, HandlesEvent, type OutboxEvent } from '../../platform/outbox/event-handler.js';
import { SoldGoods } from '../sales/sales.public.js';
import { AccrueCommission } from './accrue-commission.js';
import { CommissionEntries } from './commission-entries.js';

interface Payee {
  payeeKind: 'guide' | 'store';
  payeeId: string;
  rateBps: Bps;
  ruleId: string;
}

/**
 * R5.2: a paid order's commissions, one entry a line and payee, pending until the goods are received. The rate and the
 * payee come frozen with the order (D1, D3: nothing is looked up again, and the base is what was paid).
 */
@Injectable()
@HandlesEvent(EventType.OrderPaid, 'accrue-commission-when-order-paid')
export class AccrueCommissionWhenOrderPaid implements EventHandler<'order.paid'> {
  constructor(
    private readonly sold: SoldGoods,
    private readonly accrual: AccrueCommission,
    private readonly entries: CommissionEntries,
  ) {}

  async handle(tx: Tx, { payload }: OutboxEvent<'order.paid'>): Promise<void> {
    await this.sold.record(tx, payload);
    const tail = await this.accrual.tailAt(tx, payload.createdAt);
    for (const line of payload.lines) {
      for (const payee of payeesOf(line)) await this.accrual.execute(tx, accrualOf(payload, line, payee), tail);
    }
    const order = { memberId: payload.memberId, orderId: payload.orderId, orderedAt: payload.createdAt, finalAt: null };
    await this.entries.vestBySecondOrder(tx, order);
    // Paid later than an order that was placed after it: the second order is here already.
    if (await this.sold.hasLaterOrder(tx, order)) await this.entries.vestTailsOf(tx, payload.orderId);
  }
}

function payeesOf(line: PaidLine): Payee[] {
  const { commission, guideId, storeId } = line;
  if (commission === null || guideId === null) return [];
  const { ruleId } = commission;
  const guide: Payee = { payeeKind: 'guide', payeeId: guideId, rateBps: bps(commission.guideBps), ruleId };
  if (storeId === null || commission.storeBps === 0) return [guide];
  return [guide, { payeeKind: 'store', payeeId: storeId, rateBps: bps(commission.storeBps), ruleId }];
}

function accrualOf(order: OrderPaidPayload, line: PaidLine, payee: Payee) {
  const { orderId, orderNumber, memberId, paidAt } = order;
  const { orderLineId, title, optionText, goodsFen, discountFen, baseFen } = line;
  const ordered = { orderId, orderNumber, memberId, orderLineId, title, optionText };
  return { ...ordered, goodsFen, discountFen, baseFen, ...payee, at: paidAt };
}
