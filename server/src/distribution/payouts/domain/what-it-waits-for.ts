/** The sentence that tells a guide, and HQ, why a payout has not arrived yet (R5.5, C11). */
import { GuideStatus, PayeeType } from '@mall/shared/guides';
import { type Fen, formatYuan } from '@mall/shared/money';
import { PayoutState, TransferState } from '@mall/shared/payouts';

export interface PayoutStanding {
  state: PayoutState;
  payeeType: PayeeType;
  transferStates: readonly TransferState[];
  guideStatus: GuideStatus;
  availableFen: Fen;
  /** Whether anybody is there who could send it. */
  canBeSent: boolean;
}

/** Null when it waits for nothing. */
export function whatItWaitsFor(payout: PayoutStanding): string | null {
  if (payout.state === PayoutState.Requested) return '等待总部审批';
  if (payout.state !== PayoutState.Approved) return null;
  if (payout.payeeType === PayeeType.Employee) return '由工资发放';
  const some = (...states: TransferState[]): boolean => payout.transferStates.some((state) => states.includes(state));
  if (some(TransferState.Waiting)) return '等待您确认收款';
  if (some(TransferState.Submitted, TransferState.Unknown)) return '转账已提交，正在确认结果';
  if (payout.guideStatus === GuideStatus.Suspended) return '账号已暂停，恢复后继续打款';
  if (payout.availableFen < 0) {
    const partly = !payout.transferStates.every((state) => state === TransferState.Created);
    return `可用余额为 ${formatYuan(payout.availableFen)} 元，待新的佣金补足后继续打款；也可以撤销${partly ? '尚未打款的部分' : '本次提现'}`;
  }
  return payout.canBeSent ? '即将打款' : '打款通道尚未开通，开通后自动打款';
}
