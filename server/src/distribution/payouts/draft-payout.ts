import type { PayeeType } from '@mall/shared/guides';
import type { Fen } from '@mall/shared/money';
import { PayoutState, TransferState, type WithholdingMethod } from '@mall/shared/payouts';
import { Injectable } from '@nestjs/common';
import { WallClock } from '../../platform/clock/wall-clock.js';
import type { Tx } from '../../platform/database/tx.js';
import { newId, ulidOf } from '../../platform/ids/ids.js';
import type { SettingValues } from '../../platform/settings/settings.js';
import { grossOfParts, splitPayout } from './domain/split-payout.js';
import { methodFor, TAX_TABLES, type Withheld, withhold } from './domain/withholding.js';
import { IncomeQueries } from './income.queries.js';
import { PayeeNames } from './payee-names.js';
import { PayoutAccounts } from './payout-accounts.js';
import { limitProblem } from './payout-limit-problem.js';
import type { PayoutRequestEntity } from './payout-request.entity.js';
import type { PayoutTransferEntity } from './payout-transfer.entity.js';

export interface Asked {
  id: string;
  guideId: string;
  payeeType: PayeeType;
  amountFen: Fen;
  values: SettingValues<'payouts'>;
  /** Business clock. */
  at: number;
}

export interface PayoutDraft {
  request: PayoutRequestEntity;
  transfers: PayoutTransferEntity[];
}

/** What a payout would be: its tax, and the transfers that its net goes out in, each with what WeChat must be told. */
@Injectable()
export class DraftPayout {
  constructor(
    private readonly accounts: PayoutAccounts,
    private readonly incomes: IncomeQueries,
    private readonly names: PayeeNames,
    private readonly wallClock: WallClock,
  ) {}

  /** Throws 422 `payout-limit` when the net cannot be split, 422 `payee-name-missing` when a part needs her name. */
  async execute(tx: Tx, asked: Asked): Promise<PayoutDraft> {
    const { id, guideId, payeeType, amountFen, values, at } = asked;
    const method = methodFor(payeeType, values.withholding);
    // Holds her balance, so that two payouts at one moment are taxed one after the other.
    await this.accounts.hold(tx, guideId);
    const before = await this.incomes.before(tx, { guideId, method }, at);
    const withheld = withhold(TAX_TABLES[method], amountFen, before);
    const parts = await this.split(tx, asked, withheld.netFen);
    const request = draftRequest({ id, guideId, payeeType, method, withheld, at, parts: parts.length });
    // An employee's goes out with her wages.
    const names = payeeType === 'employee' ? parts.map(() => null) : await this.names.forParts(tx, guideId, parts);
    return { request, transfers: draftTransfers(request, parts, names, this.wallClock.now()) };
  }

  private async split(tx: Tx, { guideId, values, at }: Asked, netFen: Fen): Promise<Fen[]> {
    const split = splitPayout(netFen, values);
    if ('parts' in split) return split.parts;
    throw limitProblem(split.refusal, netFen, values, await this.accounts.usedOn(tx, guideId, at));
  }
}

interface RequestDraft extends Pick<Asked, 'id' | 'guideId' | 'payeeType' | 'at'> {
  method: WithholdingMethod;
  withheld: Withheld;
  parts: number;
}

function draftRequest({ id, guideId, payeeType, method, withheld, at, parts }: RequestDraft): PayoutRequestEntity {
  return {
    id,
    guideId,
    amountFen: withheld.grossFen,
    taxFen: withheld.taxFen,
    netFen: withheld.netFen,
    payeeType,
    withholding: method,
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

function draftTransfers(
  request: PayoutRequestEntity,
  parts: readonly Fen[],
  names: readonly (string | null)[],
  wallNow: number,
): PayoutTransferEntity[] {
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
      payeeAccount: null,
      payeeNameSealed: names[index] ?? null,
      phase: null,
      phaseAt: null,
      packageInfo: null,
      cancelAskedAt: null,
    };
  });
}
