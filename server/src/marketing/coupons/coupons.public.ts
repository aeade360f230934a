/** The coupons room's door. */

export { CouponsModule } from './coupons.module.js';
export { Coupons, type UsedCoupon } from './coupons.service.js';
export { CreateTemplateService, type TemplateDraft } from './create-template.service.js';
export type { Freight, FreightOf } from './domain/choose-coupons.js';
export type { CouponLine, GiftGoods, HeldCoupon } from './domain/coupon-offer.js';
export { CouponScopeKind } from './domain/coupon-offer.js';
export type { CouponDiscount, CouponGift, CouponPricing, RefusedCoupon } from './domain/price-with-coupons.js';
export { GIFT_CATALOGUE, type GiftCatalogue } from './gift-catalogue.js';
export { type CouponGrant, GrantCouponService } from './grant-coupon.service.js';
export { type CouponIssue, IssueCouponService, type IssueOutcome, type IssueRefusal } from './issue-coupon.service.js';
export type { CouponLock } from './use-coupons.service.js';
export { VoidCouponsService } from './void-coupons.service.js';
