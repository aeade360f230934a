import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Emulator } from './emulator.js';
import { parseJsonObject } from './json-body.js';
import { answerRefusal, isRefusal, paramError, resourceNotExists, userAccountAbnormal } from './pay-errors.js';
import { type Refund, type RefundEnd, type RefundRequest, readRefund } from './refunds.js';

const SUMMARY = { SUCCESS: '退款成功', ABNORMAL: '退款异常', CLOSED: '退款关闭' } as const;

/** Ends the refund after a while and tells the merchant. */
function settle(emulator: Emulator, refund: Refund): void {
  const end = emulator.nextRefundEnd;
  emulator.nextRefundEnd = 'SUCCESS';
  emulator.time.after(emulator.refundDelayMs, () => finish(emulator, refund, end));
}

function finish(emulator: Emulator, refund: Refund, end: RefundEnd): void {
  if (!emulator.refunds.end(refund, end)) return;
  emulator.notices.send({
    eventType: `REFUND.${end}`,
    originalType: 'refund',
    summary: SUMMARY[end],
    url: refund.notifyUrl ?? refund.order.notifyUrl,
    resource: emulator.refunds.noticeView(refund, emulator.credentials.mchId),
  });
}

function findOrder(emulator: Emulator, asked: RefundRequest) {
  const { transactionId, outTradeNo } = asked;
  const order = transactionId === null ? undefined : emulator.orders.byTransactionId(transactionId);
  if (transactionId !== null) return outTradeNo === null || order?.outTradeNo === outTradeNo ? order : undefined;
  return emulator.orders.find(outTradeNo ?? '');
}

function create(emulator: Emulator) {
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const body = parseJsonObject(request.body);
    if (!body) return answerRefusal(reply, paramError('请求体须为 JSON 对象'));
    const asked = readRefund(body);
    if (isRefusal(asked)) return answerRefusal(reply, asked);
    const order = findOrder(emulator, asked);
    if (!order) return answerRefusal(reply, resourceNotExists('订单不存在'));
    const known = emulator.refunds.find(asked.outRefundNo);
    if (!known && emulator.personas.byOpenid(order.payerOpenid)?.accountAbnormal) {
      return answerRefusal(reply, userAccountAbnormal('用户账户异常'));
    }
    const made = emulator.refunds.request(order, asked, body);
    if ('status' in made) return answerRefusal(reply, made);
    const view = emulator.refunds.view(made.refund);
    if (made.isNew) settle(emulator, made.refund);
    return reply.send(view);
  };
}

function query(emulator: Emulator) {
  return (request: FastifyRequest<{ Params: { outRefundNo: string } }>, reply: FastifyReply): FastifyReply => {
    const refund = emulator.refunds.find(request.params.outRefundNo);
    if (!refund) return answerRefusal(reply, resourceNotExists('退款单不存在'));
    return reply.send(emulator.refunds.view(refund));
  };
}

export function refundRoutes(app: FastifyInstance, emulator: Emulator): void {
  app.post('/v3/refund/domestic/refunds', create(emulator));
  app.get('/v3/refund/domestic/refunds/:outRefundNo', query(emulator));
}
