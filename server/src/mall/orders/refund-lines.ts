import { type Fen, fen } from '@mall/shared/money';
import { Injectable } from '@nestjs/common';
import type { Reader, Tx } from '../../platform/database/tx.js';
import type { RefundEntity } from './refund.entity.js';
import type { RefundLineEntity } from './refund-line.entity.js';

/** The lines of a refund, and what they take from the order's lines. */
@Injectable()
export class RefundLines {
  of(reader: Reader, refundId: string): Promise<(RefundLineEntity & { skuId: string })[]> {
    return reader.query<RefundLineEntity & { skuId: string }>(
      `SELECT r.*, l.skuId FROM refund_lines r JOIN order_lines l ON l.id = r.orderLineId WHERE r.refundId = ?`,
      [refundId],
    );
  }

  /**
   * R5.1: of one order's money only so much can come back. Takes from this refund's lines what refunds that have
   * succeeded already hold, so that nobody is charged for it twice. Nothing, unless a refund that had failed succeeded
   * after all. The caller holds the order's lock.
   */
  async shrinkToWhatIsLeft(tx: Tx, refund: RefundEntity): Promise<void> {
    for (const line of await this.of(tx, refund.id)) {
      const left = await tx.first<{ leftFen: number; leftPieces: number }>(
        `SELECT l.payableFen - COALESCE(SUM(o.amountFen), 0) AS leftFen,
           l.quantity - COALESCE(SUM(o.restockQuantity), 0) AS leftPieces
         FROM order_lines l LEFT JOIN refund_lines o ON o.orderLineId = l.id AND o.refundId <> ?
           AND o.refundId IN (SELECT id FROM refunds WHERE orderId = ? AND state = 'succeeded')
         WHERE l.id = ? GROUP BY l.id, l.payableFen, l.quantity`,
        [refund.id, refund.orderId, line.orderLineId],
      );
      const amountFen = least(line.amountFen, left?.leftFen);
      const pieces = least(line.restockQuantity, left?.leftPieces);
      if (amountFen === line.amountFen && pieces === line.restockQuantity) continue;
      await tx.execute('UPDATE refund_lines SET amountFen = ?, restockQuantity = ? WHERE id = ?', [
        amountFen,
        pieces,
        line.id,
      ]);
    }
  }

  /**
   * After a refund failed, or one that had failed succeeded: what the order and its lines have given back is what their
   * refunds that have not failed hold, and never more than there is. While a refund that came back to life and one that
   * took its place are both there, they share it, so that the failure of one gives back only what the other does not
   * hold. The caller holds the order's lock.
   */
  async recount(tx: Tx, orderId: string): Promise<void> {
    const held = `refund_lines r JOIN refunds f ON f.id = r.refundId
      WHERE r.orderLineId = order_lines.id AND f.state <> 'failed'`;
    const [sumFen, pieces] = ['amountFen', 'restockQuantity'].map(
      (column) => `(SELECT COALESCE(SUM(r.${column}), 0) FROM ${held})`,
    );
    await tx.execute(
      `UPDATE order_lines SET
         refundedFen = CASE WHEN ${sumFen} > payableFen THEN payableFen ELSE ${sumFen} END,
         restockedQuantity = CASE WHEN ${pieces} > quantity THEN quantity ELSE ${pieces} END
       WHERE orderId = ?`,
      [orderId],
    );
    const [moneyFen, freightFen] = ['amountFen', 'freightFen'].map(
      (column) =>
        `(SELECT COALESCE(SUM(f.${column}), 0) FROM refunds f WHERE f.orderId = orders.id AND f.state <> 'failed')`,
    );
    await tx.execute(
      `UPDATE orders SET
         refundedFen = CASE WHEN ${moneyFen} > totalFen THEN totalFen ELSE ${moneyFen} END,
         freightRefundedFen = CASE WHEN ${freightFen} > orders.freightFen THEN orders.freightFen ELSE ${freightFen} END
       WHERE id = ?`,
      [orderId],
    );
  }
}

function least(wanted: number, held: number | undefined): Fen {
  return fen(Math.max(0, Math.min(wanted, Number(held ?? 0))));
}
