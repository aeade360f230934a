import { EventType, type OrderPaidPayload, type PaidLine } from '@mall/shared/events';
import { type Bps, bps, type Fen, ZERO_FEN } from '@mall/shared/money';
import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/tx.js';
import { newId } from '../../platform/ids/ids.js';
import { shareOf } from '../../platform/money/rate.js';
import { type EventHandler, HandlesEvent, type OutboxEvent } from '../../platform/outbox/event-handler.js';
import { Ledger, move } from '../ledger/ledger.public.js';
import { SoldGoods } from '../sales/sales.public.js';
import { CommissionEntryEntity } from './commission-entry.entity.js';

interface Payee {
  kind: 'guide' | 'store';
  id: string;
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
    private readonly ledger: Ledger,
    private readonly sold: SoldGoods,
  ) {}

  async handle(tx: Tx, { payload }: OutboxEvent<'order.paid'>): Promise<void> {
    await this.sold.record(tx, payload);
    for (const line of payload.lines) {
      for (const payee of payeesOf(line)) await this.accrue(tx, payload, line, payee);
    }
  }

  private async accrue(tx: Tx, order: OrderPaidPayload, line: PaidLine, payee: Payee): Promise<void> {
    const postedFen = shareOf(line.baseFen, payee.rateBps);
    const entry = draftEntry(order, line, payee, postedFen);
    // One entry a line and payee, whatever reports the payment (D16).
    if (!(await tx.insertOnce(CommissionEntryEntity, entry)) || postedFen === 0) return;
    await this.ledger.post(tx, {
      sourceKind: 'commission-entry',
      sourceId: entry.id,
      payee: '',
      fact: 'accrued',
      occurredAt: order.paidAt,
      orderId: order.orderId,
      entryId: entry.id,
      legs: move(
        postedFen,
        { ownerKind: 'hq', bucket: 'commission' },
        { ownerKind: payee.kind, ownerId: payee.id, bucket: 'pending' },
      ),
    });
  }
}

function payeesOf(line: PaidLine): Payee[] {
  const { commission, guideId, storeId } = line;
  if (commission === null || guideId === null) return [];
  const guide: Payee = { kind: 'guide', id: guideId, rateBps: bps(commission.guideBps), ruleId: commission.ruleId };
  if (storeId === null || commission.storeBps === 0) return [guide];
  return [guide, { kind: 'store', id: storeId, rateBps: bps(commission.storeBps), ruleId: commission.ruleId }];
}

function draftEntry(order: OrderPaidPayload, line: PaidLine, payee: Payee, postedFen: Fen): CommissionEntryEntity {
  return {
    id: newId('cme'),
    orderId: order.orderId,
    orderNumber: order.orderNumber,
    orderLineId: line.orderLineId,
    memberId: order.memberId,
    payeeKind: payee.kind,
    payeeId: payee.id,
    title: line.title,
    optionText: line.optionText,
    goodsFen: line.goodsFen,
    discountFen: line.discountFen,
    baseFen: line.baseFen,
    refundedBaseFen: ZERO_FEN,
    ruleId: payee.ruleId,
    rateBps: payee.rateBps,
    postedFen,
    reversedFen: ZERO_FEN,
    paidDepth: 1,
    state: 'pending',
    accruedAt: order.paidAt,
    receivedAt: null,
    availableAt: null,
    finalAt: null,
    releasedAt: null,
    tailBps: 0,
    tailVesting: null,
    tailState: 'none',
    tailFen: ZERO_FEN,
    lapsedFen: ZERO_FEN,
    tailDueAt: null,
  };
}
