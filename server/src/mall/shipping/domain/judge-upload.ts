/** §7: what follows from WeChat's answer to an upload. */

/** As the client says it, without importing it: the rule is about words, not about calls. */
export type UploadAnswer =
  | { readonly outcome: 'ok' }
  | { readonly outcome: 'unknown' }
  | { readonly outcome: 'refused'; readonly reason: string; readonly code: string };

export type UploadStep =
  | { readonly step: 'uploaded' }
  /** Not yet, or nobody knows: the same again later. */
  | { readonly step: 'later'; readonly code: string | null }
  /** WeChat says that it was shipped before: its own record tells whether with the same parcel. */
  | { readonly step: 'compare'; readonly code: string }
  | { readonly step: 'failed'; readonly code: string };

/** About a day: a payment that WeChat's shipping management does not know by then will not come by itself. */
const MOST_TRIES_OF_UNKNOWN_ORDER = 150;

/** @param tries how often WeChat was told before this time */
export function judgeUpload(answer: UploadAnswer, tries: number): UploadStep {
  if (answer.outcome === 'ok') return { step: 'uploaded' };
  if (answer.outcome === 'unknown') return { step: 'later', code: null };
  const { reason, code } = answer;
  if (reason === 'unchanged') return { step: 'uploaded' };
  if (reason === 'already_shipped') return { step: 'compare', code };
  // Right after a payment WeChat does not know the order yet; wrong keys are mended by the operator.
  const mendsItself = reason === 'order_unknown' ? tries < MOST_TRIES_OF_UNKNOWN_ORDER : reason === 'misconfigured';
  return mendsItself ? { step: 'later', code } : { step: 'failed', code };
}

const LONGEST_WAIT_MS = 10 * 60_000;

/** 15 s, 30 s … 10 min. */
export function waitAfter(tries: number): number {
  return Math.min(LONGEST_WAIT_MS, 15_000 * 2 ** Math.min(tries, 10));
}

const WORDS: Record<string, string> = {
  10060001: '微信还查不到这笔支付单，会自动重试',
  10060002: '微信上这笔订单已发货，且物流信息与商城不一致，请到微信商户后台核对',
  10060003: '微信只允许更正一次物流信息，已用完，请到微信商户后台核对',
  10060004: '支付单当前状态不能发货，可能已全额退款',
  10060006: '这笔订单在微信上按整单发货，不能改为拆分发货',
  10060007: '这笔订单在微信上已拆分发货，不能改为整单发货',
  10060008: '商品描述不能为空',
  10060009: '商品描述过长',
  10060031: '付款人与微信支付单不一致，请联系技术人员核对',
};

/** Plain words for HQ. Null code: nothing was refused. */
export function refusalWords(code: string | null): string | null {
  if (code === null) return null;
  if (/^2684852\d\d$/.test(code)) return '物流公司、单号或联系方式填写有误，请核对后更正';
  return WORDS[code] ?? `微信未接受（${code}），请检查小程序配置`;
}
