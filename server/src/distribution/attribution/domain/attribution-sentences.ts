/** R3.1, R3.5: the words in which a decision explains itself, in Chinese, for guide, customer and HQ. */
import type { Winner } from './decide-attribution.js';

export interface Loser {
  kind: 'binding' | 'touch' | 'coupon';
  id: string;
  guideId: string | null;
  reason: keyof typeof REASONS;
}

const REASONS = {
  binding_expired: '绑定已过有效期',
  buyer_is_guide: '买家本人是导购，导购之间不计佣金',
  guide_left: '导购在下单时已离职',
  guide_suspended: '导购在下单时已停用',
  guide_unknown: '找不到该导购',
  link_revoked: '分享链接已停用',
  link_unknown: '分享码无法识别',
  no_guide: '该入口没有对应导购',
  older_touch: '之后又打开了更新的分享',
  outranked: '优先级低于胜出者',
  self_purchase: '本人不能为自己的订单计佣',
  touch_after_order: '打开时间晚于下单时间',
  touch_outside_window: '打开时间超出有效期',
} as const;

export function loserSentence(loser: Loser, guideName: string | null): string {
  const kinds = { binding: '绑定关系', touch: '分享打开', coupon: '优惠券' };
  return `${guideName ?? '未知导购'}（${kinds[loser.kind]}）：${REASONS[loser.reason]}`;
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

/** R3.5: guides with a good touch who lost to somebody else. */
export function assistsAmong(losers: readonly Loser[], winnerId: string | null): string[] {
  const helped = losers
    .filter(({ kind, reason }) => kind === 'touch' && (reason === 'older_touch' || reason === 'outranked'))
    .flatMap(({ guideId }) => (guideId === null || guideId === winnerId ? [] : [guideId]));
  return [...new Set(helped)].sort();
}
