import { EventType } from '@mall/shared/events';
import { Injectable } from '@nestjs/common';
import { Ledger, move } from '../../distribution/ledger/ledger.public.js';
import type { Tx } from '../../platform/database/tx.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import { MoveOrder, type OrderEntity, type RefundEntity, RefundLines } from '../orders/orders.public.js';
import { Stock } from '../stock/stock.public.js';

/** What a refund that succeeded changes: shelf, ledger, the order's state, and the event for everybody else. */
@Injectable()
export class BookRefund {
  constructor(
    private readonly stock: Stock,
    private readonly ledger: Ledger,
    private readonly outbox: Outbox,
    private readonly moveOrder: MoveOrder,
    private readonly lines: RefundLines,
  ) {}

  /** @param at when it succeeded, business clock */
  async execute(tx: Tx, refund: RefundEntity, at: number): Promise<void> {
    const { id: refundId, orderId, amountFen, freightFen } = refund;
    const lines = await this.lines.of(tx, refundId);
    const returned = lines.flatMap(({ skuId, restockQuantity }) =>
      restockQuantity > 0 ? [{ skuId, quantity: restockQuantity }] : [],
    );
    await this.stock.restock(tx, returned);
    if (amountFen > 0) {
      await this.ledger.post(tx, {
        sourceKind: 'refund',
        sourceId: refundId,
        payee: '',
        fact: 'paid-back',
        occurredAt: at,
        orderId,
        legs: move(amountFen, { ownerKind: 'hq', bucket: 'sales' }, { ownerKind: 'customers', bucket: 'payments' }),
      });
    }
    const order = await tx.first<OrderEntity>('SELECT * FROM orders WHERE id = ?', [orderId]);
    if (order === null) throw new Error(`order of refund ${refundId} is gone`);
    const orderFullyRefunded = await this.isFullyRefunded(tx, order);
    if (orderFullyRefunded) await this.moveOrder.closeRefunded(tx, orderId, at);
    await this.outbox.add(tx, EventType.RefundSucceeded, orderId, at, {
      refundId,
      orderId,
      requestedAt: refund.createdAt,
      memberId: order.memberId,
      goodwill: refund.goodwill === 1,
      amountFen,
      freightFen,
      orderFullyRefunded,
      at,
      lines: lines.map(({ orderLineId, amountFen: lineFen }) => ({ orderLineId, amountFen: lineFen })),
    });
  }

  /**
   * Everything that was paid for is taken back, be some of its money kept for a gift (R6.6); an order that cost nothing,
   * when every piece has come back.
   */
  private async isFullyRefunded(tx: Tx, order: OrderEntity): Promise<boolean> {
    if (order.totalFen === 0) {
      const left = await tx.first(
        'SELECT id FROM order_lines WHERE orderId = ? AND isGift = 0 AND restockedQuantity < quantity LIMIT 1',
        [order.id],
      );
      return left === null;
    }
    const given = await tx.first<{ sumFen: number | null }>(
      `SELECT SUM(amountFen + withheldFen) AS sumFen FROM refunds WHERE orderId = ? AND state = 'succeeded'`,
      [order.id],
    );
    return Number(given?.sumFen ?? 0) >= order.totalFen;
  }
}
