/** R5.6: the words of a receipt, in Chinese. Pure. */
import type { Fen } from '@mall/shared/money';
import { percentText } from '../rates/rates.public.js';

const FACTS: Record<string, string> = {
  accrued: '顾客付款，佣金待收货',
  frozen: '顾客收货，佣金冻结中',
  released: '售后期结束，佣金可用',
  vested: '后结部分已到期，佣金可用',
  lapsed: '期限内没有复购，后结部分归总部',
  reversed: '顾客退款，扣回相应部分',
  moved: '申诉裁定，佣金转入',
};

/** @param sourceKind tells an accrual by a dispute's decision from one by payment */
export function factText(sourceKind: string, fact: string): string {
  if (sourceKind === 'dispute' && fact === 'accrued') return '申诉裁定，补记佣金';
  return FACTS[fact] ?? fact;
}

export const REFUNDED_BEFORE = '裁定之前已退款的部分，不计佣金';

export function refundText(bearing: 'charged' | 'goodwill' | 'final'): string {
  const texts = {
    charged: '顾客退款，按比例扣回佣金',
    goodwill: '善意退款，由总部承担，不扣佣金',
    final: '佣金结清后的退款，由总部承担，不扣佣金',
  };
  return texts[bearing];
}

export function movedText(reason: string | null): string {
  return `经总部对申诉的裁定归您${reason === null ? '' : `：${reason}`}`;
}

export interface TailWords {
  bps: number;
  vesting: 'days' | 'second_order';
  state: 'waiting' | 'vested' | 'released' | 'lapsed';
}

/** What part vests later, on what, and how that stands. */
export function tailSentence({ bps, vesting, state }: TailWords): string {
  const condition = vesting === 'days' ? '期满后' : '顾客再次购买后';
  const states = {
    waiting: '尚未到期',
    vested: '已满足条件，随主佣金发放',
    released: '已发放',
    lapsed: '期限内没有复购，归总部',
  };
  return `其中 ${percentText(bps)} 在${condition}发放，${states[state]}`;
}

/** `17594 分 × 7.5% = 1319.55 分`, from whole numbers: the exact product before it is rounded down (R1.3). */
export function computationText(baseFen: Fen, rateBps: number): string {
  const exact = (BigInt(baseFen) * BigInt(rateBps)).toString().padStart(5, '0');
  const fraction = exact.slice(-4).replace(/0+$/, '');
  const product = `${exact.slice(0, -4)}${fraction === '' ? '' : `.${fraction}`}`;
  return `${baseFen} 分 × ${percentText(rateBps)} = ${product} 分`;
}
