import { type FieldFault, type Problem, ProblemType } from '@mall/shared/problems';

/** What the client itself can run into, beside the server's refusals. */
export const ClientFault = {
  Network: 'client:network',
  SignIn: 'client:sign-in',
  Unreadable: 'client:unreadable',
} as const;
export type ClientFault = (typeof ClientFault)[keyof typeof ClientFault];
export type Trouble = ProblemType | ClientFault;

/** Everything that can go wrong with a request. Callers switch on `type`, never on text. */
export class ApiProblem extends Error {
  constructor(
    readonly type: Trouble,
    readonly status: number,
    /** The server's whole answer; null when there was none. */
    readonly problem: Problem | null,
  ) {
    super(type);
  }

  /** The extension member `name` of the answer, e.g. the new quote of `quote-stale`. Unchecked: the caller narrows. */
  member(name: string): unknown {
    return this.problem?.[name];
  }

  faultAt(path: string): FieldFault | undefined {
    return this.problem?.faults?.find((fault) => fault.path === path);
  }
}

const known = new Set<string>(Object.values(ProblemType));

/** Makes a problem of an answer that is not 2xx. A body that is no problem is `client:unreadable`. */
export function problemOf(status: number, body: unknown): ApiProblem {
  const type: unknown = typeof body === 'object' && body !== null && 'type' in body ? body.type : null;
  if (typeof type === 'string' && known.has(type)) return new ApiProblem(type as ProblemType, status, body as Problem);
  return new ApiProblem(status >= 500 ? ProblemType.InternalError : ClientFault.Unreadable, status, null);
}

/** Whatever was thrown, as a problem: what is no problem is a fault of ours and shown as such. */
export function asProblem(thrown: unknown): ApiProblem {
  return thrown instanceof ApiProblem ? thrown : new ApiProblem(ClientFault.Unreadable, 0, null);
}

const texts: Partial<Record<Trouble, string>> = {
  [ClientFault.Network]: '网络不太顺畅，请检查后再试一次。',
  [ClientFault.SignIn]: '暂时没能登录微信，请再试一次。',
  [ProblemType.ValidationFailed]: '有几处内容需要修改，请看标出的地方。',
  [ProblemType.NotAuthenticated]: '登录已失效，请再试一次。',
  [ProblemType.SessionExpired]: '登录已失效，请再试一次。',
  [ProblemType.Forbidden]: '您没有查看这里的权限。',
  [ProblemType.NotFound]: '没有找到，可能已经不在了。',
  [ProblemType.RateLimited]: '操作有点快，请过一会儿再试。',
  [ProblemType.DependencyUnavailable]: '微信那边暂时没有回应，请稍后再试。',
  [ProblemType.PhoneCodeInvalid]: '手机号授权已过期，请再点一次授权。',
  [ProblemType.PhoneBelongsToAnother]: '这个手机号已属于另一位会员，请联系门店处理。',
  [ProblemType.ConsentMissing]: '请先阅读并同意会员服务与隐私说明。',
  [ProblemType.JoinOfferChanged]: '服务您的导购有变化，请看过之后再确认。',
  [ProblemType.AlreadyMember]: '您已经是会员了。',
  [ProblemType.NotMember]: '加入会员后就可以使用。',
  [ProblemType.InvitationInvalid]: '这个邀请已失效，请向门店要一个新的。',
  [ProblemType.AlreadyGuide]: '您已经是导购了。',
  [ProblemType.NotGuide]: '这里只对导购开放。',
  [ProblemType.SkuNotFound]: '有商品已下架，请回购物袋看看。',
  [ProblemType.SkuUnavailable]: '有商品暂时不能购买，请回购物袋看看。',
  [ProblemType.StockInsufficient]: '有商品库存不够了，请减少数量。',
  [ProblemType.AddressMissing]: '请先选择收货地址。',
  [ProblemType.AddressNotServed]: '这个地区暂时送不到，请换一个地址。',
  [ProblemType.PickupStoreMissing]: '这家门店暂时不能自提，请换一家。',
  [ProblemType.PickupCodeWrong]: '提货码不对，请照顾客订单页上的再输一次。',
  [ProblemType.CouponNotApplicable]: '优惠券这次用不了，请重新选择。',
  [ProblemType.QuoteStale]: '价格有变化，请看过之后再提交。',
  [ProblemType.OrderStateConflict]: '订单状态已更新，请看最新的情况。',
  [ProblemType.PaymentPending]: '这笔支付还在确认，请稍等片刻。',
  [ProblemType.IdempotencyKeyReused]: '请返回购物袋重新结算。',
};

/** One sentence for the customer that says what to do next. */
export function textOf(problem: ApiProblem): string {
  return texts[problem.type] ?? '出了点问题，请稍后再试。';
}
