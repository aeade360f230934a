import { GuideNoticeKind } from '@mall/shared/guides';
import { formatYuan } from '@mall/shared/money';
import { PayoutState, TransferState } from '@mall/shared/payouts';
import { ProblemType } from '@mall/shared/problems';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { notFound, ProblemError } from '../../platform/http/problem.js';
import { GuideNotices } from '../notices/notices.public.js';
import { payoutStatesBefore, payoutWords } from './domain/payout-states.js';
import { PayoutAccounts } from './payout-accounts.js';
import type { PayoutRequestEntity } from './payout-request.entity.js';

export interface PayoutDecision {
  payoutId: string;
  to: typeof PayoutState.Approved | typeof PayoutState.Rejected;
  reason: string | null;
}

/** HQ approves a payout, or rejects it and its money goes back. Audited, and the guide is told. */
@Injectable()
export class DecidePayout {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly accounts: PayoutAccounts,
    private readonly notices: GuideNotices,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
  ) {}

  /** Throws 404, or 409 `payout-state-conflict` that names the state. */
  async execute(actor: { id: string; name: string }, { payoutId, to, reason }: PayoutDecision): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const at = this.clock.now();
      const from = payoutStatesBefore(to);
      const decided = await tx.execute(
        `UPDATE payout_requests SET state = ?, decidedAt = ?, decidedBy = ?, decisionReason = ?
         WHERE id = ? AND state IN (${from.map(() => '?').join(', ')})`,
        [to, at, actor.id, reason, payoutId, ...from],
      );
      const payout = await this.find(tx, payoutId);
      if (decided === 0) throw conflict(payout);
      if (to === PayoutState.Rejected) {
        await tx.execute('UPDATE payout_transfers SET state = ?, finishedAt = ? WHERE requestId = ?', [
          TransferState.Cancelled,
          at,
          payoutId,
        ]);
        await this.accounts.giveBack(tx, payout, at);
      }
      await this.audit.record(tx, {
        actor,
        action: to === PayoutState.Approved ? 'payout.approve' : 'payout.reject',
        subject: payoutId,
        old: { state: PayoutState.Requested },
        new: { state: to, guideId: payout.guideId, amountFen: payout.amountFen },
        reason,
      });
      await this.tell(tx, payout, at);
    });
  }

  private async tell(tx: Tx, { id, guideId, amountFen, state, decisionReason }: PayoutRequestEntity, at: number) {
    const yuan = formatYuan(amountFen);
    const approved = state === PayoutState.Approved;
    await this.notices.put(tx, {
      guideId,
      kind: GuideNoticeKind.PayoutDecided,
      subjectId: id,
      title: approved ? '提现已通过' : '提现未通过',
      body: approved
        ? `您申请的 ${yuan} 元提现已通过，将尽快打款。`
        : `您申请的 ${yuan} 元提现未通过：${decisionReason ?? ''}。金额已退回可用余额。`,
      at,
    });
  }

  private async find(tx: Tx, payoutId: string): Promise<PayoutRequestEntity> {
    const payout = await tx.first<PayoutRequestEntity>('SELECT * FROM payout_requests WHERE id = ?', [payoutId]);
    if (payout === null) throw notFound();
    return payout;
  }
}

function conflict({ state }: PayoutRequestEntity): ProblemError {
  const detail = `提现申请${payoutWords(state as PayoutState)}，不能再审批`;
  return new ProblemError(ProblemType.PayoutStateConflict, { detail, payoutState: state });
}
