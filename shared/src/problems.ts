/**
 * Refusals on the wire: RFC 9457 `application/problem+json`. A client switches on `type`, never on text.
 * `type` is a relative reference, `/problems/<name>`, so that it needs no host.
 */
export const ProblemType = {
  ValidationFailed: '/problems/validation-failed',
  MalformedRequest: '/problems/malformed-request',
  PayloadTooLarge: '/problems/payload-too-large',
  UnsupportedMediaType: '/problems/unsupported-media-type',
  NotAuthenticated: '/problems/not-authenticated',
  SessionExpired: '/problems/session-expired',
  Forbidden: '/problems/forbidden',
  NotFound: '/problems/not-found',
  MethodNotAllowed: '/problems/method-not-allowed',
  RateLimited: '/problems/rate-limited',
  InternalError: '/problems/internal-error',
  DependencyUnavailable: '/problems/dependency-unavailable',
  IdempotencyKeyMissing: '/problems/idempotency-key-missing',
  IdempotencyKeyReused: '/problems/idempotency-key-reused',
  BadCredentials: '/problems/bad-credentials',
  WechatCodeInvalid: '/problems/wechat-code-invalid',
  WechatUserBlocked: '/problems/wechat-user-blocked',
  PhoneCodeInvalid: '/problems/phone-code-invalid',
  PhoneBelongsToAnother: '/problems/phone-belongs-to-another',
  ConsentMissing: '/problems/consent-missing',
  JoinOfferChanged: '/problems/join-offer-changed',
  AlreadyMember: '/problems/already-member',
  NotMember: '/problems/not-member',
  InvitationInvalid: '/problems/invitation-invalid',
  AlreadyGuide: '/problems/already-guide',
  NotGuide: '/problems/not-guide',
  GuideStateConflict: '/problems/guide-state-conflict',
  CatalogueFileRefused: '/problems/catalogue-file-refused',
  SkuNotFound: '/problems/sku-not-found',
  SkuUnavailable: '/problems/sku-unavailable',
  StockInsufficient: '/problems/stock-insufficient',
  AddressMissing: '/problems/address-missing',
  AddressNotServed: '/problems/address-not-served',
  CouponNotApplicable: '/problems/coupon-not-applicable',
  QuoteStale: '/problems/quote-stale',
  OrderStateConflict: '/problems/order-state-conflict',
  PickupStoreMissing: '/problems/pickup-store-missing',
  PickupCodeWrong: '/problems/pickup-code-wrong',
  RefundStateConflict: '/problems/refund-state-conflict',
  RefundExceedsPaid: '/problems/refund-exceeds-paid',
  PaymentPending: '/problems/payment-pending',
  SignatureInvalid: '/problems/signature-invalid',
  CommissionRuleConflict: '/problems/commission-rule-conflict',
  CommissionRulePublished: '/problems/commission-rule-published',
  CommissionRuleLocked: '/problems/commission-rule-locked',
  CommissionScopeUnknown: '/problems/commission-scope-unknown',
  MarginBreach: '/problems/margin-breach',
  RevisionConflict: '/problems/revision-conflict',
  GuideChangeTooSoon: '/problems/guide-change-too-soon',
  GuideNotServing: '/problems/guide-not-serving',
  BindingConflict: '/problems/binding-conflict',
  MemberCaseConflict: '/problems/member-case-conflict',
  DisputeNotAllowed: '/problems/dispute-not-allowed',
  DisputeDecided: '/problems/dispute-decided',
  BalanceInsufficient: '/problems/balance-insufficient',
  PayoutLimit: '/problems/payout-limit',
  PayeeNameMissing: '/problems/payee-name-missing',
  PayoutStateConflict: '/problems/payout-state-conflict',
  SettingInvalid: '/problems/setting-invalid',
  SettingConflict: '/problems/setting-conflict',
  HqUserConflict: '/problems/hq-user-conflict',
  CommissionRuleInvalid: '/problems/commission-rule-invalid',
  StoreConflict: '/problems/store-conflict',
  AccountNotClosable: '/problems/account-not-closable',
  TextRefused: '/problems/text-refused',
  TextDecided: '/problems/text-decided',
  ClockNotAdjustable: '/problems/clock-not-adjustable',
} as const;
export type ProblemType = (typeof ProblemType)[keyof typeof ProblemType];

/** One fault in a request body or query. `path` is a dotted path such as `lines.0.quantity`. */
export interface FieldFault {
  path: string;
  message: string;
}

/** The body of every refusal. `detail` is for people, in Simplified Chinese; extra members depend on `type`. */
export interface Problem {
  type: ProblemType;
  title: string;
  status: number;
  detail?: string;
  /** The request's id, as logged. */
  instance?: string;
  faults?: FieldFault[];
  [extension: string]: unknown;
}
