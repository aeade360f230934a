import { ClockOffsetEntity } from './demo/clock/clock-offset.entity.js';
import { AttributionEntity } from './distribution/attribution/attribution.entity.js';
import { AttributionCandidateEntity } from './distribution/attribution/attribution-candidate.entity.js';
import { BindingEntity } from './distribution/bindings/binding.entity.js';
import { BindingOrderEntity } from './distribution/bindings/binding-order.entity.js';
import { HandOverEntity } from './distribution/bindings/hand-over.entity.js';
import { ChannelAssignmentEntity } from './distribution/channel-codes/channel-assignment.entity.js';
import { ChannelCodeEntity } from './distribution/channel-codes/channel-code.entity.js';
import { ChannelCodeGuideEntity } from './distribution/channel-codes/channel-code-guide.entity.js';
import { CommissionEntryEntity } from './distribution/commission/commission-entry.entity.js';
import { CommissionHoldEntity } from './distribution/commission/commission-hold.entity.js';
import { CommissionMoveEntity } from './distribution/commission/commission-move.entity.js';
import { CommissionRefundEntity } from './distribution/commission/commission-refund.entity.js';
import { DisputeEntity } from './distribution/disputes/dispute.entity.js';
import { GuideEntity } from './distribution/guides/guide.entity.js';
import { GuideInvitationEntity } from './distribution/guides/guide-invitation.entity.js';
import { GuideStatusChangeEntity } from './distribution/guides/guide-status-change.entity.js';
import { LedgerBalanceEntity } from './distribution/ledger/ledger-balance.entity.js';
import { LedgerLegEntity } from './distribution/ledger/ledger-leg.entity.js';
import { LedgerTransactionEntity } from './distribution/ledger/ledger-transaction.entity.js';
import { GuideNoticeEntity } from './distribution/notices/guide-notice.entity.js';
import { MerchantPeriodEntity } from './distribution/payouts/merchant-period.entity.js';
import { PayeeNameEntity } from './distribution/payouts/payee-name.entity.js';
import { PayoutContradictionEntity } from './distribution/payouts/payout-contradiction.entity.js';
import { PayoutDayEntity } from './distribution/payouts/payout-day.entity.js';
import { PayoutRequestEntity } from './distribution/payouts/payout-request.entity.js';
import { PayoutTransferEntity } from './distribution/payouts/payout-transfer.entity.js';
import { CommissionRuleEntity } from './distribution/rates/commission-rule.entity.js';
import { RateDraftEntity } from './distribution/rates/rate-draft.entity.js';
import { RateScopeEntity } from './distribution/rates/rate-scope.entity.js';
import { SoldLineEntity } from './distribution/sales/sold-line.entity.js';
import { SoldOrderEntity } from './distribution/sales/sold-order.entity.js';
import { ShareIntentEntity } from './distribution/share-links/share-intent.entity.js';
import { ShareLinkEntity } from './distribution/share-links/share-link.entity.js';
import { TouchEntity } from './distribution/share-links/touch.entity.js';
import { StoreEntity } from './distribution/stores/store.entity.js';
import { UrlLinkEntity } from './distribution/url-links/url-link.entity.js';
import { WecomContactEntity } from './distribution/wecom/wecom-contact.entity.js';
import { WecomContactWayEntity } from './distribution/wecom/wecom-contact-way.entity.js';
import { WecomEventEntity } from './distribution/wecom/wecom-event.entity.js';
import { WecomGuideEntity } from './distribution/wecom/wecom-guide.entity.js';
import { ReconciliationRunEntity } from './hq/reconciliation/reconciliation-run.entity.js';
import { BillDifferenceEntity } from './hq/trade-bills/bill-difference.entity.js';
import { TradeBillEntity } from './hq/trade-bills/trade-bill.entity.js';
import { TradeBillRowEntity } from './hq/trade-bills/trade-bill-row.entity.js';
import { HqLoginAttemptEntity } from './hq/users/hq-login-attempt.entity.js';
import { HqUserEntity } from './hq/users/hq-user.entity.js';
import { BrandEntity } from './mall/catalog/brand.entity.js';
import { CategoryEntity } from './mall/catalog/category.entity.js';
import { ProductEntity } from './mall/catalog/product.entity.js';
import { ProductImageEntity } from './mall/catalog/product-image.entity.js';
import { ProductSearchTermEntity } from './mall/catalog/product-search-term.entity.js';
import { SkuEntity } from './mall/catalog/sku.entity.js';
import { FreightRuleEntity } from './mall/freight/freight-rule.entity.js';
import { WechatNoticeEntity } from './mall/notices/wechat-notice.entity.js';
import { OrderEntity } from './mall/orders/order.entity.js';
import { OrderLineEntity } from './mall/orders/order-line.entity.js';
import { RefundEntity } from './mall/orders/refund.entity.js';
import { RefundLineEntity } from './mall/orders/refund-line.entity.js';
import { ShipmentEntity } from './mall/orders/shipment.entity.js';
import { PaymentEntity } from './mall/payments/payment.entity.js';
import { ShippingUploadEntity } from './mall/shipping/shipping-upload.entity.js';
import { WechatAlertEntity } from './mall/shipping/wechat-alert.entity.js';
import { StockAdjustmentEntity } from './mall/stock/stock-adjustment.entity.js';
import { StockLevelEntity } from './mall/stock/stock-level.entity.js';
import { CouponEntity } from './marketing/coupons/coupon.entity.js';
import { CouponMemberSlotEntity } from './marketing/coupons/coupon-member-slot.entity.js';
import { CouponSourceOrderEntity } from './marketing/coupons/coupon-source-order.entity.js';
import { CouponTemplateEntity } from './marketing/coupons/coupon-template.entity.js';
import { CampaignAssignmentEntity } from './marketing/repurchase/campaign-assignment.entity.js';
import { CouponCampaignEntity } from './marketing/repurchase/coupon-campaign.entity.js';
import { FirstPaidOrderEntity } from './marketing/repurchase/first-paid-order.entity.js';
import { AddressEntity } from './membership/addresses/address.entity.js';
import { ConsentEntity } from './membership/consent/consent.entity.js';
import { MemberEntity } from './membership/members/member.entity.js';
import { MemberIdentityEntity } from './membership/members/member-identity.entity.js';
import { MemberCaseEntity } from './membership/merging/member-case.entity.js';
import { MemberMergeEntity } from './membership/merging/member-merge.entity.js';
import { MessageAnswerEntity } from './membership/messages/message-answer.entity.js';
import { MessageGrantEntity } from './membership/messages/message-grant.entity.js';
import { MessageTurnEntity } from './membership/messages/message-turn.entity.js';
import { SubscribeMessageEntity } from './membership/messages/subscribe-message.entity.js';
import { AccountClosureEntity } from './membership/privacy/account-closure.entity.js';
import { DataExportEntity } from './membership/privacy/data-export.entity.js';
import { WrittenTextEntity } from './membership/texts/written-text.entity.js';
import { AuditEntryEntity } from './platform/audit/audit-entry.entity.js';
import { SessionEntity } from './platform/auth/session.entity.js';
import type { EntityClass } from './platform/database/tx.js';
import { IdempotencyKeyEntity } from './platform/http/idempotency-key.entity.js';
import { HandledEventEntity } from './platform/outbox/handled-event.entity.js';
import { OutboxEventEntity } from './platform/outbox/outbox-event.entity.js';
import { SettingGroupEntity } from './platform/settings/setting-group.entity.js';
import { SettingVersionEntity } from './platform/settings/setting-version.entity.js';
import { WechatPushEntity } from './wechat/wechat-push.entity.js';

/** Every table, from the ground up: a table stands below those that refer to it. */
export const ENTITIES: EntityClass<object>[] = [
  AuditEntryEntity,
  HandledEventEntity,
  IdempotencyKeyEntity,
  OutboxEventEntity,
  SessionEntity,
  SettingGroupEntity,
  SettingVersionEntity,
  MemberEntity,
  MemberIdentityEntity,
  ConsentEntity,
  AddressEntity,
  DataExportEntity,
  AccountClosureEntity,
  WechatPushEntity,
  MessageAnswerEntity,
  MessageGrantEntity,
  SubscribeMessageEntity,
  MessageTurnEntity,
  StoreEntity,
  GuideEntity,
  GuideInvitationEntity,
  GuideStatusChangeEntity,
  ShareLinkEntity,
  ChannelCodeEntity,
  ChannelCodeGuideEntity,
  ChannelAssignmentEntity,
  UrlLinkEntity,
  TouchEntity,
  BindingEntity,
  BindingOrderEntity,
  CouponTemplateEntity,
  CouponEntity,
  CouponMemberSlotEntity,
  CouponSourceOrderEntity,
  CouponCampaignEntity,
  CampaignAssignmentEntity,
  FirstPaidOrderEntity,
  BrandEntity,
  CategoryEntity,
  ProductEntity,
  SkuEntity,
  ProductImageEntity,
  ProductSearchTermEntity,
  FreightRuleEntity,
  StockLevelEntity,
  StockAdjustmentEntity,
  HqUserEntity,
  HqLoginAttemptEntity,
  ClockOffsetEntity,
  AttributionEntity,
  LedgerTransactionEntity,
  LedgerLegEntity,
  LedgerBalanceEntity,
  CommissionRuleEntity,
  CommissionEntryEntity,
  CommissionHoldEntity,
  OrderEntity,
  OrderLineEntity,
  ShipmentEntity,
  RefundEntity,
  RefundLineEntity,
  PaymentEntity,
  ShippingUploadEntity,
  WechatAlertEntity,
  WechatNoticeEntity,
  SoldOrderEntity,
  SoldLineEntity,
  CommissionRefundEntity,
  CommissionMoveEntity,
  RateDraftEntity,
  RateScopeEntity,
  GuideNoticeEntity,
  AttributionCandidateEntity,
  DisputeEntity,
  HandOverEntity,
  ShareIntentEntity,
  PayoutRequestEntity,
  PayoutTransferEntity,
  PayoutDayEntity,
  PayoutContradictionEntity,
  PayeeNameEntity,
  MerchantPeriodEntity,
  MemberMergeEntity,
  MemberCaseEntity,
  ReconciliationRunEntity,
  TradeBillEntity,
  TradeBillRowEntity,
  BillDifferenceEntity,
  WecomGuideEntity,
  WecomContactWayEntity,
  WecomContactEntity,
  WecomEventEntity,
  WrittenTextEntity,
];
