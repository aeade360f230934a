import { PayeeType } from '@mall/shared/guides';
import { PayoutState, TransferPhase, TransferState } from '@mall/shared/payouts';
import { Injectable } from '@nestjs/common';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { WallClock } from '../../platform/clock/wall-clock.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { OPEN_TRANSFERS } from './domain/payout-states.js';
import { MerchantLimits } from './merchant-limits.js';
import type { PayoutTransferEntity } from './payout-transfer.entity.js';

/** Longer than any call takes, so that nobody asks about a bill whose first call may still be on its way. */
const LEASE_MS = 60_000;
/** WeChat refuses a request whose signature is five minutes old (§5); the rest is for clocks that differ. */
const LONGEST_WAY_MS = 6 * 60_000;
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

/** Undoes a claim that was made before the merchant's limit was asked. */
class NoRoom extends Error {}

/** Who may send or ask about a transfer now: conditional updates, so that one process does, on every engine. */
@Injectable()
export class ClaimTransfer {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly limits: MerchantLimits,
    private readonly clock: BusinessClock,
    private readonly wallClock: WallClock,
  ) {}

  /**
   * created → submitted, unless the payout was taken back or something holds it (C11): one statement decides. The
   * payee's account is stored with it, before the first call.
   */
  async fresh(transfer: PayoutTransferEntity, payeeAccount: string): Promise<boolean> {
    const { id, requestId, amountFen } = transfer;
    const at = this.clock.now();
    try {
      return await this.unitOfWork.run(async (tx) => {
        const alive = await tx.execute(
          `UPDATE payout_requests SET submittedCount = submittedCount + 1 WHERE id = ? AND state = ? AND ${PAID_BY_TRANSFER}`,
          [requestId, PayoutState.Approved],
        );
        if (alive === 0) return false;
        const claimed = await tx.execute(
          `UPDATE payout_transfers SET state = '${TransferState.Submitted}', submittedAt = ?, checks = checks + 1,
             nextCheckAt = ?, payeeAccount = COALESCE(payeeAccount, ?), phase = NULL, phaseAt = ?
           WHERE id = ? AND state = '${TransferState.Created}' AND ${NOTHING_HOLDS_IT}`,
          [at, this.wallClock.now() + LEASE_MS, payeeAccount, at, id],
        );
        if (claimed === 1) {
          if (!(await this.limits.take(tx, amountFen, at))) throw new NoRoom();
          return true;
        }
        await tx.execute('UPDATE payout_requests SET submittedCount = submittedCount - 1 WHERE id = ?', [requestId]);
        return false;
      });
    } catch (error) {
      if (!(error instanceof NoRoom)) throw error;
      await this.waitForRoom(id, at);
      return false;
    }
  }

  /** One process at a time asks about an open transfer, and none while the claim of another lasts. */
  async open({ id, checks }: PayoutTransferEntity): Promise<boolean> {
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
   * is as if it had not been submitted: it waits, and its payout can be taken back. Not while the last try may still
   * arrive: then it only rests.
   */
  again(transfer: PayoutTransferEntity): Promise<boolean> {
    const { id, requestId, checks, amountFen, submittedAt } = transfer;
    const mine = `id = ? AND checks = ? AND providerNo IS NULL AND cancelAskedAt IS NULL
      AND state IN ('${TransferState.Submitted}', '${TransferState.Unknown}')`;
    return this.unitOfWork.run(async (tx) => {
      const lease = this.wallClock.now() + LEASE_MS;
      // The request's row first, as everywhere: cancelling and submitting meet there.
      await tx.execute('UPDATE payout_requests SET submittedCount = submittedCount - 1 WHERE id = ?', [requestId]);
      const free = await tx.execute(
        `UPDATE payout_transfers SET nextCheckAt = ?, phaseAt = ? WHERE ${mine} AND ${NOTHING_HOLDS_IT}`,
        [lease, this.clock.now(), id, checks + 1],
      );
      const back =
        free === 0 &&
        !this.mayStillArrive(transfer) &&
        (await tx.execute(
          `UPDATE payout_transfers SET state = '${TransferState.Created}', submittedAt = NULL, nextCheckAt = ?
           WHERE ${mine}`,
          [this.wallClock.now(), id, checks + 1],
        )) === 1;
      if (back && submittedAt !== null) await this.limits.giveBack(tx, amountFen, submittedAt);
      if (!back)
        await tx.execute('UPDATE payout_requests SET submittedCount = submittedCount + 1 WHERE id = ?', [requestId]);
      return free === 1;
    });
  }

  /** Whether the last try may be on its way: that the provider does not know it is then no answer yet. */
  mayStillArrive({ phaseAt }: PayoutTransferEntity): boolean {
    return phaseAt !== null && this.clock.now() - phaseAt < LONGEST_WAY_MS;
  }

  /** Puts the next question off, longer every time; no answer makes what was just submitted `unknown`. */
  async rest(tx: Tx, { id, checks }: PayoutTransferEntity, { isUnknown }: { isUnknown: boolean }): Promise<void> {
    const rest = Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** Math.min(checks, 10));
    await tx.execute(
      `UPDATE payout_transfers SET nextCheckAt = ?, state = CASE WHEN ? = 1 AND state = '${TransferState.Submitted}'
         AND providerNo IS NULL THEN '${TransferState.Unknown}' ELSE state END WHERE id = ? AND state IN (${OPEN})`,
      [this.wallClock.now() + rest, isUnknown ? 1 : 0, id],
    );
  }

  /** Not sent yet: it is looked at again later, whatever it waits for. */
  async later(id: string): Promise<void> {
    await this.unitOfWork.run((tx) =>
      tx.execute(`UPDATE payout_transfers SET nextCheckAt = ? WHERE id = ? AND state = '${TransferState.Created}'`, [
        this.wallClock.now() + LONGEST_REST_MS,
        id,
      ]),
    );
  }

  private async waitForRoom(id: string, at: number): Promise<void> {
    await this.unitOfWork.run((tx) =>
      tx.execute(
        `UPDATE payout_transfers SET nextCheckAt = ?, phaseAt = CASE WHEN phase = ? THEN phaseAt ELSE ? END, phase = ?
         WHERE id = ? AND state = '${TransferState.Created}'`,
        [this.wallClock.now() + LONGEST_REST_MS, TransferPhase.Quota, at, TransferPhase.Quota, id],
      ),
    );
  }
}
