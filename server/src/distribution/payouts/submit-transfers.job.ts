import { PayoutState, TransferState } from '@mall/shared/payouts';
import { Inject, Injectable, Optional } from '@nestjs/common';
import { WallClock } from '../../platform/clock/wall-clock.js';
import { Database } from '../../platform/database/database.js';
import { afterOf, afterSql, type Due, DueWalk } from '../../platform/jobs/due-walk.js';
import { type Job, ScheduledJob } from '../../platform/jobs/job.js';
import { NOTHING_HOLDS_IT, PAID_BY_TRANSFER } from './claim-transfer.js';
import { OPEN_TRANSFERS } from './domain/payout-states.js';
import { SubmitTransfer } from './submit-transfer.service.js';
import { TRANSFER_PROVIDER, type TransferProvider } from './transfer-provider.js';

const BATCH = 20;
const BUDGET_MS = 10_000;
const OPEN = OPEN_TRANSFERS.map((state) => `'${state}'`).join(', ');

/** Sends what is approved and not held (C11), and asks about what was sent and has not ended (D20). */
@Injectable()
@ScheduledJob('submit-transfers')
export class SubmitTransfers implements Job {
  private readonly walk: DueWalk<Due>;

  constructor(
    private readonly database: Database,
    private readonly submit: SubmitTransfer,
    private readonly clock: WallClock,
    @Optional() @Inject(TRANSFER_PROVIDER) private readonly provider: TransferProvider | null = null,
  ) {
    this.walk = new DueWalk('submit-transfers', clock, BUDGET_MS);
  }

  async run(signal?: AbortSignal): Promise<number> {
    if (!this.provider) return 0;
    const now = this.clock.now();
    return this.walk.run({
      next: (after) =>
        this.database.query<Due>(
          `SELECT payout_transfers.id, payout_transfers.nextCheckAt AS dueAt FROM payout_transfers
             JOIN payout_requests r ON r.id = payout_transfers.requestId
           WHERE payout_transfers.nextCheckAt <= ? AND ${afterSql('payout_transfers.nextCheckAt', 'payout_transfers.id')}
             AND (payout_transfers.state IN (${OPEN}) OR (payout_transfers.state = '${TransferState.Created}'
               AND r.state = '${PayoutState.Approved}' AND r.${PAID_BY_TRANSFER} AND ${NOTHING_HOLDS_IT}))
           ORDER BY payout_transfers.nextCheckAt, payout_transfers.id LIMIT ${BATCH}`,
          [now, ...afterOf(after)],
        ),
      // Trying puts the next check off by itself, whatever the answer.
      act: async ({ id }) => ((await this.submit.execute(id)) ? 'done' : 'moved'),
      signal,
    });
  }
}
