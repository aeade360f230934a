import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Emulator } from './emulator.js';
import { type JsonObject, parseJsonObject } from './json-body.js';
import type { Order } from './orders.js';
import {
  answerRefusal,
  frequencyLimited,
  invalidRequest,
  isRefusal,
  type PayRefusal,
  paramError,
  resourceNotExists,
  userAccountAbnormal,
} from './pay-errors.js';
import { type Refund, type RefundEnd, type RefundRequest, readRefund } from './refunds.js';
import { openSealed } from './transfer-rules.js';

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

/** After a restart: what was being processed goes on. */
export function resumeRefunds(emulator: Emulator): void {
  for (const refund of emulator.refunds.all()) if (refund.status === 'PROCESSING') settle(emulator, refund);
}

/** Books a refund that passed every rule, and lets it end. */
export function openRefund(
  emulator: Emulator,
  order: Order,
  asked: RefundRequest,
  body: JsonObject,
): Refund | PayRefusal {
  const made = emulator.refunds.request(order, asked, body);
  if ('status' in made) return made;
  if (made.isNew) settle(emulator, made.refund);
  return made.refund;
}

function findOrder(emulator: Emulator, asked: RefundRequest) {
  const { transactionId, outTradeNo } = asked;
  const order = transactionId === null ? undefined : emulator.orders.byTransactionId(transactionId);
  if (transactionId !== null) return outTradeNo === null || order?.outTradeNo === outTradeNo ? order : undefined;
  return emulator.orders.find(outTradeNo ?? '');
}

/** Refusals count: whoever sends nothing but failing requests is slowed down first. */
function refuse(emulator: Emulator, reply: FastifyReply, refusal: PayRefusal): FastifyReply {
  emulator.refunds.noteRefusal();
  return answerRefusal(reply, refusal);
}

function create(emulator: Emulator) {
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    if (emulator.refunds.isTooOften()) return answerRefusal(reply, frequencyLimited('频率超限，请稍后原单重试'));
    const body = parseJsonObject(request.body);
    if (!body) return refuse(emulator, reply, paramError('请求体须为 JSON 对象'));
    const asked = readRefund(body);
    if (isRefusal(asked)) return refuse(emulator, reply, asked);
    const order = findOrder(emulator, asked);
    if (!order) return refuse(emulator, reply, resourceNotExists('订单不存在'));
    const known = emulator.refunds.find(asked.outRefundNo);
    if (!known && emulator.personas.byOpenid(order.payerOpenid)?.accountAbnormal) {
      return refuse(emulator, reply, userAccountAbnormal('用户账户异常'));
    }
    const made = openRefund(emulator, order, asked, body);
    return isRefusal(made) ? refuse(emulator, reply, made) : reply.send(emulator.refunds.view(made));
  };
}

function query(emulator: Emulator) {
  return (request: FastifyRequest<{ Params: { outRefundNo: string } }>, reply: FastifyReply): FastifyReply => {
    const refund = emulator.refunds.find(request.params.outRefundNo);
    if (!refund) return answerRefusal(reply, resourceNotExists('退款单不存在'));
    return reply.send(emulator.refunds.view(refund));
  };
}

/** What tells a bank card is sealed with the platform's key, as names are. */
function opensSealed(emulator: Emulator, serial: unknown, sealed: unknown): boolean {
  const keyPem = emulator.keys.opening(typeof serial === 'string' ? serial : undefined);
  return typeof sealed === 'string' && keyPem !== null && openSealed(sealed, keyPem) !== null;
}

function applyAbnormal(emulator: Emulator) {
  return (request: FastifyRequest<{ Params: { refundId: string } }>, reply: FastifyReply): FastifyReply => {
    const body = parseJsonObject(request.body);
    const refund = emulator.refunds.byRefundId(request.params.refundId);
    if (!body) return answerRefusal(reply, paramError('请求体须为 JSON 对象'));
    if (!refund) return answerRefusal(reply, resourceNotExists('退款单不存在'));
    if (body.out_refund_no !== refund.outRefundNo)
      return answerRefusal(reply, paramError('out_refund_no 与退款单不符'));
    const { type, bank_type: bank, bank_account: account, real_name: name } = body;
    if (type !== 'USER_BANK_CARD' && type !== 'MERCHANT_BANK_CARD')
      return answerRefusal(reply, paramError('type 有误'));
    const serial = request.headers['wechatpay-serial'];
    if (type === 'USER_BANK_CARD') {
      const isTold = typeof bank === 'string' && bank !== '';
      if (!isTold || !opensSealed(emulator, serial, account) || !opensSealed(emulator, serial, name)) {
        return answerRefusal(reply, paramError('退款至用户银行卡须填写 bank_type、bank_account、real_name'));
      }
    }
    const receiver = type === 'USER_BANK_CARD' ? '用户银行卡' : '商户结算银行账户';
    if (!emulator.refunds.reroute(refund, receiver)) return answerRefusal(reply, invalidRequest('退款单不是异常状态'));
    const view = emulator.refunds.view(refund);
    settle(emulator, refund);
    return reply.send(view);
  };
}

export function refundRoutes(app: FastifyInstance, emulator: Emulator): void {
  app.post('/v3/refund/domestic/refunds', create(emulator));
  app.get('/v3/refund/domestic/refunds/:outRefundNo', query(emulator));
  app.post('/v3/refund/domestic/refunds/:refundId/apply-abnormal-refund', applyAbnormal(emulator));
}
