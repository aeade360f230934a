import { randomBytes } from 'node:crypto';
import type { Emulator } from './emulator.js';
import { FAULT_KINDS, type FaultKind } from './faults.js';
import { NOTICE_BENDS, type NoticeBend } from './notice-bends.js';
import { NOTICE_MODES, type NoticeMode } from './notices.js';
import { isRefusal } from './pay-errors.js';
import { openRefund } from './refund-routes.js';
import { REFUND_ENDS, type RefundEnd } from './refunds.js';
import { takePayment } from './take-payment.js';

/** What a press on the operator's page did, in a sentence for its reader. */
type Action = (emulator: Emulator, field: (name: string) => string) => string | Promise<string>;

function isOneOf<T extends string>(list: readonly T[], value: string): value is T {
  return (list as readonly string[]).includes(value);
}

/** `12.5` → 1250 fen; null for what is no amount of yuan. */
function readYuan(text: string): number | null {
  const found = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(text.trim());
  return found ? Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0')) : null;
}

const pay: Action = (emulator, field) => {
  const order = emulator.orders.find(field('number'));
  const persona = order && emulator.personas.byOpenid(order.payerOpenid);
  const prepayId = order && emulator.orders.prepayOf(order);
  if (!persona || !prepayId) return '没有找到这笔订单';
  const paid = takePayment(emulator, prepayId, persona);
  return 'fault' in paid ? '这笔订单现在不能支付' : `已替${persona.name}支付`;
};

/** As from the merchant's console: a refund of which the mall is not told beforehand. */
const refund: Action = (emulator, field) => {
  const order = emulator.orders.find(field('number'));
  if (!order) return '没有找到这笔订单';
  const booked = emulator.refunds.all().filter((one) => one.order === order && one.status !== 'CLOSED');
  const refundFen = order.totalFen - booked.reduce((sum, one) => sum + one.amountFen, 0);
  if (refundFen <= 0) return '这笔订单已经全部退款';
  const outRefundNo = `console${randomBytes(8).toString('hex')}`;
  const asked = {
    outRefundNo,
    transactionId: order.transactionId,
    outTradeNo: order.outTradeNo,
    refundFen,
    totalFen: order.totalFen,
    notifyUrl: null,
  };
  const made = openRefund(emulator, order, asked, { out_refund_no: outRefundNo });
  return isRefusal(made) ? made.message : '已从商户平台发起退款';
};

const confirm: Action = (emulator, field) => {
  const transfer = emulator.transfers.find(field('number'));
  if (!transfer) return '没有找到这笔转账';
  const confirmed = emulator.transfers.confirm(transfer.packageInfo, transfer.openid);
  return 'fault' in confirmed ? '这笔转账现在不能确认' : '已替收款人确认';
};

const notice: Action = async (emulator, field) => {
  const bend = field('bend');
  const answer = isOneOf(NOTICE_BENDS, bend)
    ? await emulator.notices.sendBent(field('id'), bend satisfies NoticeBend)
    : await emulator.notices.resend(field('id'));
  return answer === null ? '没有找到这条通知' : `商城应答 ${answer || '超时'}`;
};

const push: Action = async (emulator, field) => {
  const callbacks = field('kind') === 'wecom' ? emulator.wecomPush : emulator.push;
  const answer = await callbacks.resend(field('id'), null);
  return answer === null ? '没有找到这条推送' : `商城应答 ${answer.status || '超时'}`;
};

const mode: Action = (emulator, field) => {
  const chosen = field('mode');
  if (!isOneOf(NOTICE_MODES, chosen)) return '没有这种方式';
  emulator.notices.mode = chosen satisfies NoticeMode;
  if (chosen !== 'shuffle') emulator.notices.flush();
  return '通知方式已更改';
};

const topUp: Action = (emulator, field) => {
  const fen = readYuan(field('yuan'));
  if (fen === null) return '金额应为数字，最多两位小数';
  // A limited balance begins with what is put in.
  if (emulator.account.balanceFen === null) emulator.account.balanceFen = fen;
  else emulator.account.give(fen);
  emulator.transfers.settle();
  return '余额已增加';
};

const unlimited: Action = (emulator) => {
  emulator.account.balanceFen = null;
  emulator.transfers.settle();
  return '余额不再受限';
};

const outage: Action = (emulator, field) => {
  const [kind, seconds] = [field('kind'), Number(field('seconds'))];
  if (!isOneOf(FAULT_KINDS, kind)) return '没有这种故障';
  const path = field('path').startsWith('/') ? field('path') : '/';
  const fault = { kind: kind satisfies FaultKind, path, times: null, delayMs: 15_000 };
  emulator.faults.arm(fault, Number.isInteger(seconds) && seconds > 0 ? seconds * 1000 : null);
  return '故障已开始';
};

const lift: Action = (emulator, field) => {
  emulator.faults.lift(field('id') || null);
  return '故障已解除';
};

const clock: Action = (emulator, field) => {
  const minutes = Number(field('minutes'));
  if (!Number.isInteger(minutes) || minutes <= 0) return '时间只能向前';
  emulator.time.advance(minutes * 60_000);
  return '平台时间已前进';
};

const refundEnd: Action = (emulator, field) => {
  const end = field('end');
  if (!isOneOf(REFUND_ENDS, end)) return '没有这种结果';
  emulator.nextRefundEnd = end satisfies RefundEnd;
  return '下一笔退款的结果已设定';
};

export const OPERATOR_ACTIONS: Readonly<Record<string, Action>> = {
  pay,
  refund,
  confirm,
  notice,
  push,
  mode,
  'top-up': topUp,
  unlimited,
  outage,
  lift,
  clock,
  'refund-end': refundEnd,
};
