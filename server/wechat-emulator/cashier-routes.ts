import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Emulator } from './emulator.js';
import { escapeHtml, hiddenFields, messagePage, page, yuan } from './html.js';
import { type JsonObject, parseJsonObject } from './json-body.js';
import { isOwnUrl } from './loopback.js';
import type { Order, PayFault } from './orders.js';
import { faultInPaySign } from './pay-signature.js';
import type { Persona } from './personas.js';
import { returnAddress } from './return-address.js';
import { takePayment } from './take-payment.js';

const FAULT_TEXT: Readonly<Record<PayFault['fault'], string>> = {
  unknown_prepay: '没有找到这笔订单，请返回商家重新下单。',
  expired: '支付已超时，请返回商家重新发起支付。',
  closed: '订单已关闭，不能支付。',
  paid: '这笔订单已经支付，不会重复扣款。',
  not_the_payer: '这笔订单由另一位用户发起，请由本人支付。',
};

function cashierPage(order: Order, persona: Persona, hidden: Record<string, string>): string {
  return page(
    '微信支付（模拟）',
    `<div class="tag">微信支付 · 模拟环境，不会真实扣款</div>
<div class="card"><h1>${escapeHtml(order.description)}</h1>
<div class="amount"><small>¥</small>${yuan(order.totalFen)}</div>
<dl><dt>付款人</dt><dd>${escapeHtml(persona.name)}</dd><dt>付款方式</dt><dd>零钱</dd>
<dt>商户单号</dt><dd>${escapeHtml(order.outTradeNo)}</dd></dl></div>
<form method="post" action="/cashier/decision">${hiddenFields(hidden)}
<button class="primary" name="action" value="pay">立即支付</button>
<button class="plain" name="action" value="cancel">取消</button></form>`,
  );
}

interface Visit {
  readonly prepayId: string;
  readonly persona: Persona | null;
  readonly returnUrl: string | null;
  readonly fields: URLSearchParams;
}

/** A return address that is not ours is refused outright: the cashier must not send people to strangers. */
function readVisit(emulator: Emulator, fields: URLSearchParams): Visit | null {
  const returnUrl = fields.get('return');
  if (returnUrl !== null && !isOwnUrl(returnUrl, emulator.mallUrl)) return null;
  const prepayId = fields.get('prepay_id') ?? '';
  return { prepayId, persona: emulator.personas.named(fields.get('persona')), returnUrl, fields };
}

function signFault(emulator: Emulator, source: (name: string) => unknown, prepayId: string): string | null {
  const text = (name: string): string => String(source(name) ?? '');
  const params = {
    appId: text('appId'),
    timeStamp: text('timeStamp'),
    nonceStr: text('nonceStr'),
    package: text('package'),
    signType: text('signType'),
    paySign: text('paySign'),
  };
  const { appId, merchantPublicKeyPem } = emulator.credentials;
  return faultInPaySign(params, prepayId, { appId, publicKeyPem: merchantPublicKeyPem });
}

function show(emulator: Emulator) {
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    reply.type('text/html; charset=utf-8');
    const fields = new URL(request.url, emulator.baseUrl).searchParams;
    const visit = readVisit(emulator, fields);
    if (!visit) return reply.code(400).send(messagePage('无法打开', '返回地址不在允许的范围内。', null));
    const { prepayId, persona, returnUrl } = visit;
    const order = emulator.orders.byPrepay(prepayId);
    if (!persona || !order) return reply.code(404).send(messagePage('无法支付', FAULT_TEXT.unknown_prepay, returnUrl));
    if (persona.openid !== order.payerOpenid) {
      return reply.code(403).send(messagePage('无法支付', FAULT_TEXT.not_the_payer, returnUrl));
    }
    if (order.state !== 'NOTPAY') {
      const text = order.state === 'SUCCESS' ? FAULT_TEXT.paid : FAULT_TEXT.closed;
      return reply.send(messagePage('订单状态', text, returnUrl));
    }
    if (fields.has('paySign') && signFault(emulator, (name) => fields.get(name), prepayId)) {
      return reply.code(400).send(messagePage('无法支付', '支付验证签名失败。', returnUrl));
    }
    const hidden = { prepay_id: prepayId, persona: persona.id, ...(returnUrl === null ? {} : { return: returnUrl }) };
    return reply.send(cashierPage(order, persona, hidden));
  };
}

function decide(emulator: Emulator) {
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    reply.type('text/html; charset=utf-8');
    const fields = new URLSearchParams(Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '');
    const visit = readVisit(emulator, fields);
    if (!visit?.persona) return reply.code(400).send(messagePage('无法支付', FAULT_TEXT.unknown_prepay, null));
    const { prepayId, persona, returnUrl } = visit;
    if (fields.get('action') !== 'pay') {
      if (returnUrl !== null) return reply.redirect(returnAddress(returnUrl, 'payResult', 'cancel'), 303);
      return reply.send(messagePage('已取消', '没有扣款，可以稍后再支付。', null));
    }
    const paid = takePayment(emulator, prepayId, persona);
    // A second press finds the order paid: the person is where she wanted to be.
    if ('fault' in paid && paid.fault !== 'paid') {
      return reply.code(409).send(messagePage('无法支付', FAULT_TEXT[paid.fault], returnUrl));
    }
    if (returnUrl !== null) return reply.redirect(returnAddress(returnUrl, 'payResult', 'ok'), 303);
    return reply.send(messagePage('支付成功', '可以关闭此页面。', null));
  };
}

/** The same decision for tests, with the parameters that the app would pass to `wx.requestPayment`. */
function payByJson(emulator: Emulator) {
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const body: JsonObject = parseJsonObject(request.body) ?? {};
    const persona = emulator.personas.named(body.persona);
    const prepayId = String(body.prepay_id ?? '');
    if (!persona) return reply.code(400).send({ error: 'unknown_persona' });
    const field = signFault(emulator, (name) => body[name], prepayId);
    if (field !== null) return reply.code(400).send({ error: 'pay_sign_invalid', field });
    const paid = takePayment(emulator, prepayId, persona);
    if ('fault' in paid) return reply.code(paid.fault === 'unknown_prepay' ? 404 : 409).send({ error: paid.fault });
    return reply.send({ result: 'ok', transaction_id: paid.transactionId, out_trade_no: paid.outTradeNo });
  };
}

export function cashierRoutes(app: FastifyInstance, emulator: Emulator): void {
  app.get('/cashier', show(emulator));
  app.post('/cashier/decision', decide(emulator));
  app.post('/cashier/pay', payByJson(emulator));
}
