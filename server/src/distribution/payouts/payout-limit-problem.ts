import { type Fen, fen, formatYuan } from '@mall/shared/money';
import type { GuideBalance } from '@mall/shared/payouts';
import { ProblemType } from '@mall/shared/problems';
import { ProblemError } from '../../platform/http/problem.js';
import type { SettingValues } from '../../platform/settings/settings.js';
import { largestPayable, type SplitRefusal } from './domain/split-payout.js';

/** The limits as the guide is told them, with what is left of the day. */
export function limitsOf(values: SettingValues<'payouts'>, usedFen: Fen): GuideBalance['limits'] {
  return {
    transferMinFen: fen(values.transferMinFen),
    transferMaxFen: fen(values.transferMaxFen),
    dayMaxFen: fen(values.dayMaxFen),
    // HQ may have lowered the limit below what was used before.
    leftTodayFen: fen(Math.max(0, values.dayMaxFen - usedFen)),
  };
}

/** 422 with the reason, the limits, and what is left of the day (C24). */
export function limitProblem(
  reason: SplitRefusal | 'day_limit',
  amountFen: Fen,
  values: SettingValues<'payouts'>,
  usedFen: Fen,
): ProblemError {
  const limits = limitsOf(values, usedFen);
  const yuan = (amount: number): string => formatYuan(fen(amount));
  const details = {
    below_minimum: `提现金额不能低于 ${yuan(values.transferMinFen)} 元`,
    unsplittable: `${yuan(amountFen)} 元无法拆成每笔 ${yuan(values.transferMinFen)} 至 ${yuan(values.transferMaxFen)} 元的转账，可以改为 ${yuan(largestPayable(amountFen, values))} 元`,
    day_limit: `每日最多提现 ${yuan(values.dayMaxFen)} 元，今天还可以提现 ${yuan(limits.leftTodayFen)} 元`,
  };
  return new ProblemError(ProblemType.PayoutLimit, { detail: details[reason], reason, amountFen, limits });
}
