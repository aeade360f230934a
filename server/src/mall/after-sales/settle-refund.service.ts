import { EventType } from '@mall/shared/events';
import { RefundState } from '@mall/shared/orders';
import { Injectable, Logger } from '@nestjs/common';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import type { Tx } from '../../platform/database/tx.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import type { WechatRefund } from '../../wechat/wechat.public.js';
import { lockOrder, type RefundEntity, RefundLines } from '../orders/orders.public.js';
import { BookRefund } from './book-refund.service.js';

/** Applies what WeChat says of a refund, from answer, notice or query, once (R5.1). */
@Injectable()
export class SettleRefund {
  private readonly logger = new Logger(SettleRefund.name);

  constructor(
    private readonly book: BookRefund,
    private readonly lines: RefundLines,
    private readonly outbox: Outbox,
    private readonly clock: BusinessClock,
  ) {}

  async execute(tx: Tx, reported: WechatRefund): Promise<void> {
    const refund = await this.lockedRefund(tx, `rfd_${reported.outRefundNo}`);
    if (refund === null || refund.amountFen !== reported.refundFen) {
      this.logger.error({ message: 'a refund report does not fit', outRefundNo: reported.outRefundNo });
      return;
    }
    if (reported.status === 'SUCCESS') await this.succeed(tx, refund, this.succeededAt(refund, reported.refundedAt));
    if (reported.status === 'CLOSED') await this.fail(tx, refund.id, 'CLOSED');
    if (reported.status === 'PROCESSING' || reported.status === 'ABNORMAL') {
      await this.goOn(tx, refund.id, reported.status === 'ABNORMAL');
    }
  }

  /** WeChat has it, also when the answer that said so was lost; an abnormal one is on HQ's list, others are off it. */
  private async goOn(tx: Tx, refundId: string, isAbnormal: boolean): Promise<void> {
    await tx.execute(`UPDATE refunds SET state = 'processing' WHERE id = ? AND state = 'created'`, [refundId]);
    if (isAbnormal) {
      await tx.execute(`UPDATE refunds SET failReason = 'ABNORMAL' WHERE id = ? AND state <> 'succeeded'`, [refundId]);
    } else {
      await tx.execute(
        `UPDATE refunds SET failReason = NULL WHERE id = ? AND state = 'processing' AND failReason = 'ABNORMAL'`,
        [refundId],
      );
    }
  }

  /** Goods that cost nothing came back: stock and events as for any refund, no money (C13). */
  async succeedWithoutMoney(tx: Tx, refundId: string): Promise<void> {
    const refund = await this.lockedRefund(tx, refundId);
    if (refund !== null) await this.succeed(tx, refund, this.clock.now());
  }

  /** The money did not go back and will not: what was taken from the lines is theirs again. */
  async fail(tx: Tx, refundId: string, reason: string): Promise<void> {
    const refund = await this.lockedRefund(tx, refundId);
    if (refund === null || !isOpen(refund)) return;
    await tx.execute(`UPDATE refunds SET state = 'failed', failReason = ? WHERE id = ?`, [reason, refundId]);
    await this.lines.recount(tx, refund.orderId);
    const at = this.clock.now();
    const { orderId } = refund;
    await this.outbox.add(tx, EventType.RefundFailed, orderId, at, { refundId, orderId, at });
  }

  private async succeed(tx: Tx, refund: RefundEntity, at: number): Promise<void> {
    if (refund.state === RefundState.Succeeded) return;
    await tx.execute(`UPDATE refunds SET state = 'succeeded', succeededAt = ?, failReason = NULL WHERE id = ?`, [
      at,
      refund.id,
    ]);
    await this.lines.shrinkToWhatIsLeft(tx, refund);
    if (!isOpen(refund)) {
      // WeChat paid what it had refused before. The money is gone, so the books say so, and somebody must look.
      this.logger.error({ message: 'a refund that had failed has succeeded after all', refundId: refund.id });
      await this.lines.recount(tx, refund.orderId);
    }
    await this.book.execute(tx, refund, at);
  }

  /** WeChat's time on the business clock, within what is possible here. */
  private succeededAt(refund: RefundEntity, reportedAt: number | null): number {
    const now = this.clock.now();
    return Math.max(refund.createdAt, Math.min(now, (reportedAt ?? now) + this.clock.offset));
  }

  private async lockedRefund(tx: Tx, refundId: string): Promise<RefundEntity | null> {
    const found = await tx.first<RefundEntity>('SELECT * FROM refunds WHERE id = ?', [refundId]);
    // The end of every refund: a report that comes again writes nothing, not even a lock.
    if (found === null || found.state === RefundState.Succeeded) return found;
    await lockOrder(tx, found.orderId);
    // Read again under the lock: another settlement may have been faster.
    return tx.first<RefundEntity>('SELECT * FROM refunds WHERE id = ?', [refundId]);
  }
}

function isOpen({ state }: RefundEntity): boolean {
  return state === RefundState.Created || state === RefundState.Processing;
}
