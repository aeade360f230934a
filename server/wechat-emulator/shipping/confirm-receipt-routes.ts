import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Emulator } from '../emulator.js';
import { escapeHtml, messagePage, page, yuan } from '../html.js';
import { type JsonObject, parseJsonObject } from '../json-body.js';
import { isOwnUrl } from '../loopback.js';
import type { Order } from '../orders.js';
import type { Persona } from '../personas.js';
import { returnAddress } from '../return-address.js';
import { ORDER_STATE } from './shipments.js';
import { readLooseKey } from './shipping-rules.js';

/** What `weappOrderConfirm` brings back in `referrerInfo.extraData.status`. */
type ConfirmStatus = 'success' | 'fail' | 'cancel';

interface Visit {
  readonly order: Order | undefined;
  readonly persona: Persona | null;
  readonly returnUrl: string | null;
}

function find(emulator: Emulator, fields: JsonObject): Order | undefined {
  const key = readLooseKey(fields);
  return typeof key === 'number' ? undefined : emulator.shipments.find(key);
}

function confirm(emulator: Emulator, { order, persona }: Visit): ConfirmStatus {
  if (!order || persona?.openid !== order.payerOpenid) return 'fail';
  return emulator.shipments.confirm(order) ? 'success' : 'fail';
}

/** Null when the return address leads to strangers. */
function readVisit(emulator: Emulator, fields: JsonObject): Visit | null {
  const { return: returnUrl } = fields;
  if (returnUrl !== undefined && (typeof returnUrl !== 'string' || !isOwnUrl(returnUrl, emulator.mallUrl))) return null;
  const persona = emulator.personas.named(fields.persona);
  return { order: find(emulator, fields), persona, returnUrl: returnUrl ?? null };
}

function confirmPage(order: Order, persona: Persona, hidden: Record<string, string>): string {
  const fields = Object.entries(hidden).map(
    ([name, value]) => `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`,
  );
  return page(
    '确认收货（模拟）',
    `<div class="tag">微信确认收货 · 模拟环境</div>
<div class="card"><h1>${escapeHtml(order.description)}</h1>
<div class="amount"><small>¥</small>${yuan(order.totalFen)}</div>
<dl><dt>收货人</dt><dd>${escapeHtml(persona.name)}</dd><dt>商户单号</dt><dd>${escapeHtml(order.outTradeNo)}</dd></dl>
<p class="note">确认收货后，货款将结算给商家。</p></div>
<form method="post" action="/device/confirm-receive/decision">${fields.join('')}
<button class="primary" name="action" value="confirm">确认收货</button>
<button class="plain" name="action" value="cancel">取消</button></form>`,
  );
}

function show(emulator: Emulator) {
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    reply.type('text/html; charset=utf-8');
    const fields = Object.fromEntries(new URL(request.url, emulator.baseUrl).searchParams);
    const visit = readVisit(emulator, fields);
    if (!visit) return reply.code(400).send(messagePage('无法打开', '返回地址不在允许的范围内。', null));
    const { order, persona, returnUrl } = visit;
    const back = returnUrl === null ? null : returnAddress(returnUrl, 'confirmResult', 'fail');
    if (!order || persona?.openid !== order.payerOpenid) {
      return reply.code(404).send(messagePage('无法确认收货', '没有找到这笔订单。', back));
    }
    if (emulator.shipments.stateOf(order) !== ORDER_STATE.shipped) {
      return reply.send(messagePage('无法确认收货', '订单还没有发货，或者已经确认收货。', back));
    }
    return reply.send(confirmPage(order, persona, fields));
  };
}

function decide(emulator: Emulator) {
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    reply.type('text/html; charset=utf-8');
    const text = Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '';
    const fields = Object.fromEntries(new URLSearchParams(text));
    const visit = readVisit(emulator, fields);
    if (!visit) return reply.code(400).send(messagePage('无法打开', '返回地址不在允许的范围内。', null));
    const status = fields.action === 'confirm' ? confirm(emulator, visit) : 'cancel';
    const { returnUrl } = visit;
    if (returnUrl !== null) return reply.redirect(returnAddress(returnUrl, 'confirmResult', status), 303);
    const said = { success: '已确认收货', fail: '无法确认收货', cancel: '已取消' } as const;
    return reply.send(messagePage(said[status], '可以关闭这个页面了。', null));
  };
}

/** The same for tests: `{persona, transaction_id | merchant_id + merchant_trade_no, action: confirm|cancel}`. */
function decideByJson(emulator: Emulator) {
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const fields = parseJsonObject(request.body) ?? {};
    const visit = readVisit(emulator, fields);
    if (!visit?.persona) return reply.code(400).send({ error: 'unknown_persona' });
    const status = fields.action === 'cancel' ? 'cancel' : confirm(emulator, visit);
    return reply.send({ status });
  };
}

/**
 * What `wx.openBusinessView({businessType: 'weappOrderConfirm'})` shows on the phone. A browser gets the status as
 * `confirmResult` in its return address; a mini-program as `referrerInfo.extraData.status`.
 */
export function confirmReceiptRoutes(app: FastifyInstance, emulator: Emulator): void {
  app.get('/device/confirm-receive', show(emulator));
  app.post('/device/confirm-receive', decideByJson(emulator));
  app.post('/device/confirm-receive/decision', decide(emulator));
}
