import { GuideStatus, PayeeType } from '@mall/shared/guides';
import { type Fen, formatYuan } from '@mall/shared/money';
import { type PayoutInput, PayoutState, TransferState } from '@mall/shared/payouts';
import { ProblemType } from '@mall/shared/problems';
import { Injectable } from '@nestjs/common';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { WallClock } from '../../platform/clock/wall-clock.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Idempotency } from '../../platform/http/idempotency.js';
import { notFound, ProblemError } from '../../platform/http/problem.js';
import { newId, ulidOf } from '../../platform/ids/ids.js';
import { Settings, type SettingValues } from '../../platform/settings/settings.js';
import { grossOfParts, splitPayout } from './domain/split-payout.js';
import { type Withheld, withhold } from './domain/withholding.js';
import { PayoutAccounts } from './payout-accounts.js';
import { limitProblem } from './payout-limit-problem.js';
import { PayoutRequestEntity } from './payout-request.entity.js';
import { PayoutTransferEntity } from './payout-transfer.entity.js';

/** A guide asks for her available money (R5.5). Her limit, her balance and the request move together or not at all. */
@Injectable()
export class RequestPayout {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly accounts: PayoutAccounts,
    private readonly idempotency: Idempotency,
    private readonly settings: Settings,
    private readonly clock: BusinessClock,
    private readonly wallClock: WallClock,
  ) {}

  /**
   * Returns the payout's id; the same one for the same key.
   * @throws 409 `guide-state-conflict` while suspended (R2.4: the money waits), 409 `balance-insufficient`,
   *   422 `payout-limit` with the limits and what is left of the day
   */
  execute(guideId: string, key: string, { amountFen }: PayoutInput): Promise<string> {
    const id = newId('pyo');
    return this.unitOfWork.run(async (tx) => {
      const call = { actorId: guideId, operation: 'request-payout', key, body: { amountFen } };
      const earlier = await this.idempotency.claim(tx, call, id);
      if (earlier !== null) return earlier;
      const at = this.clock.now();
      const { values } = await this.settings.at(tx, 'payouts', at);
      const payeeType = await this.payeeTypeOf(tx, guideId);
      const withheld = withhold(payeeType, amountFen);
      const parts = await this.split(tx, guideId, withheld.netFen, values, at);
      const request = draftRequest({ id, guideId, payeeType, withheld, at, parts: parts.length });
      await this.take(tx, request, values);
      await tx.insert(PayoutRequestEntity, await this.approvedIfSmall(tx, request, values));
      await tx.insert(PayoutTransferEntity, draftTransfers(request, parts, this.wallClock.now()));
      return id;
    });
  }

  private async payeeTypeOf(tx: Tx, guideId: string): Promise<PayeeType> {
    const sql = 'SELECT status, payeeType FROM guides WHERE id = ?';
    const guide = await tx.first<{ status: string; payeeType: PayeeType }>(sql, [guideId]);
    if (guide === null) throw notFound();
    if (guide.status === GuideStatus.Suspended) {
      const detail = '账号已暂停，暂时不能提现；您的余额会一直保留';
      throw new ProblemError(ProblemType.GuideStateConflict, { detail, guideStatus: guide.status });
    }
    return guide.payeeType;
  }

  private async split(
    tx: Tx,
    guideId: string,
    netFen: Fen,
    values: SettingValues<'payouts'>,
    at: number,
  ): Promise<Fen[]> {
    const split = splitPayout(netFen, values);
    if ('parts' in split) return split.parts;
    throw limitProblem(split.refusal, netFen, values, await this.accounts.usedOn(tx, guideId, at));
  }

  /**
   * R5.5: approved by itself while the day's requests together, this one among them, are within the threshold: many
   * small ones are one large one. An employee's waits for HQ always: it is paid with her wages.
   */
  private async approvedIfSmall(
    tx: Tx,
    request: PayoutRequestEntity,
    { autoApproveFen }: SettingValues<'payouts'>,
  ): Promise<PayoutRequestEntity> {
    const { guideId, payeeType, requestedAt } = request;
    // Its own update of the day holds the day's row, so that of requests at one moment each sees the ones before.
    const small = (await this.accounts.usedOn(tx, guideId, requestedAt)) <= autoApproveFen;
    if (!small || payeeType === PayeeType.Employee) return request;
    return { ...request, state: PayoutState.Approved, decidedAt: requestedAt };
  }

  private async take(tx: Tx, request: PayoutRequestEntity, values: SettingValues<'payouts'>): Promise<void> {
    const { guideId, amountFen, requestedAt } = request;
    if (!(await this.accounts.takeDay(tx, request, values.dayMaxFen))) {
      throw limitProblem('day_limit', amountFen, values, await this.accounts.usedOn(tx, guideId, requestedAt));
    }
    if (await this.accounts.debit(tx, request, requestedAt)) return;
    const availableFen = await this.accounts.availableOf(tx, guideId);
    const detail = `可用余额 ${formatYuan(availableFen)} 元，不足以提现 ${formatYuan(amountFen)} 元`;
    throw new ProblemError(ProblemType.BalanceInsufficient, { detail, availableFen, amountFen });
  }
}

interface Draft {
  id: string;
  guideId: string;
  payeeType: PayeeType;
  withheld: Withheld;
  at: number;
  parts: number;
}

function draftRequest({ id, guideId, payeeType, withheld, at, parts }: Draft): PayoutRequestEntity {
  return {
    id,
    guideId,
    amountFen: withheld.grossFen,
    taxFen: withheld.taxFen,
    netFen: withheld.netFen,
    payeeType,
    state: PayoutState.Requested,
    requestedAt: at,
    decidedAt: null,
    decidedBy: null,
    decisionReason: null,
    doneAt: null,
    transferCount: parts,
    submittedCount: 0,
    endedCount: 0,
  };
}

function draftTransfers(request: PayoutRequestEntity, parts: readonly Fen[], wallNow: number): PayoutTransferEntity[] {
  const gross = grossOfParts(parts, request.taxFen);
  return parts.map((amountFen, index) => {
    const id = newId('pyt');
    return {
      id,
      requestId: request.id,
      guideId: request.guideId,
      position: index + 1,
      amountFen,
      grossFen: gross[index] ?? amountFen,
      outBillNo: ulidOf(id),
      state: TransferState.Created,
      providerNo: null,
      failReason: null,
      nextCheckAt: wallNow,
      checks: 0,
      submittedAt: null,
      finishedAt: null,
    };
  });
}
