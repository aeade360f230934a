/** The sentence that tells a guide, and HQ, why a payout has not arrived yet (R5.5, C11). */
import { GuideStatus, PayeeType } from '@mall/shared/guides';
import { type Fen, formatYuan } from '@mall/shared/money';
import { PayoutState, TransferPhase, TransferState } from '@mall/shared/payouts';
import { type TransferPlace, transferWords } from './transfer-words.js';

export interface PayoutStanding {
  state: PayoutState;
  payeeType: PayeeType;
  transfers: readonly TransferPlace[];
  guideStatus: GuideStatus;
  availableFen: Fen;
  /** Whether anybody is there who could send it. */
  canBeSent: boolean;
}

const ATTENTION = [TransferState.Waiting, TransferState.Submitted, TransferState.Unknown];

/** Null when it waits for nothing. */
export function whatItWaitsFor(payout: PayoutStanding): string | null {
  if (payout.state === PayoutState.Requested) return '等待总部审批';
  if (payout.state !== PayoutState.Approved) return null;
  if (payout.payeeType === PayeeType.Employee) return '由工资发放';
  // What she can do something about first, then what somebody else has in hand.
  const first = ATTENTION.flatMap((state) => payout.transfers.filter((transfer) => transfer.state === state))[0];
  if (first !== undefined) return transferWords(first);
  if (payout.guideStatus === GuideStatus.Suspended) return '账号已暂停，恢复后继续打款';
  if (payout.availableFen < 0) {
    const partly = !payout.transfers.every(({ state }) => state === TransferState.Created);
    return `可用余额为 ${formatYuan(payout.availableFen)} 元，待新的佣金补足后继续打款；也可以撤销${partly ? '尚未打款的部分' : '本次提现'}`;
  }
  if (payout.transfers.some(({ phase }) => phase === TransferPhase.Quota))
    return '商户的转账额度已用完，有额度后自动打款';
  return payout.canBeSent ? '即将打款' : '打款通道尚未开通，开通后自动打款';
}
