import { RefundState } from '@mall/shared/orders';
import { Injectable, Logger } from '@nestjs/common';
import { WallClock } from '../../platform/clock/wall-clock.js';
import { Database } from '../../platform/database/database.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { ulidOf } from '../../platform/ids/ids.js';
import { WechatPayClient } from '../../wechat/wechat.public.js';
import type { OrderEntity, RefundEntity } from '../orders/orders.public.js';
import { SettleRefund } from './settle-refund.service.js';

const LONGEST_WAIT_MS = 10 * 60_000;

type RefundAnswer = Awaited<ReturnType<WechatPayClient['refund']>>;

/**
 * Asks WeChat for a stored refund, or asks how it stands. Safe to repeat: the number is the refund's own ULID, and
 * WeChat makes one refund of it. No answer means "ask again", never "refused" (D20).
 */
@Injectable()
export class SubmitRefund {
  private readonly logger = new Logger(SubmitRefund.name);

  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly pay: WechatPayClient,
    private readonly settle: SettleRefund,
    private readonly clock: WallClock,
  ) {}

  async execute(refundId: string): Promise<void> {
    const refund = await this.database.first<RefundEntity>('SELECT * FROM refunds WHERE id = ?', [refundId]);
    if (refund === null || (refund.state !== RefundState.Created && refund.state !== RefundState.Processing)) return;
    const order = await this.database.first<OrderEntity>('SELECT * FROM orders WHERE id = ?', [refund.orderId]);
    if (order === null) throw new Error(`order of refund ${refundId} is gone`);
    const answer = await this.ask(refund, order);
    await this.unitOfWork.run(async (tx) => {
      const wait = Math.min(LONGEST_WAIT_MS, 30_000 * 2 ** Math.min(refund.checks, 10));
      await tx.execute(
        `UPDATE refunds SET state = 'processing', checks = checks + 1, nextCheckAt = ?
         WHERE id = ? AND state IN ('created', 'processing')`,
        [this.clock.now() + wait, refundId],
      );
      if (answer.outcome === 'ok') await this.settle.execute(tx, answer.value);
      // A lack of balance or wrong keys mend themselves by HQ's doing; everything else said no for good.
      if (answer.outcome === 'refused' && answer.reason === 'refused')
        await this.settle.fail(tx, refundId, answer.code);
    });
    if (answer.outcome !== 'ok') {
      const { outcome, reason } = answer;
      this.logger.warn({ message: 'a refund was not accepted yet', refundId, outcome, reason });
    }
  }

  /**
   * An earlier try may have arrived though its answer was lost, so a repeated try asks first, and a refusal counts only
   * when WeChat also knows no such refund: else one refund would fail here and succeed there, and HQ would pay twice.
   */
  private async ask(refund: RefundEntity, order: OrderEntity): Promise<RefundAnswer> {
    const outRefundNo = ulidOf(refund.id);
    if (refund.checks > 0) {
      const known = await this.pay.queryRefund(outRefundNo);
      if (known.outcome !== 'refused' || known.reason !== 'not_found') return known;
    }
    const answer = await this.pay.refund({
      outTradeNo: order.orderNumber,
      outRefundNo,
      refundFen: refund.amountFen,
      totalFen: order.totalFen,
      reason: refund.reason,
    });
    if (answer.outcome !== 'refused' || answer.reason !== 'refused') return answer;
    const known = await this.pay.queryRefund(outRefundNo);
    return known.outcome === 'refused' && known.reason === 'not_found' ? answer : known;
  }
}
