import { GuideStatus, PayeeType } from '@mall/shared/guides';
import { formatYuan } from '@mall/shared/money';
import { type PayoutInput, PayoutState } from '@mall/shared/payouts';
import { ProblemType } from '@mall/shared/problems';
import { Injectable } from '@nestjs/common';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Idempotency } from '../../platform/http/idempotency.js';
import { notFound, ProblemError } from '../../platform/http/problem.js';
import { newId } from '../../platform/ids/ids.js';
import { Settings, type SettingValues } from '../../platform/settings/settings.js';
import { DraftPayout } from './draft-payout.js';
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
    private readonly drafts: DraftPayout,
  ) {}

  /**
   * Returns the payout's id; the same one for the same key.
   * @throws 409 `guide-state-conflict` while suspended (R2.4: the money waits), 409 `balance-insufficient`,
   *   422 `payee-name-missing` for a transfer so large that WeChat checks the name, 422 `payout-limit` with the limits and what is left of the day
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
      const draft = await this.drafts.execute(tx, { id, guideId, payeeType, amountFen, values, at });
      await this.take(tx, draft.request, values);
      await tx.insert(PayoutRequestEntity, await this.approvedIfSmall(tx, draft.request, values));
      await tx.insert(PayoutTransferEntity, draft.transfers);
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
