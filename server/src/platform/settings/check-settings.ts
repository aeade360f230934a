import type { FieldFault } from '@mall/shared/problems';
import { SETTING_DEFAULTS, type SettingName, type SettingValues } from './settings.js';

/** What a setting may be: a whole number from `min` to `max`, or one of the named choices. */
type Limit<V> = [V] extends [number] ? { min: number; max: number } : { choices: readonly V[] };
type Limits = { [N in SettingName]: { [K in keyof SettingValues<N>]: Limit<SettingValues<N>[K]> } };

const days = (min: number, max: number) => ({ min, max });
const BPS = { min: 0, max: 10_000 };

/** Beyond these a number is a slip of the hand. A new setting doesn't compile before it has its limit here. */
export const SETTING_LIMITS: Limits = {
  distribution: {
    touchWindowDays: days(1, 90),
    bindingValidDays: days(1, 3_650),
    bindingProtectionDays: days(0, 3_650),
    commissionFreezeDays: days(0, 365),
    commissionFinalDays: days(1, 730),
    selfPurchase: { choices: ['pays_nobody', 'pays_herself'] },
    franchiseTakeover: { choices: ['never', 'after_protection'] },
    guideChangeDays: days(0, 365),
    tailBps: BPS,
    tailVesting: { choices: ['days', 'second_order'] },
    tailDays: days(1, 365),
    marginFloorBps: BPS,
    dryRunDays: days(1, 180),
    coachIntents: { min: 1, max: 10_000 },
    coachDays: days(1, 90),
  },
  messages: {
    mostPerMember: { min: 0, max: 50 },
    windowDays: days(1, 90),
    couponReminderDays: days(1, 60),
  },
  payouts: {
    transferMinFen: { min: 1, max: 1_000_000 },
    transferMaxFen: { min: 1, max: 100_000_000 },
    dayMaxFen: { min: 1, max: 1_000_000_000 },
    autoApproveFen: { min: 0, max: 1_000_000_000 },
    merchantDayMaxFen: { min: 1, max: 100_000_000_000 },
    merchantMonthMaxFen: { min: 1, max: 1_000_000_000_000 },
    withholding: { choices: ['none', 'per_payment', 'platform_cumulative'] },
  },
  orders: {
    payWithinMinutes: { min: 1, max: 1_440 },
    afterSaleDays: days(0, 365),
    autoReceiveDays: days(1, 90),
    autoReceivePickupDays: days(1, 90),
  },
};

/** Pairs of one group that contradict each other: `smaller` must not exceed `larger` divided by `times`. */
interface Pair {
  smaller: string;
  larger: string;
  times: number;
  message: string;
}

const PAIRS: Record<SettingName, readonly Pair[]> = {
  distribution: [
    { smaller: 'bindingProtectionDays', larger: 'bindingValidDays', times: 1, message: '保护期不能长于绑定有效期' },
    { smaller: 'commissionFreezeDays', larger: 'commissionFinalDays', times: 1, message: '冻结期不能长于追回期' },
    // R4.6: what has not vested by finality is HQ's.
    { smaller: 'tailDays', larger: 'commissionFinalDays', times: 1, message: '尾款归属期不能长于追回期' },
  ],
  messages: [],
  payouts: [
    // R5.5: an amount just over the maximum is split in two, and neither part may be under the minimum.
    { smaller: 'transferMinFen', larger: 'transferMaxFen', times: 2, message: '单笔上限至少是单笔下限的两倍' },
    { smaller: 'transferMaxFen', larger: 'dayMaxFen', times: 1, message: '单笔上限不能高于每日上限' },
    // A transfer over it could never be sent.
    { smaller: 'transferMaxFen', larger: 'merchantDayMaxFen', times: 1, message: '单笔上限不能高于商户每日上限' },
    { smaller: 'merchantDayMaxFen', larger: 'merchantMonthMaxFen', times: 1, message: '商户每日上限不能高于每月上限' },
  ],
  orders: [],
};

function faultOf(limit: Limit<number> | Limit<string>, value: unknown): string | null {
  if ('choices' in limit) {
    return limit.choices.includes(value as string) ? null : `须为 ${limit.choices.join('、')} 之一`;
  }
  const { min, max } = limit;
  const isGood = typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max;
  return isGood ? null : `须为 ${min} 到 ${max} 的整数`;
}

/** Faults of a change by itself: unknown names, wrong kinds, values out of range. Empty: it may be merged. */
export function faultsInChange(name: SettingName, change: Readonly<Record<string, unknown>>): FieldFault[] {
  const limits = SETTING_LIMITS[name] as Record<string, Limit<number> | Limit<string>>;
  const entries = Object.entries(change);
  if (entries.length === 0) return [{ path: 'values', message: '没有要修改的设置' }];
  return entries.flatMap(([key, value]) => {
    const limit = Object.hasOwn(SETTING_DEFAULTS[name], key) ? limits[key] : undefined;
    const message = limit === undefined ? '没有这项设置' : faultOf(limit, value);
    return message === null ? [] : [{ path: `values.${key}`, message }];
  });
}

/** Faults of a complete version: values that contradict each other. */
export function faultsInVersion<N extends SettingName>(name: N, values: SettingValues<N>): FieldFault[] {
  const numbers = values as unknown as Record<string, number>;
  return PAIRS[name].flatMap(({ smaller, larger, times, message }) =>
    (numbers[smaller] ?? 0) * times <= (numbers[larger] ?? 0) ? [] : [{ path: `values.${smaller}`, message }],
  );
}
