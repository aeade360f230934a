import { RefundState } from '@mall/shared/orders';
import { ProblemType } from '@mall/shared/problems';
import { Injectable, Logger } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import type { HqActor } from '../../platform/auth/actor.js';
import { WallClock } from '../../platform/clock/wall-clock.js';
import { Database } from '../../platform/database/database.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { notFound, ProblemError } from '../../platform/http/problem.js';
import { ulidOf } from '../../platform/ids/ids.js';
import { type RefundReroute, WechatPayClient, type WechatRefund } from '../../wechat/wechat.public.js';
import type { RefundEntity } from '../orders/orders.public.js';
import { SettleRefund } from './settle-refund.service.js';

const NEXT_CHECK_MS = 30_000;

/**
 * §5: an abnormal refund (her card is closed, her account frozen) is sent another way by HQ: to a bank card of hers, or
 * to the merchant's own account, from where HQ pays her by hand. WeChat is asked first how the refund stands, so that a
 * try whose answer was lost is not repeated against a refund that is on its way.
 */
@Injectable()
export class RerouteRefund {
  private readonly logger = new Logger(RerouteRefund.name);

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: Database,
    private readonly pay: WechatPayClient,
    private readonly settle: SettleRefund,
    private readonly audit: AuditLog,
    private readonly clock: WallClock,
  ) {}

  /** Throws 404; 409 when it is not abnormal or WeChat says no; 503 when WeChat does not answer: ask again. */
  async execute(actor: HqActor, refundId: string, to: RefundReroute): Promise<void> {
    const refund = await this.database.first<RefundEntity>('SELECT * FROM refunds WHERE id = ?', [refundId]);
    if (refund === null) throw notFound();
    if (refund.state !== RefundState.Processing || refund.failReason !== 'ABNORMAL') throw conflict('退款不是异常状态');
    const outRefundNo = ulidOf(refundId);
    const known = await this.pay.queryRefund(outRefundNo);
    if (known.outcome !== 'ok') throw this.unanswered(refundId, known.reason);
    if (known.value.status !== 'ABNORMAL') return this.apply(known.value);
    // Before the call, and without card or name: whatever comes of it, it is known who tried.
    await this.unitOfWork.run((tx) =>
      this.audit.record(tx, {
        actor: { id: actor.userId, name: actor.username },
        action: 'refund.reroute',
        subject: refundId,
        old: { failReason: 'ABNORMAL' },
        new: { to: to.type },
      }),
    );
    const answer = await this.pay.applyAbnormalRefund({ refundId: known.value.refundId, outRefundNo }, to);
    if (answer.outcome === 'ok') return this.apply(answer.value);
    if (answer.outcome === 'unknown' || answer.reason !== 'refused') throw this.unanswered(refundId, answer.reason);
    this.logger.warn({ message: 'WeChat refused to reroute a refund', refundId, code: answer.code });
    throw conflict('微信没有接受，请核对收款信息后再试');
  }

  private async apply(reported: WechatRefund): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      await this.settle.execute(tx, reported);
      await tx.execute('UPDATE refunds SET nextCheckAt = ? WHERE id = ?', [
        this.clock.now() + NEXT_CHECK_MS,
        `rfd_${reported.outRefundNo}`,
      ]);
    });
  }

  private unanswered(refundId: string, reason: string): ProblemError {
    this.logger.warn({ message: 'WeChat gave no usable answer about rerouting a refund', refundId, reason });
    return new ProblemError(ProblemType.DependencyUnavailable, { detail: '微信支付暂时没有响应，请稍后再试' });
  }
}

function conflict(detail: string): ProblemError {
  return new ProblemError(ProblemType.RefundStateConflict, { detail });
}
