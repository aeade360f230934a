/** What a coupon says about itself to the customer. */
import { CouponState } from '@mall/shared/coupons';
import { CouponScopeKind } from './coupon-offer.js';

const SCOPE_TEXT: Record<CouponScopeKind, string> = {
  [CouponScopeKind.Any]: '全场可用',
  [CouponScopeKind.Brand]: '指定品牌可用',
  [CouponScopeKind.Category]: '指定分类可用',
  [CouponScopeKind.Product]: '指定商品可用',
};

export const scopeText = (kind: CouponScopeKind): string => SCOPE_TEXT[kind];

/** Why she has it. */
export function sourceText(sourceKind: string): string {
  return sourceKind === 'campaign' ? '复购券 · 感谢您的上次购买' : '品牌赠送';
}

/** R6.1: expiry is computed. A coupon that an order holds is not expired until the order lets go of it. */
export function couponState(stored: string, expiresAt: number, at: number): CouponState {
  return stored === CouponState.Issued && at >= expiresAt ? CouponState.Expired : (stored as CouponState);
}
