import { PayoutState } from '@mall/shared/payouts';
import { ProblemType } from '@mall/shared/problems';
import { Injectable } from '@nestjs/common';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { notFound, ProblemError } from '../../platform/http/problem.js';
import { payoutStatesBefore, payoutWords } from './domain/payout-states.js';
import { PayoutAccounts } from './payout-accounts.js';
import type { PayoutRequestEntity } from './payout-request.entity.js';

const BEFORE = payoutStatesBefore(PayoutState.Cancelled)
  .map((state) => `'${state}'`)
  .join(', ');

/** The guide takes her request back while nothing of it was submitted; the money is available again (D11). */
@Injectable()
export class CancelPayout {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly accounts: PayoutAccounts,
    private readonly clock: BusinessClock,
  ) {}

  /** Throws 404 for what is not hers, 409 `payout-state-conflict` that names the state. */
  async execute(guideId: string, payoutId: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const at = this.clock.now();
      const cancelled = await tx.execute(
        `UPDATE payout_requests SET state = '${PayoutState.Cancelled}', doneAt = ?
         WHERE id = ? AND guideId = ? AND state IN (${BEFORE}) AND submittedCount = 0`,
        [at, payoutId, guideId],
      );
      const payout = await this.find(tx, guideId, payoutId);
      if (cancelled === 0) throw conflict(payout);
      await this.accounts.giveBack(tx, payout, at);
    });
  }

  private async find(tx: Tx, guideId: string, payoutId: string): Promise<PayoutRequestEntity> {
    const sql = 'SELECT * FROM payout_requests WHERE id = ? AND guideId = ?';
    const payout = await tx.first<PayoutRequestEntity>(sql, [payoutId, guideId]);
    if (payout === null) throw notFound();
    return payout;
  }
}

function conflict({ state }: PayoutRequestEntity): ProblemError {
  const words = payoutWords(state as PayoutState);
  const sent = state === PayoutState.Approved || state === PayoutState.Requested;
  const detail = sent ? '转账已经提交，不能撤销' : `提现申请${words}，不能撤销`;
  return new ProblemError(ProblemType.PayoutStateConflict, { detail, payoutState: state });
}
