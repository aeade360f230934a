import { GuideNoticeKind } from '@mall/shared/guides';
import { addFen, type Fen, formatYuan, ZERO_FEN } from '@mall/shared/money';
import { PayoutState, TransferState } from '@mall/shared/payouts';
import { ProblemType } from '@mall/shared/problems';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { WallClock } from '../../platform/clock/wall-clock.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { notFound, ProblemError } from '../../platform/http/problem.js';
import { GuideNotices } from '../notices/notices.public.js';
import { OPEN_TRANSFERS, payoutWords } from './domain/payout-states.js';
import { PayoutAccounts } from './payout-accounts.js';
import type { PayoutRequestEntity } from './payout-request.entity.js';
import type { PayoutTransferEntity } from './payout-transfer.entity.js';

export interface PayoutCancellation {
  actor: { id: string; name: string };
  payoutId: string;
  reason: string;
}

/**
 * Takes back what of a payout was not submitted; its money is available again, and its share of the day's limit (D11).
 * Of submitting and this, the request's row decides, which both write first. What was submitted and has not ended is
 * asked back from the provider, by the job: its money returns when the provider says so, and if she confirms first, she
 * has it.
 */
@Injectable()
export class CancelPayout {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly accounts: PayoutAccounts,
    private readonly notices: GuideNotices,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
    private readonly wallClock: WallClock,
  ) {}

  /** By the guide. Throws 404 for what is not hers, 409 `payout-state-conflict` when nothing is left to take back. */
  async execute(guideId: string, payoutId: string): Promise<void> {
    await this.unitOfWork.run((tx) => this.cancel(tx, payoutId, guideId));
  }

  /** By HQ, for an approved payout that can or shall not go on. Audited, and the guide is told. Throws as above. */
  async byHq({ actor, payoutId, reason }: PayoutCancellation): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const { payout, backFen } = await this.cancel(tx, payoutId, null);
      const { guideId, state } = payout;
      await this.audit.record(tx, {
        actor,
        action: 'payout.cancel',
        subject: payoutId,
        old: { state: PayoutState.Approved },
        new: { state, guideId, returnedFen: backFen },
        reason,
      });
      await this.notices.put(tx, {
        guideId,
        kind: GuideNoticeKind.PayoutEnded,
        subjectId: payoutId,
        title: '提现已由总部撤销',
        body:
          backFen === 0
            ? `您的提现正由总部撤回：${reason}。微信确认撤回后，金额退回可用余额。`
            : `您的提现中尚未打款的 ${formatYuan(backFen)} 元已由总部撤销：${reason}。金额已退回可用余额。`,
        at: this.clock.now(),
      });
    });
  }

  private async cancel(tx: Tx, payoutId: string, guideId: string | null) {
    const at = this.clock.now();
    const locked = await tx.execute(
      `UPDATE payout_requests SET endedCount = endedCount + 0
       WHERE id = ? AND guideId = COALESCE(?, guideId) AND state IN ('${PayoutState.Requested}', '${PayoutState.Approved}')`,
      [payoutId, guideId],
    );
    const before = await this.find(tx, payoutId, guideId);
    const unsent = locked === 0 ? [] : await this.endUnsent(tx, before, at);
    const asked = locked === 0 ? 0 : await this.askBack(tx, before, at);
    if (unsent.length + asked === 0) throw conflict(before);
    if (unsent.length === 0) return { payout: before, backFen: ZERO_FEN };
    // Nothing was sent and nothing ended before: the payout as a whole is undone by one posting.
    if (unsent.length === before.transferCount) {
      await this.become(tx, before, { state: PayoutState.Cancelled, ended: 0, at });
      await this.accounts.giveBack(tx, before, at);
    } else {
      await this.becomeWhatIsLeft(tx, before, unsent.length, at);
      for (const transfer of unsent) await this.accounts.comeBack(tx, transfer, before.requestedAt, at);
    }
    const backFen = unsent.reduce<Fen>((sum, { grossFen }) => addFen(sum, grossFen), ZERO_FEN);
    return { payout: await this.find(tx, payoutId, guideId), backFen };
  }

  /** created → cancelled, each by an update of its own that decides. */
  private async endUnsent(tx: Tx, { id }: PayoutRequestEntity, at: number): Promise<PayoutTransferEntity[]> {
    const created = await tx.query<PayoutTransferEntity>(
      'SELECT * FROM payout_transfers WHERE requestId = ? AND state = ? ORDER BY position',
      [id, TransferState.Created],
    );
    const ended: PayoutTransferEntity[] = [];
    for (const transfer of created) {
      const sql = 'UPDATE payout_transfers SET state = ?, failReason = ?, finishedAt = ? WHERE id = ? AND state = ?';
      const values = [TransferState.Cancelled, '已撤销', at, transfer.id, TransferState.Created];
      if ((await tx.execute(sql, values)) === 1) ended.push(transfer);
    }
    return ended;
  }

  /**
   * How many were newly asked back. One that waits is asked at once; about another, a first call may still be on its
   * way, so its lease stays.
   */
  private async askBack(tx: Tx, { id }: PayoutRequestEntity, at: number): Promise<number> {
    await tx.execute(
      `UPDATE payout_transfers SET nextCheckAt = ? WHERE requestId = ? AND cancelAskedAt IS NULL AND state = ?`,
      [this.wallClock.now(), id, TransferState.Waiting],
    );
    return tx.execute(
      `UPDATE payout_transfers SET cancelAskedAt = ? WHERE requestId = ? AND cancelAskedAt IS NULL
         AND state IN (${OPEN_TRANSFERS.map(() => '?').join(', ')})`,
      [at, id, ...OPEN_TRANSFERS],
    );
  }

  /** Done when the others have ended too; cancelled when none of them was ever sent. */
  private async becomeWhatIsLeft(tx: Tx, payout: PayoutRequestEntity, ended: number, at: number): Promise<void> {
    const last = payout.endedCount + ended === payout.transferCount;
    const end = payout.submittedCount === 0 ? PayoutState.Cancelled : PayoutState.Done;
    await this.become(tx, payout, { state: last ? end : (payout.state as PayoutState), ended, at: last ? at : null });
  }

  private async become(
    tx: Tx,
    payout: PayoutRequestEntity,
    { state, ended, at }: { state: PayoutState; ended: number; at: number | null },
  ): Promise<void> {
    const written = await tx.execute(
      `UPDATE payout_requests SET state = ?, doneAt = ?, endedCount = endedCount + ?
       WHERE id = ? AND state = ? AND endedCount = ? AND submittedCount = ?`,
      [state, at, ended, payout.id, payout.state, payout.endedCount, payout.submittedCount],
    );
    if (written === 0) throw new Error(`payout ${payout.id} changed under its lock`);
  }

  private async find(tx: Tx, payoutId: string, guideId: string | null): Promise<PayoutRequestEntity> {
    const sql = 'SELECT * FROM payout_requests WHERE id = ? AND guideId = COALESCE(?, guideId)';
    const payout = await tx.first<PayoutRequestEntity>(sql, [payoutId, guideId]);
    if (payout === null) throw notFound();
    return payout;
  }
}

function conflict({ state }: PayoutRequestEntity): ProblemError {
  const words = payoutWords(state as PayoutState);
  const sent = state === PayoutState.Approved || state === PayoutState.Requested;
  const detail = sent ? '转账已经结束或正在撤回，不能再撤销' : `提现申请${words}，不能撤销`;
  return new ProblemError(ProblemType.PayoutStateConflict, { detail, payoutState: state });
}
