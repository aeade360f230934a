import type { FaultKind } from './faults.js';
import type { JsonObject } from './json-body.js';
import type { NoticeBend } from './notice-bends.js';
import type { Notice, NoticeMode } from './notices.js';
import type { Order } from './orders.js';
import type { Refund, RefundEnd } from './refunds.js';
import type { TransferState } from './transfers.js';

/** A word and how it looks. */
export interface State {
  readonly text: string;
  readonly tone: 'good' | 'wait' | 'bad' | '';
}

const good = (text: string): State => ({ text, tone: 'good' });
const wait = (text: string): State => ({ text, tone: 'wait' });
const bad = (text: string): State => ({ text, tone: 'bad' });
const plain = (text: string): State => ({ text, tone: '' });

const ORDER_STATE: Readonly<Record<Order['state'], State>> = {
  NOTPAY: wait('待支付'),
  SUCCESS: good('已支付'),
  CLOSED: plain('已关闭'),
};

export function orderState(state: Order['state'], hasRefund: boolean): State {
  return hasRefund ? plain('有退款') : ORDER_STATE[state];
}

export const REFUND_STATE: Readonly<Record<Refund['status'], State>> = {
  PROCESSING: wait('退款中'),
  SUCCESS: good('已退款'),
  ABNORMAL: bad('退款异常'),
  CLOSED: plain('退款关闭'),
};

/** What a choice is about, for those who hear the page. */
export const FIELD: Readonly<Record<string, string>> = {
  end: '结果',
  bend: '改动',
  mode: '方式',
  kind: '故障',
  path: '接口',
  seconds: '多久',
  minutes: '前进多久',
};

export const REFUND_END: Readonly<Record<RefundEnd, string>> = {
  SUCCESS: '成功',
  ABNORMAL: '异常',
  CLOSED: '关闭',
};

const TRANSFER_STATE: Readonly<Record<TransferState, State>> = {
  ACCEPTED: wait('已受理'),
  PROCESSING: wait('等待余额'),
  WAIT_USER_CONFIRM: wait('待确认'),
  TRANSFERING: wait('转账中'),
  SUCCESS: good('已到账'),
  FAIL: bad('失败'),
  CANCELING: wait('撤销中'),
  CANCELLED: plain('已撤销'),
};

export function transferState(state: TransferState, failReason: string | null): State {
  const word = TRANSFER_STATE[state];
  return failReason === null ? word : { ...word, text: `${word.text} ${failReason}` };
}

export const NOTICE_STATE: Readonly<Record<Notice['state'], State>> = {
  held: wait('暂扣'),
  waiting: wait('等待送达'),
  delivered: good('已送达'),
  given_up: bad('已放弃'),
  dropped: bad('已丢弃'),
};

export const NOTICE_MODE: Readonly<Record<NoticeMode, string>> = {
  deliver: '立即发送',
  hold: '暂扣，手动发送',
  duplicate: '每条发两次',
  delay: '晚一分钟',
  shuffle: '打乱顺序',
  drop: '不发送',
};

export const NOTICE_BEND: Readonly<Record<'' | NoticeBend, string>> = {
  '': '原样',
  wrong_key: '伪造签名',
  unknown_serial: '未知序列号',
  stale: '过期时间戳',
  unsigned: '没有签名',
  probe: '签名探测',
  truncated: '内容截断',
  undecryptable: '无法解密',
  oversized: '5 MB',
  wrong_amount: '金额不符',
  wrong_merchant: '其他商户',
  wrong_appid: '其他 appid',
  wrong_payer: '其他用户',
  unknown_number: '未知单号',
};

export const FAULT_KIND: Readonly<Record<FaultKind, string>> = {
  timeout: '没有应答',
  lost: '办完但没有应答',
  busy: '500 系统错误',
  gateway: '502 网关错误',
  limited: '429 频率超限',
  delay: '应答慢 15 秒',
  refuse: '连接中断',
  tamper: '应答签名错误',
};

export const FAULT_PATH: Readonly<Record<string, string>> = {
  '/': '全部接口',
  '/v3/': '微信支付',
  '/v3/pay/': '下单与查单',
  '/v3/refund/': '退款',
  '/v3/fund-app/': '商家转账',
  '/v3/bill/': '账单',
  '/sns/': '登录',
  '/cgi-bin/': '凭证与消息',
  '/wxa/': '小程序接口',
};

export const FAULT_SECONDS: Readonly<Record<string, string>> = {
  '60': '1 分钟',
  '600': '10 分钟',
  '0': '直到解除',
};

export const CLOCK_STEPS: Readonly<Record<string, string>> = {
  '5': '5 分钟',
  '60': '1 小时',
  '1445': '24 小时 5 分',
  '14400': '10 天',
};

/** The number of the merchant's that a notice is about. */
export function numberIn({ out_bill_no: bill, out_refund_no: refund, out_trade_no: order }: JsonObject): string {
  return String(bill ?? refund ?? order ?? '—');
}
