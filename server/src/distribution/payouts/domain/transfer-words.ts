/** How a transfer stands, in the words that the guide and HQ read (R5.5). */
import { TransferPhase, TransferState } from '@mall/shared/payouts';

export interface TransferPlace {
  state: TransferState;
  phase: TransferPhase | null;
  /** Somebody has asked to take it back. */
  isAskedBack: boolean;
}

const STATES: Record<TransferState, string> = {
  [TransferState.Created]: '待打款',
  [TransferState.Submitted]: '转账已提交，正在确认结果',
  [TransferState.Waiting]: '等待您确认收款',
  [TransferState.Unknown]: '转账已提交，正在确认结果',
  [TransferState.Succeeded]: '已到账',
  [TransferState.Failed]: '未成功，已退回余额',
  [TransferState.Cancelled]: '已撤销，已退回余额',
};
const PHASES: Record<TransferPhase, string> = {
  [TransferPhase.Quota]: '商户的转账额度已用完，有额度后自动打款',
  [TransferPhase.Locking]: '微信已受理，正在准备资金',
  [TransferPhase.Confirm]: '等待您确认收款',
  [TransferPhase.Arriving]: '您已确认，正在到账',
  [TransferPhase.Cancelling]: '正在撤回',
};
const ENDED: readonly TransferState[] = [TransferState.Succeeded, TransferState.Failed, TransferState.Cancelled];

/** What WeChat has said, and what it was asked since; null when it has ended or was not sent. */
export function phaseOf({ state, phase, isAskedBack }: TransferPlace): TransferPhase | null {
  if (ENDED.includes(state)) return null;
  return isAskedBack && phase !== TransferPhase.Arriving ? TransferPhase.Cancelling : phase;
}

export function transferWords(place: TransferPlace): string {
  const phase = phaseOf(place);
  return phase === null ? STATES[place.state] : PHASES[phase];
}
