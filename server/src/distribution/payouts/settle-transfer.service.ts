import { GuideNoticeKind } from '@mall/shared/guides';
import { formatYuan } from '@mall/shared/money';
import { PayoutState, TransferState } from '@mall/shared/payouts';
import { Injectable, Logger } from '@nestjs/common';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import type { Tx } from '../../platform/database/tx.js';
import { GuideNotices } from '../notices/notices.public.js';
import { transferStatesBefore } from './domain/payout-states.js';
import { PayoutAccounts } from './payout-accounts.js';
import type { PayoutRequestEntity } from './payout-request.entity.js';
import type { PayoutTransferEntity } from './payout-transfer.entity.js';
import type { TransferStanding } from './transfer-provider.js';

type Ended = typeof TransferState.Succeeded | typeof TransferState.Failed | typeof TransferState.Cancelled;

const STATES: Record<TransferStanding['state'], typeof TransferState.Waiting | Ended> = {
  waiting: TransferState.Waiting,
  succeeded: TransferState.Succeeded,
  failed: TransferState.Failed,
  cancelled: TransferState.Cancelled,
  expired: TransferState.Cancelled,
};
const LONGEST_REASON = 80;

/** Applies what the provider says of a transfer, from answer, query or notice, once (R5.1, R5.5). */
@Injectable()
export class SettleTransfer {
  private readonly logger = new Logger(SettleTransfer.name);

  constructor(
    private readonly accounts: PayoutAccounts,
    private readonly notices: GuideNotices,
    private readonly clock: BusinessClock,
  ) {}

  /** Whether it was news: a standing that was applied before, or that no longer can be, changes nothing. */
  async execute(tx: Tx, transferId: string, standing: TransferStanding): Promise<boolean> {
    const state = STATES[standing.state];
    const at = this.clock.now();
    const finishedAt = state === TransferState.Waiting ? null : at;
    const failReason = 'reason' in standing ? standing.reason.slice(0, LONGEST_REASON) : null;
    const from = transferStatesBefore(state);
    const moved = await tx.execute(
      `UPDATE payout_transfers SET state = ?, providerNo = COALESCE(?, providerNo), failReason = ?, finishedAt = ?
       WHERE id = ? AND state IN (${from.map(() => '?').join(', ')})`,
      [state, standing.providerNo, failReason, finishedAt, transferId, ...from],
    );
    const transfer = await tx.first<PayoutTransferEntity>('SELECT * FROM payout_transfers WHERE id = ?', [transferId]);
    if (transfer === null) throw new Error(`transfer ${transferId} is gone`);
    if (moved === 0) this.lookAt(transfer, state);
    else if (state !== TransferState.Waiting) await this.end(tx, transfer, state, at);
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
    if (state === TransferState.Succeeded) return this.accounts.arrive(tx, transfer, at);
    const payout = await tx.first<PayoutRequestEntity>('SELECT * FROM payout_requests WHERE id = ?', [requestId]);
    if (payout === null) throw new Error(`payout ${requestId} is gone`);
    await this.accounts.comeBack(tx, transfer, payout.requestedAt, at);
    await this.notices.put(tx, {
      guideId: transfer.guideId,
      kind: GuideNoticeKind.PayoutDecided,
      subjectId: transfer.id,
      title: '提现未到账',
      body: `${formatYuan(transfer.grossFen)} 元转账未成功（${transfer.failReason ?? ''}），金额已退回可用余额，可以重新申请。`,
      at,
    });
  }

  /** A second word about an ended transfer is a repetition, or it contradicts the first and somebody must look. */
  private lookAt(transfer: PayoutTransferEntity, reported: TransferState): void {
    if (transfer.state === reported || transfer.finishedAt === null || reported === TransferState.Waiting) return;
    const { id, state } = transfer;
    this.logger.error({ message: 'a transfer that had ended is reported otherwise', transferId: id, state, reported });
  }
}
