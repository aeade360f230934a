import { ProblemType } from '@mall/shared/problems';

/** HTTP status and English title of each refusal. `Record` makes a type without an entry fail compilation. */
const PROBLEMS: Record<ProblemType, readonly [status: number, title: string]> = {
  [ProblemType.ValidationFailed]: [422, 'The request has invalid fields'],
  [ProblemType.MalformedRequest]: [400, 'The request cannot be read'],
  [ProblemType.PayloadTooLarge]: [413, 'The request body is too large'],
  [ProblemType.UnsupportedMediaType]: [415, 'The content type is not supported'],
  [ProblemType.NotAuthenticated]: [401, 'Sign in first'],
  [ProblemType.SessionExpired]: [401, 'The session has expired'],
  [ProblemType.Forbidden]: [403, 'This role may not do that'],
  [ProblemType.NotFound]: [404, 'Not found'],
  [ProblemType.MethodNotAllowed]: [405, 'Method not allowed'],
  [ProblemType.RateLimited]: [429, 'Too many attempts'],
  [ProblemType.InternalError]: [500, 'Internal error'],
  [ProblemType.DependencyUnavailable]: [503, 'A service behind this one does not answer'],
  [ProblemType.IdempotencyKeyMissing]: [400, 'An Idempotency-Key header is required'],
  [ProblemType.IdempotencyKeyReused]: [409, 'The Idempotency-Key was used for another request'],
  [ProblemType.BadCredentials]: [401, 'User name or password is wrong'],
  [ProblemType.WechatCodeInvalid]: [401, 'WeChat refused the login code'],
  [ProblemType.WechatUserBlocked]: [403, 'WeChat blocked this user'],
  [ProblemType.PhoneCodeInvalid]: [422, 'WeChat refused the phone code'],
  [ProblemType.PhoneBelongsToAnother]: [409, 'The phone number belongs to another member'],
  [ProblemType.ConsentMissing]: [422, 'Consent to the current policy is missing'],
  [ProblemType.JoinOfferChanged]: [409, 'The guide shown is not the one who would be bound'],
  [ProblemType.AlreadyMember]: [409, 'Already a member'],
  [ProblemType.NotMember]: [403, 'Members only'],
  [ProblemType.InvitationInvalid]: [409, 'The invitation cannot be accepted'],
  [ProblemType.AlreadyGuide]: [409, 'Already a guide'],
  [ProblemType.NotGuide]: [403, 'Guides only'],
  [ProblemType.GuideStateConflict]: [409, 'The guide is in another state'],
  [ProblemType.CatalogueFileRefused]: [422, 'The file is not a product CSV'],
  [ProblemType.SkuNotFound]: [404, 'No such SKU'],
  [ProblemType.SkuUnavailable]: [409, 'The SKU is not for sale'],
  [ProblemType.StockInsufficient]: [409, 'Not enough stock'],
  [ProblemType.AddressMissing]: [404, 'No such address'],
  [ProblemType.AddressNotServed]: [422, 'No delivery to that address'],
  [ProblemType.CouponNotApplicable]: [409, 'The coupon cannot be used on this order'],
  [ProblemType.QuoteStale]: [409, 'The quote has changed'],
  [ProblemType.OrderStateConflict]: [409, 'The order is in another state'],
  [ProblemType.PickupStoreMissing]: [404, 'No such store to collect from'],
  [ProblemType.PickupCodeWrong]: [422, "Not the customer's pickup code"],
  [ProblemType.RefundStateConflict]: [409, 'The refund is in another state'],
  [ProblemType.RefundExceedsPaid]: [422, 'More than what is left of the payment'],
  [ProblemType.PaymentPending]: [409, 'A payment is under way'],
  [ProblemType.SignatureInvalid]: [401, 'The signature does not verify'],
  [ProblemType.CommissionRuleConflict]: [409, 'Another rule of the same scope stands in the way'],
  [ProblemType.CommissionRuleInvalid]: [422, 'The commission rule is not valid'],
  [ProblemType.CommissionRulePublished]: [409, 'A published rule is never changed: publish another version'],
  [ProblemType.CommissionRuleLocked]: [403, 'HQ keeps this rate to itself'],
  [ProblemType.CommissionScopeUnknown]: [422, 'The scope names nothing that exists'],
  [ProblemType.MarginBreach]: [422, 'The rate would leave less than the margin floor'],
  [ProblemType.RevisionConflict]: [409, 'Somebody else changed it meanwhile'],
  [ProblemType.GuideChangeTooSoon]: [409, 'The guide was changed a short while ago'],
  [ProblemType.GuideNotServing]: [409, 'The guide does not serve customers now'],
  [ProblemType.BindingConflict]: [409, 'The binding changed meanwhile'],
  [ProblemType.MemberCaseConflict]: [409, 'The case is in another state'],
  [ProblemType.DisputeNotAllowed]: [409, 'This attribution cannot be appealed'],
  [ProblemType.DisputeDecided]: [409, 'The dispute was decided before'],
  [ProblemType.BalanceInsufficient]: [409, 'The balance does not cover it'],
  [ProblemType.PayoutLimit]: [422, 'Outside the limits of a payout'],
  [ProblemType.PayeeNameMissing]: [422, 'The real name of the payee is missing'],
  [ProblemType.PayoutStateConflict]: [409, 'The payout is in another state'],
  [ProblemType.SettingInvalid]: [422, 'The settings are not valid'],
  [ProblemType.SettingConflict]: [409, 'A version takes effect at that very time'],
  [ProblemType.HqUserConflict]: [409, 'The user name is taken'],
  [ProblemType.StoreConflict]: [409, 'The store code is taken'],
  [ProblemType.AccountNotClosable]: [409, 'Something of this account is still open'],
  [ProblemType.TextRefused]: [422, 'The text cannot be shown to others'],
  [ProblemType.TextDecided]: [409, 'The text was decided or withdrawn before'],
  [ProblemType.ClockNotAdjustable]: [403, 'The business clock cannot be moved here'],
};

/** Extra members of the problem document; `detail` is one Chinese sentence for the person. */
export interface ProblemExtension {
  detail?: string;
  [member: string]: unknown;
}

/** An expected refusal. Services throw it; the filter writes it as application/problem+json. */
export class ProblemError extends Error {
  readonly status: number;
  readonly title: string;

  constructor(
    readonly type: ProblemType,
    readonly extension: ProblemExtension = {},
  ) {
    const [status, title] = PROBLEMS[type];
    super(title);
    this.status = status;
    this.title = title;
  }
}

/** 401: whoever called was signed in once. */
export function sessionExpired(): ProblemError {
  return new ProblemError(ProblemType.SessionExpired, { detail: '登录已过期，请重新进入' });
}

/** 404: also for what exists but is somebody else's, so that ids cannot be probed. */
export function notFound(): ProblemError {
  return new ProblemError(ProblemType.NotFound, { detail: '没有找到' });
}
