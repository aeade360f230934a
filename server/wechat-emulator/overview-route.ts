import type { FastifyInstance } from 'fastify';
import type { Emulator } from './emulator.js';
import { escapeHtml, page, yuan } from './html.js';

const ORDER_STATE = { NOTPAY: '待支付', SUCCESS: '已支付', CLOSED: '已关闭' } as const;
const REFUND_STATE = { PROCESSING: '退款中', SUCCESS: '已退款', ABNORMAL: '退款异常', CLOSED: '退款关闭' } as const;
const NOTICE_STATE = {
  held: '暂扣',
  waiting: '等待送达',
  delivered: '已送达',
  given_up: '已放弃',
  dropped: '已丢弃',
} as const;

function table(title: string, heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = heads.map((text) => `<th>${text}</th>`).join('');
  const body = rows.map((row) => `<tr>${row.map((text) => `<td>${escapeHtml(text)}</td>`).join('')}</tr>`).join('');
  const empty = `<tr><td colspan="${heads.length}" class="note">还没有记录</td></tr>`;
  return `<div class="card"><h1>${title}</h1><div class="scroll"><table><tr>${head}</tr>${body || empty}</table></div></div>`;
}

/** What the emulated platform has seen, newest first. */
export function overviewRoute(app: FastifyInstance, emulator: Emulator): void {
  app.get('/', (_request, reply) => {
    const nameOf = (openid: string): string => emulator.personas.byOpenid(openid)?.name ?? openid;
    const orders = emulator.orders
      .all()
      .map((order) => [
        order.outTradeNo,
        order.description,
        nameOf(order.payerOpenid),
        `¥${yuan(order.totalFen)}`,
        order.hasRefund ? '有退款' : ORDER_STATE[order.state],
      ]);
    const refunds = emulator.refunds
      .all()
      .map((refund) => [
        refund.outRefundNo,
        refund.order.outTradeNo,
        `¥${yuan(refund.amountFen)}`,
        REFUND_STATE[refund.status],
      ]);
    const notices = emulator.notices
      .all()
      .map((notice) => [notice.eventType, notice.url, notice.answers.join(' ') || '—', NOTICE_STATE[notice.state]]);
    const body =
      '<div class="tag">微信平台模拟器 · 仅供本机演示与测试</div>' +
      table('订单', ['商户单号', '商品', '付款人', '金额', '状态'], orders.reverse()) +
      table('退款', ['退款单号', '商户单号', '金额', '状态'], refunds.reverse()) +
      table('通知', ['事件', '地址', '应答', '状态'], notices.reverse());
    return reply.type('text/html; charset=utf-8').send(page('微信平台模拟器', body, true));
  });
}
