import type { CommissionRule } from '@mall/shared/hq';
import { businessTimeText } from '../../platform/clock/business-day.js';
import type { CommissionRuleEntity } from './commission-rule.entity.js';
import type { Loss } from './domain/resolve-rate.js';

export function toCommissionRule(row: CommissionRuleEntity): CommissionRule {
  return {
    id: row.id,
    productScope: {
      kind: row.productScopeKind as CommissionRule['productScope']['kind'],
      id: row.productScopeId || null,
    },
    sellerScope: { kind: row.sellerScopeKind as CommissionRule['sellerScope']['kind'], id: row.sellerScopeId || null },
    guideBps: row.guideBps,
    storeBps: row.storeBps,
    poolBps: row.poolBps,
    series: row.series,
    isEnd: row.isEnd === 1,
    effectiveFrom: row.effectiveFrom,
    effectiveTo: row.effectiveTo,
    stopsRuleId: row.stopsRuleId,
    isLocked: row.isLocked === 1,
    bandMinBps: row.bandMinBps,
    bandMaxBps: row.bandMaxBps,
    authorStoreId: row.authorStoreId,
    reason: row.reason,
    createdBy: row.createdBy,
    createdAt: row.createdAt,
  };
}

const PRODUCT_WORDS: Record<string, string> = {
  sku: '指定规格',
  product: '指定商品',
  category: '指定分类',
  brand: '指定品牌',
  any: '全部商品',
};
const SELLER_WORDS: Record<string, string> = {
  guide: '指定导购',
  store: '指定门店',
  store_type: '指定门店类型',
  any: '全部导购',
};

/** `全部商品 · 全部导购，自 2026-11-22 09:30 起，导购 7.5%`; a campaign says until when. */
export function ruleSentence(row: CommissionRuleEntity): string {
  const product = PRODUCT_WORDS[row.productScopeKind] ?? row.productScopeKind;
  // A tier's id is its name; other ids would say nothing to a reader.
  const seller =
    row.sellerScopeKind === 'tier'
      ? `${row.sellerScopeId}导购`
      : (SELLER_WORDS[row.sellerScopeKind] ?? row.sellerScopeKind);
  const from = businessTimeText(row.effectiveFrom);
  const when = row.effectiveTo === null ? `自 ${from} 起` : `活动 ${from} 至 ${businessTimeText(row.effectiveTo)}`;
  return `${product} · ${seller}，${when}，导购 ${percentText(row.guideBps)}`;
}

const LOSS_SENTENCES: Record<Loss, (by: CommissionRuleEntity) => string> = {
  product: (by) => `商品范围不如“${PRODUCT_WORDS[by.productScopeKind] ?? ''}”的规则具体`,
  seller: (by) =>
    `商品范围相同，但导购范围不如“${SELLER_WORDS[by.sellerScopeKind] ?? `${by.sellerScopeId}导购`}”的规则具体`,
  campaign: (by) => `同一范围内有活动佣金，自 ${businessTimeText(by.effectiveFrom)} 起优先`,
  locked: (by) => `总部规则“${ruleSentence(by)}”已锁定，门店自设佣金不生效`,
  no_band: () => '总部没有给直营门店留出可调范围，门店自设佣金不生效',
  outside_band: (by) =>
    `不在总部给出的可调范围 ${percentText(by.bandMinBps ?? 0)} 到 ${percentText(by.bandMaxBps ?? 0)} 之内，不生效`,
  store_share: (by) => `门店比例高于总部现在给出的 ${percentText(by.authorStoreId === null ? by.storeBps : 0)}，不生效`,
  over_pool: (by) => `导购与门店比例之和超过总部的佣金池 ${percentText(by.poolBps ?? 0)}，不生效`,
  other_store: () => '由另一家门店设置，导购不属于该门店，不生效',
  newer: (by) => `同一范围内已被 ${businessTimeText(by.effectiveFrom)} 起生效的新版本取代`,
  ended: (by) => `同一范围的佣金已于 ${businessTimeText(by.effectiveFrom)} 终止`,
};

/** In Chinese: which rule it was, and why `by` stood in its way. */
export function lossSentence(row: CommissionRuleEntity, reason: Loss, by: CommissionRuleEntity): string {
  return `${ruleSentence(row)}：未采用，${LOSS_SENTENCES[reason](by)}`;
}

/** 750 → `7.5%`, made from the digits. */
export function percentText(bps: number): string {
  const digits = bps.toString().padStart(3, '0');
  const fraction = digits.slice(-2).replace(/0+$/, '');
  return `${digits.slice(0, -2)}${fraction === '' ? '' : `.${fraction}`}%`;
}
