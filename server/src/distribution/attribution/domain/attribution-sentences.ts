/** R3.1, R3.5: the words in which a decision explains itself, in Chinese, for guide, customer and HQ. */
import type { Winner } from './decide-attribution.js';

export interface Loser {
  kind: 'binding' | 'touch' | 'coupon';
  id: string;
  guideId: string | null;
  reason: LosingReason;
}

/** From nearest to winning to farthest. */
const REASONS = {
  outranked: '优先级低于胜出者',
  older_touch: '之后又打开了更新的分享',
  other_store: '顾客与加盟店的绑定仍然有效，其他门店的分享不能胜出',
  no_line: '优惠券没有抵扣任何商品',
  touch_outside_window: '打开时间超出有效期',
  binding_expired: '绑定已过有效期',
  touch_after_order: '打开时间晚于下单时间',
  buyer_is_guide: '买家本人是导购，导购之间不计佣金',
  self_purchase: '本人不能为自己的订单计佣',
  guide_suspended: '导购在下单时已停用',
  guide_left: '导购在下单时已离职',
  link_revoked: '分享链接已停用',
  link_unknown: '分享码无法识别',
  guide_unknown: '找不到该导购',
  no_guide: '该入口没有对应导购',
} as const;
export type LosingReason = keyof typeof REASONS;
const NEARNESS = Object.keys(REASONS) as LosingReason[];
const KINDS = { binding: '绑定关系', touch: '分享打开', coupon: '优惠券' } as const;

export function loserSentence(loser: Pick<Loser, 'kind' | 'reason'>, guideName: string | null): string {
  return `${guideName ?? '未知导购'}（${KINDS[loser.kind]}）：${REASONS[loser.reason]}`;
}

/** The bare reason, for a list of orders. */
export function reasonText(reason: string): string {
  return REASONS[reason as LosingReason] ?? reason;
}

/** Of several reasons of one guide, the one nearest to winning; null for none. */
export function nearestReason(losers: readonly Pick<Loser, 'reason'>[]): LosingReason | null {
  return NEARNESS.find((reason) => losers.some((loser) => loser.reason === reason)) ?? null;
}

export function winnerSentence(winner: Winner): string {
  const who = `${winner.guideName ?? ''}${winner.storeName === null ? '' : `（${winner.storeName}）`}`;
  switch (winner.branch) {
    case 'a':
      return `由专属导购${who}服务：下单时在绑定保护期内`;
    case 'b':
      return `由导购${who}服务：订单使用了她的优惠券`;
    case 'c':
      return `由导购${who}服务：下单前最近一次打开的是她的分享`;
    case 'd':
      return `由专属导购${who}服务：下单时绑定仍然有效`;
    case 'e':
      return `计入所属门店${winner.storeName ?? ''}业绩，没有导购`;
    case 'f':
      return '没有导购参与，计入总部';
  }
}

/** What a guide who lost may know of the winner: the branch, never the name (R2.6). */
export function winnerSentenceForOthers(branch: Winner['branch']): string {
  switch (branch) {
    case 'a':
      return '另一位导购胜出：下单时在其绑定保护期内';
    case 'b':
      return '另一位导购胜出：订单使用了其优惠券';
    case 'c':
      return '另一位导购胜出：下单前最近一次打开的是其分享';
    case 'd':
      return '另一位导购胜出：下单时与其绑定仍然有效';
    case 'e':
      return '没有导购胜出：计入所属门店业绩';
    case 'f':
      return '没有导购胜出：计入总部';
  }
}

/** What a guide won with, in her own view. */
export function wonSentence(kind: Loser['kind'], lines: 'all' | 'some'): string {
  return `${KINDS[kind]}胜出：${lines === 'all' ? '订单归您' : '部分商品归您'}`;
}

const HELPED: readonly LosingReason[] = ['outranked', 'older_touch', 'other_store'];

/** R3.5: guides with a good touch in the window who lost to somebody else, and got nothing of the order. */
export function assistsAmong(losers: readonly Loser[], winnerIds: readonly (string | null)[]): string[] {
  const helped = losers
    .filter(({ kind, reason }) => kind === 'touch' && HELPED.includes(reason))
    .flatMap(({ guideId }) => (guideId === null || winnerIds.includes(guideId) ? [] : [guideId]));
  return [...new Set(helped)].sort();
}
