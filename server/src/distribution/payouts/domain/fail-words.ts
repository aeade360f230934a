/** WeChat's reasons for a transfer that failed, as the guide and HQ read them. */
const WORDS: Readonly<Record<string, string>> = {
  ACCOUNT_FROZEN: '收款账户被冻结',
  ACCOUNT_NOT_EXIST: '收款账户不存在',
  REAL_NAME_CHECK_FAIL: '收款人未完成微信实名认证',
  NAME_NOT_CORRECT: '收款人姓名与微信实名不一致',
  OPENID_INVALID: '收款微信号无效',
  PAYEE_ACCOUNT_ABNORMAL: '收款账户异常',
  PAYER_ACCOUNT_ABNORMAL: '商户账户异常',
  TRANSFER_RISK: '转账存在风险，已被拦截',
  TRANSFER_QUOTA_EXCEED: '超出收款限额',
  DAY_RECEIVED_QUOTA_EXCEED: '超出今日收款限额',
  MONTH_RECEIVED_QUOTA_EXCEED: '超出本月收款限额',
  DAY_RECEIVED_COUNT_EXCEED: '超出今日收款次数',
  MERCHANT_REJECT: '商户已撤销',
  OVERDUE_CLOSE: '24 小时内未确认收款',
};

/** A sentence without WeChat's code where one is known, else the code itself: better than nothing to ask about. */
export function failWords(code: string | null): string {
  if (code === null) return '微信未说明原因';
  return WORDS[code] ?? `微信返回 ${code}`;
}
