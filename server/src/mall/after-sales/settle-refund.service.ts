import { EventType } from '@mall/shared/events';
import { fen } from '@mall/shared/money';
import { Injectable, Logger } from '@nestjs/common';
import { Ledger, move } from '../../distribution/ledger/ledger.public.js';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import type { Tx } from '../../platform/database/tx.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import type { WechatRefund } from '../../wechat/wechat.public.js';
import type { OrderEntity, RefundEntity, RefundLineEntity } from '../orders/orders.public.js';
import { Stock } from '../stock/stock.public.js';

type LineOfRefund = RefundLineEntity & { skuId: string };

/** Applies what WeChat says of a refund, from answer, notice or query, once (R5.1). */
@Injectable()
export class SettleRefund {
  private readonly logger = new Logger(SettleRefund.name);

  constructor(
    private readonly stock: Stock,
    private readonly ledger: Ledger,
    private readonly outbox: Outbox,
    private readonly clock: BusinessClock,
  ) {}

  async execute(tx: Tx, reported: WechatRefund): Promise<void> {
    const refund = await tx.first<RefundEntity>('SELECT * FROM refunds WHERE id = ?', [`rfd_${reported.outRefundNo}`]);
    if (refund === null || refund.amountFen !== reported.refundFen) {
      this.logger.error({ message: 'a refund report does not fit', outRefundNo: reported.outRefundNo });
      return;
    }
    if (reported.status === 'SUCCESS') await this.succeed(tx, refund);
    if (reported.status === 'CLOSED') await this.fail(tx, refund.id, 'CLOSED');
    if (reported.status === 'ABNORMAL') {
      await tx.execute('UPDATE refunds SET failReason = ? WHERE id = ?', ['ABNORMAL', refund.id]);
    }
  }

  /** The money did not go back and will not: what was taken from the lines is theirs again. */
  async fail(tx: Tx, refundId: string, reason: string): Promise<void> {
    const failed = await tx.execute(
      `UPDATE refunds SET state = 'failed', failReason = ? WHERE id = ? AND state IN ('created', 'processing')`,
      [reason, refundId],
    );
    if (failed === 0) return;
    const refund = await tx.first<RefundEntity>('SELECT * FROM refunds WHERE id = ?', [refundId]);
    if (refund === null) throw new Error(`refund ${refundId} is gone`);
    for (const line of await this.linesOf(tx, refundId)) {
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

  private async succeed(tx: Tx, refund: RefundEntity): Promise<void> {
    const at = this.clock.now();
    const moved = await tx.execute(
      `UPDATE refunds SET state = 'succeeded', succeededAt = ? WHERE id = ? AND state IN ('created', 'processing')`,
      [at, refund.id],
    );
    if (moved === 0) return;
    const lines = await this.linesOf(tx, refund.id);
    const returned = lines.filter(({ restockQuantity }) => restockQuantity > 0);
    await this.stock.restock(
      tx,
      returned.map(({ skuId, restockQuantity }) => ({ skuId, quantity: restockQuantity })),
    );
    await this.ledger.post(tx, {
      sourceKind: 'refund',
      sourceId: refund.id,
      payee: '',
      fact: 'paid-back',
      occurredAt: at,
      orderId: refund.orderId,
      legs: move(
        refund.amountFen,
        { ownerKind: 'hq', bucket: 'sales' },
        { ownerKind: 'customers', bucket: 'payments' },
      ),
    });
    await this.announce(tx, refund, lines, at);
  }

  private async announce(tx: Tx, refund: RefundEntity, lines: LineOfRefund[], at: number): Promise<void> {
    const order = await tx.first<OrderEntity>('SELECT * FROM orders WHERE id = ?', [refund.orderId]);
    if (order === null) throw new Error(`order of refund ${refund.id} is gone`);
    const given = await tx.first<{ sumFen: number | null }>(
      `SELECT SUM(amountFen) AS sumFen FROM refunds WHERE orderId = ? AND state = 'succeeded'`,
      [order.id],
    );
    await this.outbox.add(tx, EventType.RefundSucceeded, order.id, at, {
      refundId: refund.id,
      orderId: order.id,
      memberId: order.memberId,
      goodwill: refund.goodwill === 1,
      amountFen: refund.amountFen,
      freightFen: refund.freightFen,
      orderFullyRefunded: fen(Number(given?.sumFen ?? 0)) === order.totalFen,
      at,
      lines: lines.map(({ orderLineId, amountFen }) => ({ orderLineId, amountFen })),
    });
  }

  private linesOf(tx: Tx, refundId: string): Promise<LineOfRefund[]> {
    return tx.query<LineOfRefund>(
      `SELECT r.*, l.skuId FROM refund_lines r JOIN order_lines l ON l.id = r.orderLineId WHERE r.refundId = ?`,
      [refundId],
    );
  }
}
