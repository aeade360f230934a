import { EventType } from '@mall/shared/events';
import { GuideNoticeKind } from '@mall/shared/guides';
import { formatYuan } from '@mall/shared/money';
import { PayoutState, TransferPhase, TransferState } from '@mall/shared/payouts';
import { Injectable, Logger } from '@nestjs/common';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import type { Tx } from '../../platform/database/tx.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import { GuideNotices } from '../notices/notices.public.js';
import { GIVEN_UP, OPEN_TRANSFERS, thatMayBecome } from './domain/payout-states.js';
import { MerchantLimits } from './merchant-limits.js';
import { PayoutAccounts } from './payout-accounts.js';
import { PayoutContradictions } from './payout-contradictions.js';
import type { PayoutRequestEntity } from './payout-request.entity.js';
import type { PayoutTransferEntity } from './payout-transfer.entity.js';
import type { Contradiction, TransferStanding } from './transfer-provider.js';

type Ended = typeof TransferState.Succeeded | typeof TransferState.Failed | typeof TransferState.Cancelled;
type Open = typeof TransferState.Submitted | typeof TransferState.Waiting;
type Reported = Open | Ended;

const STATES: Record<TransferStanding['state'], Reported> = {
  accepted: TransferState.Submitted,
  waiting: TransferState.Waiting,
  // She has confirmed, or it is being taken back: neither is an end yet.
  arriving: TransferState.Waiting,
  cancelling: TransferState.Waiting,
  succeeded: TransferState.Succeeded,
  failed: TransferState.Failed,
  cancelled: TransferState.Cancelled,
  expired: TransferState.Cancelled,
};
const PHASES: Partial<Record<TransferStanding['state'], TransferPhase>> = {
  accepted: TransferPhase.Locking,
  waiting: TransferPhase.Confirm,
  arriving: TransferPhase.Arriving,
  cancelling: TransferPhase.Cancelling,
};
const LONGEST_REASON = 80;
/** Kept as the reason of a transfer that succeeded: HQ's money tasks list those that have one. */
const ARRIVED_LATE = '曾报未成功并已退回余额，后又报到账';
const FAILED_LATE = '已报到账，后又报未成功，请向打款方核实';

interface Move {
  transferId: string;
  standing: TransferStanding;
  at: number;
}

function isOpen(state: Reported): state is Open {
  return state === TransferState.Submitted || state === TransferState.Waiting;
}

/** Applies what the provider says of a transfer, from answer, query or notice, once (R5.1, R5.5). */
@Injectable()
export class SettleTransfer {
  private readonly logger = new Logger(SettleTransfer.name);

  constructor(
    private readonly accounts: PayoutAccounts,
    private readonly notices: GuideNotices,
    private readonly contradictions: PayoutContradictions,
    private readonly limits: MerchantLimits,
    private readonly outbox: Outbox,
    private readonly clock: BusinessClock,
  ) {}

  /** The provider's record is not what was sent: nothing is moved, and HQ looks. */
  async contradicted(tx: Tx, { id, outBillNo }: PayoutTransferEntity, what: Contradiction): Promise<void> {
    await this.contradictions.record(tx, { outBillNo, transferId: id }, what);
  }

  /** Whether it was news: a standing that was applied before, or that no longer can be, changes nothing. */
  async execute(tx: Tx, transferId: string, standing: TransferStanding): Promise<boolean> {
    const state = STATES[standing.state];
    const at = this.clock.now();
    const move = { transferId, standing, at };
    // `created`: put back because the provider did not know it, and there after all. Such a one is sent, and not failed
    // by a word about the earlier try.
    const isThere = isOpen(state) || state === TransferState.Succeeded;
    const sentAfterAll = isThere && (await this.moveFrom(tx, [TransferState.Created], move));
    const moved = sentAfterAll || (await this.moveFrom(tx, OPEN_TRANSFERS, move));
    const late = !moved && state === TransferState.Succeeded && (await this.moveFrom(tx, GIVEN_UP, move));
    const transfer = await tx.first<PayoutTransferEntity>('SELECT * FROM payout_transfers WHERE id = ?', [transferId]);
    if (transfer === null) throw new Error(`transfer ${transferId} is gone`);
    if (sentAfterAll) {
      const sql = 'UPDATE payout_requests SET submittedCount = submittedCount + 1 WHERE id = ?';
      await tx.execute(sql, [transfer.requestId]);
    }
    if (late) await this.arriveLate(tx, transfer, at);
    else if (!moved) await this.lookAt(tx, transfer, state);
    else if (!isOpen(state)) await this.end(tx, transfer, state, at);
    if (isOpen(state)) await this.notePhase(tx, move);
    if ((moved || late) && isThere) await this.countAgain(tx, transfer, at);
    return moved || late;
  }

  /** What was put back gave its place in the merchant's day back too (R5.5), and is there after all. */
  private async countAgain(tx: Tx, { id, amountFen }: PayoutTransferEntity, at: number): Promise<void> {
    const sql = 'UPDATE payout_transfers SET submittedAt = ? WHERE id = ? AND submittedAt IS NULL';
    if ((await tx.execute(sql, [at, id])) === 1) await this.limits.note(tx, amountFen, at);
  }

  /** Where an open transfer stands: for people to see, nothing is decided by it. */
  private async notePhase(tx: Tx, { transferId, standing, at }: Move): Promise<void> {
    const phase = PHASES[standing.state] ?? null;
    const packageInfo = standing.state === 'waiting' ? (standing.packageInfo ?? null) : null;
    const sql = `UPDATE payout_transfers SET phaseAt = CASE WHEN phase = ? THEN phaseAt ELSE ? END, phase = ?,
      providerNo = COALESCE(providerNo, ?), packageInfo = COALESCE(?, packageInfo)
      WHERE id = ? AND checks > 0 AND state IN (${OPEN_TRANSFERS.map(() => '?').join(', ')})`;
    const { providerNo } = standing;
    await tx.execute(sql, [phase, at, phase, providerNo, packageInfo, transferId, ...OPEN_TRANSFERS]);
  }

  private async moveFrom(tx: Tx, from: readonly TransferState[], { transferId, standing, at }: Move): Promise<boolean> {
    const state = STATES[standing.state];
    const states = thatMayBecome(state, from);
    if (states.length === 0) return false;
    const failReason = 'reason' in standing ? standing.reason.slice(0, LONGEST_REASON) : null;
    const finishedAt = isOpen(state) ? null : at;
    // What has ended needs neither her confirmation nor her name any more.
    const ends = isOpen(state) ? '' : ', phase = NULL, phaseAt = NULL, packageInfo = NULL, payeeNameSealed = NULL';
    // What was never sent cannot have arrived.
    const moved = await tx.execute(
      `UPDATE payout_transfers SET state = ?, providerNo = COALESCE(?, providerNo), failReason = ?, finishedAt = ?${ends}
       WHERE id = ? AND checks > 0 AND state IN (${states.map(() => '?').join(', ')})`,
      [state, standing.providerNo, failReason, finishedAt, transferId, ...states],
    );
    return moved === 1;
  }

  private async end(tx: Tx, transfer: PayoutTransferEntity, state: Ended, at: number): Promise<void> {
    const { requestId } = transfer;
    await tx.execute('UPDATE payout_requests SET endedCount = endedCount + 1 WHERE id = ?', [requestId]);
    // A statement of its own: engines differ on whether an UPDATE sees what it has just set.
    await tx.execute(
      'UPDATE payout_requests SET state = ?, doneAt = ? WHERE id = ? AND state = ? AND endedCount = transferCount',
      [PayoutState.Done, at, requestId, PayoutState.Approved],
    );
    if (state === TransferState.Succeeded) {
      await this.accounts.arrive(tx, transfer, at);
      return this.announce(tx, transfer, at);
    }
    const payout = await this.payoutOf(tx, transfer);
    await this.accounts.comeBack(tx, transfer, payout.requestedAt, at);
    const back = `${formatYuan(transfer.grossFen)} 元已退回可用余额，可以重新申请。`;
    await this.tell(tx, transfer, at, {
      kind: GuideNoticeKind.PayoutDecided,
      ...(transfer.cancelAskedAt !== null && state === TransferState.Cancelled
        ? { title: '转账已撤回', body: back }
        : { title: '提现未到账', body: `转账未成功（${transfer.failReason ?? ''}），${back}` }),
    });
  }

  /**
   * The provider paid what it had refused, or what was given up here. The money is gone, so the books say so, else it
   * could be asked for and paid a second time: the balance may become negative, which holds what is not yet sent (C11),
   * and the day's limit may be passed.
   */
  private async arriveLate(tx: Tx, transfer: PayoutTransferEntity, at: number): Promise<void> {
    const { id, requestId } = transfer;
    this.logger.error({ message: 'a transfer that had ended without its money has arrived', transferId: id });
    await tx.execute('UPDATE payout_transfers SET failReason = ? WHERE id = ?', [ARRIVED_LATE, id]);
    await tx.execute(
      'UPDATE payout_requests SET state = ?, doneAt = ?, endedCount = transferCount WHERE id = ? AND state = ?',
      [PayoutState.Done, at, requestId, PayoutState.Cancelled],
    );
    const payout = await this.payoutOf(tx, transfer);
    await this.accounts.arriveLate(tx, transfer, payout.requestedAt, at);
    await this.announce(tx, transfer, at);
    await this.tell(tx, transfer, at, {
      kind: GuideNoticeKind.PayoutEnded,
      title: '提现已到账',
      body: `此前未成功的 ${formatYuan(transfer.grossFen)} 元转账实际已经到账，已从可用余额中扣除。`,
    });
  }

  /**
   * A second word about a transfer that ended is a repetition, or contradicts the first. Of one that had arrived, no
   * money is moved: to give it back on a word that may be wrong would pay her twice, and only the provider's account
   * can tell. Somebody must look: the transfer says so, and is among HQ's money tasks.
   */
  private async lookAt(tx: Tx, transfer: PayoutTransferEntity, reported: Reported): Promise<void> {
    const { id, state } = transfer;
    if (state === reported || transfer.finishedAt === null || isOpen(reported)) return;
    this.logger.error({ message: 'a transfer that had ended is reported otherwise', transferId: id, state, reported });
    if (state !== TransferState.Succeeded) return;
    await tx.execute('UPDATE payout_transfers SET failReason = ? WHERE id = ? AND state = ?', [
      FAILED_LATE,
      id,
      TransferState.Succeeded,
    ]);
  }

  private announce(tx: Tx, { id, guideId, amountFen }: PayoutTransferEntity, at: number): Promise<void> {
    return this.outbox.add(tx, EventType.PayoutArrived, id, at, { guideId, transferId: id, amountFen, at });
  }

  private async payoutOf(tx: Tx, { requestId }: PayoutTransferEntity): Promise<PayoutRequestEntity> {
    const payout = await tx.first<PayoutRequestEntity>('SELECT * FROM payout_requests WHERE id = ?', [requestId]);
    if (payout === null) throw new Error(`payout ${requestId} is gone`);
    return payout;
  }

  private async tell(
    tx: Tx,
    { id, guideId }: PayoutTransferEntity,
    at: number,
    words: { kind: GuideNoticeKind; title: string; body: string },
  ): Promise<void> {
    await this.notices.put(tx, { guideId, subjectId: id, ...words, at });
  }
}
