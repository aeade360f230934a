import { type Fen, fen } from '@mall/shared/money';
import { Injectable } from '@nestjs/common';
import type { Reader } from '../../platform/database/tx.js';
import type { PaymentEntity } from './payment.entity.js';

/** A payment that HQ has to look at: money came that fits no order's amount or payer. */
export interface DisputedPayment {
  paymentId: string;
  orderId: string;
  outTradeNo: string;
  transactionId: string | null;
  amountFen: Fen;
  createdAt: number;
}

/** Reads of payments for other rooms. */
@Injectable()
export class Payments {
  /** Money for this order has come and was booked. */
  async isPaid(reader: Reader, orderId: string): Promise<boolean> {
    const row = await reader.first(`SELECT id FROM payments WHERE orderId = ? AND state = 'succeeded'`, [orderId]);
    return row !== null;
  }

  /** Who paid for this order at WeChat and under which number; null: nobody did, or there was nothing to pay. */
  async paidThrough(
    reader: Reader,
    orderId: string,
  ): Promise<{ payerOpenid: string; transactionId: string | null } | null> {
    return reader.first(`SELECT payerOpenid, transactionId FROM payments WHERE orderId = ? AND state = 'succeeded'`, [
      orderId,
    ]);
  }

  /** Newest first, a hundred at most. */
  async disputed(reader: Reader): Promise<DisputedPayment[]> {
    const rows = await reader.query<PaymentEntity>(
      `SELECT * FROM payments WHERE state = 'disputed' ORDER BY id DESC LIMIT 100`,
    );
    return rows.map(({ id, orderId, outTradeNo, transactionId, amountFen, createdAt }) => ({
      paymentId: id,
      orderId,
      outTradeNo,
      transactionId,
      amountFen: fen(amountFen),
      createdAt,
    }));
  }
}
