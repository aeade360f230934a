import { EventType, type OrderPaidPayload, type PaidLine } from '@mall/shared/events';
import { OrderState } from '@mall/shared/orders';
import { Injectable } from '@nestjs/common';
import { Attribution } from '../../distribution/attribution/attribution.public.js';
import { Ledger, move } from '../../distribution/ledger/ledger.public.js';
import { Coupons } from '../../marketing/coupons/coupons.public.js';
import type { Tx } from '../../platform/database/tx.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import { Stock } from '../stock/stock.public.js';
import type { OrderEntity } from './order.entity.js';
import type { OrderLineEntity } from './order-line.entity.js';

/** Turns a created order into a paid one, once, whatever reports the payment and however often (R7.5, D16). */
@Injectable()
export class MarkOrderPaid {
  constructor(
    private readonly stock: Stock,
    private readonly coupons: Coupons,
    private readonly attribution: Attribution,
    private readonly ledger: Ledger,
    private readonly outbox: Outbox,
  ) {}

  /** False when the order was not waiting for payment any more: paid before, or cancelled. */
  async execute(tx: Tx, { orderId, paidAt }: { orderId: string; paidAt: number }): Promise<boolean> {
    const moved = await tx.execute(
      `UPDATE orders SET state = '${OrderState.Paid}', paidAt = ?, dueAt = NULL WHERE id = ? AND state = '${OrderState.Created}'`,
      [paidAt, orderId],
    );
    if (moved === 0) return false;
    const order = await tx.first<OrderEntity>('SELECT * FROM orders WHERE id = ?', [orderId]);
    if (order === null) throw new Error(`order ${orderId} is gone`);
    const lines = await tx.query<OrderLineEntity>('SELECT * FROM order_lines WHERE orderId = ? ORDER BY lineNumber', [
      orderId,
    ]);
    await this.stock.sell(tx, lines);
    await this.coupons.redeem(tx, orderId, paidAt);
    await this.postSale(tx, order, paidAt);
    await this.outbox.add(tx, EventType.OrderPaid, orderId, paidAt, await this.payload(tx, order, lines, paidAt));
    return true;
  }

  private async postSale(tx: Tx, order: OrderEntity, paidAt: number): Promise<void> {
    if (order.totalFen === 0) return;
    await this.ledger.post(tx, {
      sourceKind: 'order',
      sourceId: order.id,
      payee: '',
      fact: 'paid',
      occurredAt: paidAt,
      orderId: order.id,
      legs: move(order.totalFen, { ownerKind: 'customers', bucket: 'payments' }, { ownerKind: 'hq', bucket: 'sales' }),
    });
  }

  private async payload(
    tx: Tx,
    order: OrderEntity,
    lines: OrderLineEntity[],
    paidAt: number,
  ): Promise<OrderPaidPayload> {
    const decided = await this.attribution.of(tx, order.id);
    return {
      orderId: order.id,
      orderNumber: order.orderNumber,
      memberId: order.memberId,
      guideId: decided.guideId,
      storeId: decided.storeId,
      attribution: { branch: decided.branch, bindingId: decided.bindingId, touchId: decided.touchId },
      totalFen: order.totalFen,
      freightFen: order.freightFen,
      createdAt: order.createdAt,
      paidAt,
      lines: lines.map(toPaidLine),
    };
  }
}

function toPaidLine(line: OrderLineEntity): PaidLine {
  const { commissionRuleId, guideBps, storeBps } = line;
  return {
    orderLineId: line.id,
    skuId: line.skuId,
    productId: line.productId,
    categoryId: line.categoryId,
    categoryPath: line.categoryPath === '' ? [] : line.categoryPath.split('/'),
    brandId: line.brandId,
    title: line.title,
    optionText: line.optionText,
    quantity: line.quantity,
    goodsFen: line.goodsFen,
    discountFen: line.discountFen,
    baseFen: line.payableFen,
    costFen: line.costFen,
    guideId: line.guideId,
    storeId: line.storeId,
    tier: line.sellerTier,
    storeType: line.sellerStoreType,
    commission:
      commissionRuleId === null ? null : { ruleId: commissionRuleId, guideBps: guideBps ?? 0, storeBps: storeBps ?? 0 },
  };
}
