/** As the client says it, without importing it. */
export type SendingAnswer =
  | { readonly outcome: 'ok' }
  | { readonly outcome: 'unknown'; readonly reason: string; readonly errcode?: number }
  | { readonly outcome: 'refused'; readonly reason: string; readonly code: string };

export type SendingStep =
  | { readonly step: 'sent' }
  /** It may have arrived. Sending has no key of ours, so it is never sent again (§4). */
  | { readonly step: 'unknown'; readonly code: string }
  /** It was certainly not sent: again later, with the grant given back. */
  | { readonly step: 'later'; readonly code: string }
  /** For good. `grant`: given back when WeChat did not count it, emptied when WeChat has none left, or shut by her. */
  | { readonly step: 'refused'; readonly code: string; readonly grant: 'back' | 'empty' | 'banned' };

const GRANTS: Readonly<Record<string, 'empty' | 'banned'>> = { not_allowed: 'empty', banned: 'banned' };

/** What follows from WeChat's answer to one message. */
export function judgeSending(answer: SendingAnswer): SendingStep {
  if (answer.outcome === 'ok') return { step: 'sent' };
  if (answer.outcome === 'unknown') {
    return answer.reason === 'busy'
      ? { step: 'later', code: String(answer.errcode ?? 'busy') }
      : { step: 'unknown', code: answer.reason };
  }
  const { reason, code } = answer;
  // Wrong keys of the shop are mended by the operator, and what waited is sent then.
  if (reason === 'not_now' || reason === 'misconfigured') return { step: 'later', code };
  return { step: 'refused', code, grant: GRANTS[reason] ?? 'back' };
}

const LONGEST_WAIT_MS = 30 * 60_000;

/** 30 s, 1 min … 30 min. */
export function waitAfter(tries: number): number {
  return Math.min(LONGEST_WAIT_MS, 30_000 * 2 ** Math.min(tries, 10));
}

const WORDS: Readonly<Record<string, string>> = {
  43101: '对方没有可用的订阅次数',
  43107: '对方已关闭这类消息',
  43108: '同时有其他消息在发送',
  47003: '消息内容不符合模板要求，请核对模板关键词配置',
  45168: '消息内容含有敏感词',
  40037: '模板编号不存在，请核对配置',
  40003: '收件人不属于这个小程序',
  late: '已过时效，不再发送',
  contact: '会员选择了不接收联系',
  cap: '七天内提醒次数已满',
  grant: '订阅次数已被其他消息用完',
  unfit: '消息内容不符合模板要求，请核对模板关键词配置',
  off: '已取消这类消息的模板配置',
  stopped: '发送途中服务中断，结果未知，不重复发送',
  closed: '会员已注销',
};

/** Plain words for HQ; null: nothing was wrong. */
export function reasonWords(code: string | null): string | null {
  if (code === null) return null;
  return WORDS[code] ?? (/^\d+$/.test(code) ? `微信返回 ${code}` : '微信没有回应，结果未知，不重复发送');
}
