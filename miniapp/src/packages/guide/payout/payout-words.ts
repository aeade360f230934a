import { type Fen, ZERO_FEN } from '@mall/shared/money';
import type { GuideBalance, Payout, PayoutTransfer } from '@mall/shared/payouts';
import { ProblemType } from '@mall/shared/problems';
import { type ApiProblem, ClientFault, textOf } from '../../../api/problem';
import { shortMomentText } from '../../../platform/clock';
import { shortYuanText, yuanText } from '../../../theme/price';
import { payoutStateText } from '../guide-words';
import type { TypedAmount } from './parse-yuan';

/** What is wrong with the amount as it stands; null: it can be asked for. The server decides again. */
export function amountFault(typed: TypedAmount, balance: GuideBalance): string | null {
  if (typed.kind === 'empty') return '请填要提现的金额';
  if (typed.kind === 'garbage') return '请填数字，如 100.00';
  if (typed.fen === 0) return '金额要大于 0';
  if (typed.fen < balance.limits.transferMinFen) return `一次至少 ${yuanText(balance.limits.transferMinFen)}`;
  if (typed.fen > balance.requestableFen) return `现在最多可以提现 ${yuanText(balance.requestableFen)}`;
  return null;
}

/** R5.5's limits as sentences. */
export function limitTexts({ limits, payeeType }: GuideBalance): string[] {
  const most = shortYuanText(limits.transferMaxFen);
  return [
    `每笔转账 ${shortYuanText(limits.transferMinFen)} 到 ${most}，超过 ${most} 会分成几笔到账。`,
    `每天最多 ${shortYuanText(limits.dayMaxFen)}，今天还可以提现 ${shortYuanText(limits.leftTodayFen)}。`,
    payeeType === 'employee' ? '您是门店员工，提现经总部审批后随工资发放。' : '转账需要您在微信里确认收款。',
  ];
}

/** R5.3: what a balance below zero means; null when it is not. */
export function debtText(availableFen: Fen): string | null {
  if (availableFen >= ZERO_FEN) return null;
  return `有订单在提现之后退了款，需要扣回 ${shortYuanText(availableFen).slice(1)}。之后的佣金会先抵扣它，抵完就可以继续提现。`;
}

/** Why the request was not taken, and what to do next. The server's sentence holds the numbers. */
export function refusalText(problem: ApiProblem): string {
  switch (problem.type) {
    case ClientFault.Network:
      return '没有收到回应。再按一次即可，不会重复提现。';
    case ProblemType.BalanceInsufficient:
      return problem.problem?.detail ?? '可提现的金额有变化，请看过最新的余额再提现。';
    case ProblemType.PayoutLimit:
      return problem.problem?.detail ?? '超出了提现的限额，请改一个金额。';
    case ProblemType.PayeeNameMissing:
      return problem.problem?.detail ?? '这笔转账要先填真实姓名。';
    case ProblemType.PayoutStateConflict:
      return problem.problem?.detail ?? '这笔提现已经往前走了，请看最新的情况。';
    default:
      return textOf(problem);
  }
}

/** How it stands. One whose transfers have all ended is done, whether the money arrived or came back. */
export function stateTextOf({ state, transfers }: Payout): string {
  const arrived = transfers.filter(({ state: at }) => at === 'succeeded').length;
  if (state !== 'done' || arrived === transfers.length) return payoutStateText[state];
  return arrived === 0 ? '没有到账，已退回' : '部分到账';
}

/** True while some of it has neither ended nor been confirmed by her; what WeChat has is asked back from there. */
export function canCancel({ state, transfers }: Payout): boolean {
  const open = state === 'requested' || state === 'approved';
  return (
    open && transfers.some(({ state: at, phase }) => at === 'created' || (at === 'waiting' && phase === 'confirm'))
  );
}

/** Whether the next thing is a matter of seconds, and neither hers nor HQ's: being sent, arriving, being taken back. */
export function isMoving({ state, transfers }: Payout): boolean {
  if (state !== 'approved') return false;
  return transfers.some(({ state: at, phase }) => {
    if (at === 'waiting') return phase === 'arriving' || phase === 'cancelling';
    const isOpen = at === 'created' || at === 'submitted' || at === 'unknown';
    return isOpen && phase !== 'quota' && phase !== 'locking';
  });
}

const CONFIRM_WITHIN_MS = 24 * 3_600_000;

/** The date that matters of a transfer now; null: none does. */
export function timeTextOf({ phase, phaseAt, submittedAt, finishedAt }: PayoutTransfer): string | null {
  if (finishedAt !== null) return submittedAt === null ? null : shortMomentText(finishedAt);
  if (phase === 'confirm' && phaseAt !== null) return `请在 ${shortMomentText(phaseAt + CONFIRM_WITHIN_MS)} 前确认`;
  return submittedAt === null ? null : `${shortMomentText(submittedAt)} 提交`;
}
