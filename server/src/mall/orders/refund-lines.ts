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

  /** A refund failed: its amounts and pieces belong to the order's lines again. */
  async giveBack(tx: Tx, refund: RefundEntity): Promise<void> {
    for (const line of await this.of(tx, refund.id)) {
      await tx.execute(
        'UPDATE order_lines SET refundedFen = refundedFen - ?, restockedQuantity = restockedQuantity - ? WHERE id = ?',
        [line.amountFen, line.restockQuantity, line.orderLineId],
      );
    }
    await tx.execute(
      'UPDATE orders SET refundedFen = refundedFen - ?, freightRefundedFen = freightRefundedFen - ? WHERE id = ?',
      [refund.amountFen, refund.freightFen, refund.orderId],
    );
  }

  /**
   * A refund that had failed succeeded after all. What it gave back is taken from the lines again, as far as another
   * refund has not taken it meanwhile: the refund's lines shrink to that, so that nobody is charged for it twice.
   */
  async takeAgain(tx: Tx, refund: RefundEntity): Promise<void> {
    for (const line of await this.of(tx, refund.id)) {
      const held = await tx.first<{ leftFen: number; leftPieces: number }>(
        `SELECT payableFen - refundedFen AS leftFen, quantity - restockedQuantity AS leftPieces
         FROM order_lines WHERE id = ?`,
        [line.orderLineId],
      );
      const amountFen = least(line.amountFen, held?.leftFen);
      const pieces = least(line.restockQuantity, held?.leftPieces);
      await tx.execute(
        'UPDATE order_lines SET refundedFen = refundedFen + ?, restockedQuantity = restockedQuantity + ? WHERE id = ?',
        [amountFen, pieces, line.orderLineId],
      );
      await tx.execute('UPDATE refund_lines SET amountFen = ?, restockQuantity = ? WHERE id = ?', [
        amountFen,
        pieces,
        line.id,
      ]);
    }
    await tx.execute(
      `UPDATE orders SET
         refundedFen = CASE WHEN refundedFen + ? > totalFen THEN totalFen ELSE refundedFen + ? END,
         freightRefundedFen = CASE WHEN freightRefundedFen + ? > freightFen THEN freightFen ELSE freightRefundedFen + ? END
       WHERE id = ?`,
      [refund.amountFen, refund.amountFen, refund.freightFen, refund.freightFen, refund.orderId],
    );
  }
}

function least(wanted: number, held: number | undefined): Fen {
  return fen(Math.max(0, Math.min(wanted, Number(held ?? 0))));
}
