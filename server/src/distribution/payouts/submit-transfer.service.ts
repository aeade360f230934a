import { PayeeType } from '@mall/shared/guides';
import { PayoutState, TransferState } from '@mall/shared/payouts';
import { Inject, Injectable, Logger, Optional } from '@nestjs/common';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { WallClock } from '../../platform/clock/wall-clock.js';
import { Database } from '../../platform/database/database.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { OPEN_TRANSFERS } from './domain/payout-states.js';
import type { PayoutTransferEntity } from './payout-transfer.entity.js';
import { SettleTransfer } from './settle-transfer.service.js';
import {
  type QueryAnswer,
  TRANSFER_PROVIDER,
  type TransferProvider,
  type TransferStanding,
} from './transfer-provider.js';

/** Longer than any call takes, so that nobody asks about a bill whose first call may still be on its way. */
const LEASE_MS = 60_000;
const FIRST_REST_MS = 30_000;
const LONGEST_REST_MS = 10 * 60_000;
const OPEN = OPEN_TRANSFERS.map((state) => `'${state}'`).join(', ');

/**
 * R5.5, C11: what keeps a transfer from being submitted: a negative balance of its guide, or her suspension. Over the
 * columns of payout_transfers.
 */
export const NOTHING_HOLDS_IT = `
  NOT EXISTS (SELECT 1 FROM ledger_balances b
    WHERE b.account = CONCAT('guide:', payout_transfers.guideId, ':available') AND b.balanceFen < 0)
  AND EXISTS (SELECT 1 FROM guides g WHERE g.id = payout_transfers.guideId AND g.status <> 'suspended')`;

/** R5.5: wages are paid by payroll, so an employee's payout never goes to the provider. Over the columns of payout_requests. */
export const PAID_BY_TRANSFER = `payeeType <> '${PayeeType.Employee}'`;

/** `held`: it is not at the provider, and was put back until nothing holds it. */
type Known = { outcome: 'known'; standing: TransferStanding } | { outcome: 'unknown' } | { outcome: 'held' };

/**
 * Sends a transfer, or finds out what became of it. It is stored as submitted before the call, and the bill number is
 * its own at every try; no answer means "ask again", never "refused" (D20).
 */
@Injectable()
export class SubmitTransfer {
  private readonly logger = new Logger(SubmitTransfer.name);

  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly settle: SettleTransfer,
    private readonly clock: BusinessClock,
    private readonly wallClock: WallClock,
    @Optional() @Inject(TRANSFER_PROVIDER) private readonly provider: TransferProvider | null = null,
  ) {}

  /** Whether it is known better than before. Without a provider, nothing happens. */
  async execute(transferId: string): Promise<boolean> {
    const { provider } = this;
    if (!provider) return false;
    const sql = 'SELECT * FROM payout_transfers WHERE id = ?';
    const transfer = await this.database.first<PayoutTransferEntity>(sql, [transferId]);
    if (transfer === null) return false;
    if (transfer.state === TransferState.Created) {
      return (await this.claimNew(transfer)) && this.apply(transfer, await this.submit(provider, transfer));
    }
    return (await this.claimOpen(transfer)) && this.apply(transfer, await this.ask(provider, transfer));
  }

  /** created → submitted, unless the payout was taken back or something holds it (C11): one statement decides. */
  private claimNew({ id, requestId }: PayoutTransferEntity): Promise<boolean> {
    return this.unitOfWork.run(async (tx) => {
      const alive = await tx.execute(
        `UPDATE payout_requests SET submittedCount = submittedCount + 1 WHERE id = ? AND state = ? AND ${PAID_BY_TRANSFER}`,
        [requestId, PayoutState.Approved],
      );
      if (alive === 0) return false;
      const claimed = await tx.execute(
        `UPDATE payout_transfers SET state = '${TransferState.Submitted}', submittedAt = ?, checks = checks + 1, nextCheckAt = ?
         WHERE id = ? AND state = '${TransferState.Created}' AND ${NOTHING_HOLDS_IT}`,
        [this.clock.now(), this.wallClock.now() + LEASE_MS, id],
      );
      if (claimed === 1) return true;
      await tx.execute('UPDATE payout_requests SET submittedCount = submittedCount - 1 WHERE id = ?', [requestId]);
      return false;
    });
  }

  /** One process at a time asks about an open transfer, and none while the claim of another lasts. */
  private async claimOpen({ id, checks }: PayoutTransferEntity): Promise<boolean> {
    const now = this.wallClock.now();
    const claimed = await this.unitOfWork.run((tx) =>
      tx.execute(
        `UPDATE payout_transfers SET checks = checks + 1, nextCheckAt = ?
         WHERE id = ? AND checks = ? AND nextCheckAt <= ? AND state IN (${OPEN})`,
        [now + LEASE_MS, id, checks, now],
      ),
    );
    return claimed === 1;
  }

  /**
   * A transfer that never arrived is sent under the same condition as at first (C11, R2.4). If something holds it, it
   * is as if it had not been submitted: it waits, and its payout can be taken back.
   */
  private claimAgain({ id, requestId, checks }: PayoutTransferEntity): Promise<boolean> {
    // Only by whoever holds the claim that `claimOpen` has just counted.
    const mine = `id = ? AND checks = ? AND providerNo IS NULL
      AND state IN ('${TransferState.Submitted}', '${TransferState.Unknown}')`;
    return this.unitOfWork.run(async (tx) => {
      const lease = this.wallClock.now() + LEASE_MS;
      // The request's row first, as everywhere: cancelling and submitting meet there.
      await tx.execute('UPDATE payout_requests SET submittedCount = submittedCount - 1 WHERE id = ?', [requestId]);
      const free = await tx.execute(
        `UPDATE payout_transfers SET nextCheckAt = ? WHERE ${mine} AND ${NOTHING_HOLDS_IT}`,
        [lease, id, checks + 1],
      );
      const back =
        free === 0 &&
        (await tx.execute(
          `UPDATE payout_transfers SET state = '${TransferState.Created}', submittedAt = NULL, nextCheckAt = ?
           WHERE ${mine}`,
          [this.wallClock.now(), id, checks + 1],
        )) === 1;
      if (!back) {
        await tx.execute('UPDATE payout_requests SET submittedCount = submittedCount + 1 WHERE id = ?', [requestId]);
      }
      return free === 1;
    });
  }

  /** A refusal counts only when the provider also knows no such bill: an earlier try may have arrived. */
  private async submit(provider: TransferProvider, transfer: PayoutTransferEntity): Promise<Known> {
    const { outBillNo, guideId, amountFen } = transfer;
    const answer = await provider.submit({ outBillNo, guideId, amountFen });
    if (answer.outcome === 'accepted') return { outcome: 'known', standing: answer.standing };
    if (answer.outcome === 'unknown') return answer;
    const known = await provider.query(outBillNo);
    if (known.outcome !== 'not_found') return knownOf(known);
    return { outcome: 'known', standing: { state: 'failed', providerNo: null, reason: answer.reason } };
  }

  private async ask(provider: TransferProvider, transfer: PayoutTransferEntity): Promise<Known> {
    const known = await provider.query(transfer.outBillNo);
    if (known.outcome !== 'not_found') return knownOf(known);
    // It never arrived: the same bill again, if it may be sent now. What was accepted once is not sent again, whatever
    // a query finds.
    if (transfer.providerNo === null) {
      return (await this.claimAgain(transfer)) ? this.submit(provider, transfer) : { outcome: 'held' };
    }
    this.logger.error({ message: 'the provider does not know a transfer that it accepted', transferId: transfer.id });
    return { outcome: 'unknown' };
  }

  private async apply(transfer: PayoutTransferEntity, answer: Known): Promise<boolean> {
    if (answer.outcome === 'held') return false;
    if (answer.outcome === 'unknown') this.logger.warn({ message: 'a transfer is unknown', transferId: transfer.id });
    return this.unitOfWork.run(async (tx) => {
      const rest = Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** Math.min(transfer.checks, 10));
      await tx.execute(
        `UPDATE payout_transfers SET nextCheckAt = ?, state = CASE WHEN ? = 1 AND state = '${TransferState.Submitted}'
           THEN '${TransferState.Unknown}' ELSE state END WHERE id = ? AND state IN (${OPEN})`,
        [this.wallClock.now() + rest, answer.outcome === 'unknown' ? 1 : 0, transfer.id],
      );
      return answer.outcome === 'known' && this.settle.execute(tx, transfer.id, answer.standing);
    });
  }
}

function knownOf(answer: Exclude<QueryAnswer, { outcome: 'not_found' }>): Known {
  return answer.outcome === 'found' ? { outcome: 'known', standing: answer.standing } : answer;
}
