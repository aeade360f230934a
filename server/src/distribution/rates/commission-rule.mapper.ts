import type { CommissionRule } from '@mall/shared/hq';
import { businessTimeText } from '../../platform/clock/business-day.js';
import type { CommissionRuleEntity } from './commission-rule.entity.js';

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
    effectiveFrom: row.effectiveFrom,
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

/** `全部商品 · 全部导购，自 2026-11-22 09:30 起，导购 7.5%` */
export function ruleSentence(row: CommissionRuleEntity): string {
  const product = PRODUCT_WORDS[row.productScopeKind] ?? row.productScopeKind;
  // A tier's id is its name; other ids would say nothing to a reader.
  const seller =
    row.sellerScopeKind === 'tier'
      ? `${row.sellerScopeId}导购`
      : (SELLER_WORDS[row.sellerScopeKind] ?? row.sellerScopeKind);
  return `${product} · ${seller}，自 ${businessTimeText(row.effectiveFrom)} 起，导购 ${percentText(row.guideBps)}`;
}

/** 750 → `7.5%`, made from the digits. */
export function percentText(bps: number): string {
  const digits = bps.toString().padStart(3, '0');
  const fraction = digits.slice(-2).replace(/0+$/, '');
  return `${digits.slice(0, -2)}${fraction === '' ? '' : `.${fraction}`}%`;
}
