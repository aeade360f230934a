/** States in the guide's words. */
import type { DisputeState, GuideOrder } from '@mall/shared/disputes';
import type { CommissionReceipt, CommissionState } from '@mall/shared/guides';
import type { PayoutState, StatementLine } from '@mall/shared/payouts';
import { ProblemType } from '@mall/shared/problems';
import { type ApiProblem, ClientFault, textOf } from '../../api/problem';

export const commissionStateText: Record<CommissionState, string> = {
  pending: '待收货',
  frozen: '待到期',
  available: '可提现',
  paid: '已发放',
  void: '已失效',
};

const tierTexts: Readonly<Record<string, string>> = {
  junior: '初级导购',
  standard: '导购',
  senior: '高级导购',
  lead: '店长',
};

/** A guide's tier in words; a tier that HQ named itself is shown as it is. */
export const tierText = (tier: string) => tierTexts[tier] ?? tier;

export const payoutStateText: Record<PayoutState, string> = {
  requested: '等待总部审核',
  approved: '转账中',
  rejected: '没有通过',
  cancelled: '已撤回',
  done: '已到账',
};

export const disputeStateText: Record<DisputeState, string> = {
  open: '申诉处理中',
  granted: '申诉成立',
  refused: '申诉未成立',
  withdrawn: '申诉已撤回',
};

export const accountText: Record<StatementLine['account'], string> = {
  available: '可提现',
  pending: '待收货',
  frozen: '待到期',
  paying: '提现中',
  paid: '已到账',
  withheld: '已代扣税',
};

/** What came of her hand in an order: `归我`, `协助`, `没归我`. */
export function outcomeText({ outcome, isAssist }: Pick<GuideOrder, 'outcome' | 'isAssist'>): string {
  if (outcome === 'won') return '归我';
  return isAssist ? '协助' : '没归我';
}

/** Why an appeal was not taken, and what to do next; the server's sentence knows the case. */
export function appealProblemText(problem: ApiProblem): string {
  switch (problem.type) {
    case ProblemType.DisputeNotAllowed:
      return problem.problem?.detail ?? '这一单现在不能申诉。';
    case ProblemType.DisputeDecided:
      return problem.problem?.detail ?? '总部已经答复过这一单，请看结果。';
    case ClientFault.Network:
      return '没有收到回应。再按一次即可，不会重复申诉。';
    default:
      return textOf(problem);
  }
}

/** `7.5%` of 750 basis points, from the digits. */
export function rateText(bps: number): string {
  const whole = Math.floor(bps / 100);
  const rest = (bps % 100).toString().padStart(2, '0').replace(/0+$/, '');
  return rest === '' ? `${whole}%` : `${whole}.${rest}%`;
}

/** R4.6: what the later part of a commission waits for. */
export const tailStateText: Record<NonNullable<CommissionReceipt['tail']>['state'], string> = {
  waiting: '还在等',
  vested: '条件已满足，到期后可提现',
  released: '已转为可提现',
  lapsed: '条件没有满足，归总部',
};
