import { GuideNoticeKind, PayeeType } from '@mall/shared/guides';
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
import { payoutWords } from './domain/payout-states.js';
import { PayoutAccounts } from './payout-accounts.js';
import type { PayoutRequestEntity } from './payout-request.entity.js';
import type { PayoutTransferEntity } from './payout-transfer.entity.js';

export interface PayrollSettlement {
  actor: { id: string; name: string };
  payoutId: string;
  reason: string;
}

/**
 * R5.5: an employee's payout is paid with her wages, outside of this system; HQ writes down that it was. The provider
 * never sees it. Audited, and the guide is told.
 */
@Injectable()
export class SettleByPayroll {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly accounts: PayoutAccounts,
    private readonly notices: GuideNotices,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
  ) {}

  /** Throws 404, or 409 `payout-state-conflict` for what is not approved, is not an employee's, or was paid already. */
  async execute({ actor, payoutId, reason }: PayrollSettlement): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const at = this.clock.now();
      const settled = await tx.execute(
        `UPDATE payout_requests SET state = ?, doneAt = ?, endedCount = transferCount
         WHERE id = ? AND state = ? AND payeeType = ? AND submittedCount = 0 AND endedCount = 0`,
        [PayoutState.Done, at, payoutId, PayoutState.Approved, PayeeType.Employee],
      );
      const payout = await tx.first<PayoutRequestEntity>('SELECT * FROM payout_requests WHERE id = ?', [payoutId]);
      if (payout === null) throw notFound();
      if (settled === 0) throw conflict(payout);
      await this.arrive(tx, payout, at);
      await this.audit.record(tx, {
        actor,
        action: 'payout.settle-by-payroll',
        subject: payoutId,
        old: { state: PayoutState.Approved },
        new: { state: PayoutState.Done, guideId: payout.guideId, amountFen: payout.amountFen },
        reason,
      });
      await this.notices.put(tx, {
        guideId: payout.guideId,
        kind: GuideNoticeKind.PayoutEnded,
        subjectId: payoutId,
        title: '提现已随工资发放',
        body: `您申请的 ${formatYuan(payout.amountFen)} 元提现已随工资发放。`,
        at,
      });
    });
  }

  private async arrive(tx: Tx, { id, transferCount }: PayoutRequestEntity, at: number): Promise<void> {
    const sql = 'SELECT * FROM payout_transfers WHERE requestId = ? ORDER BY position';
    const transfers = await tx.query<PayoutTransferEntity>(sql, [id]);
    const ended = await tx.execute(
      'UPDATE payout_transfers SET state = ?, finishedAt = ? WHERE requestId = ? AND state = ?',
      [TransferState.Succeeded, at, id, TransferState.Created],
    );
    if (ended !== transferCount) throw new Error(`payout ${id} has transfers that had left`);
    for (const transfer of transfers) await this.accounts.arrive(tx, transfer, at);
  }
}

function conflict({ state, payeeType }: PayoutRequestEntity): ProblemError {
  const words = payoutWords(state as PayoutState);
  const detail =
    payeeType === PayeeType.Employee
      ? `提现申请${words}，不能登记工资发放`
      : '只有员工的提现才随工资发放，这笔由打款通道支付';
  return new ProblemError(ProblemType.PayoutStateConflict, { detail, payoutState: state });
}
