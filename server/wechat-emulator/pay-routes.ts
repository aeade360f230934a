import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { billRoutes } from './bill-routes.js';
import { certificateRoutes } from './certificate-routes.js';
import { pause } from './clock.js';
import type { Emulator } from './emulator.js';
import { parseJsonObject } from './json-body.js';
import { readPrepay } from './order-rules.js';
import { answerRefusal, isRefusal, orderNotExist, paramError } from './pay-errors.js';
import { platformHeaders, refuseUnsigned } from './pay-signature.js';
import { refundRoutes } from './refund-routes.js';
import { transferRoutes } from './transfer-routes.js';

/** Set once a request's signature was found good: only then is the answer signed. */
const verified = new WeakSet<FastifyRequest>();

function headerText(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

function checkSignature(emulator: Emulator) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    const { credentials, wallClock, keys } = emulator;
    const refusal = refuseUnsigned(
      {
        method: request.method,
        url: request.url,
        body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
        authorization: request.headers.authorization,
        platformSerial: headerText(request.headers['wechatpay-serial']),
      },
      {
        ...credentials,
        isKnownSerial: (serial) => keys.isKnown(serial),
        nowSeconds: Math.floor(wallClock.now() / 1000),
      },
    );
    if (refusal?.status === 401) return answerRefusal(reply, refusal);
    verified.add(request);
    return refusal ? answerRefusal(reply, refusal) : undefined;
  };
}

function signAnswer(emulator: Emulator) {
  return async (request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> => {
    const delay = emulator.faults.take('delay', request.url);
    if (delay) await pause(delay.delayMs);
    // A bill is checked by its hash, and comes without a signature.
    if (!verified.has(request) || request.url.startsWith('/v3/billdownload/')) return payload;
    const body = typeof payload === 'string' ? payload : '';
    const tampered = emulator.faults.take('tamper', request.url) ? `${body} ` : body;
    const signer = emulator.keys.forAnswer(headerText(request.headers['wechatpay-serial']));
    reply.headers(platformHeaders(signer, Math.floor(emulator.wallClock.now() / 1000), tampered));
    return payload;
  };
}

function prepay(emulator: Emulator) {
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const body = parseJsonObject(request.body);
    if (!body) return answerRefusal(reply, paramError('请求体须为 JSON 对象'));
    const read = readPrepay(body, emulator.credentials);
    if (isRefusal(read)) return answerRefusal(reply, read);
    if (!emulator.personas.byOpenid(read.payerOpenid)) {
      return answerRefusal(reply, paramError('payer.openid 与 appid 不匹配'));
    }
    const made = emulator.orders.prepay(read, body);
    if ('status' in made) return answerRefusal(reply, made);
    return reply.send({ prepay_id: made.prepayId });
  };
}

type OrderRequest = FastifyRequest<{ Params: { outTradeNo: string }; Querystring: { mchid?: string } }>;

function query(emulator: Emulator) {
  return (request: OrderRequest, reply: FastifyReply): FastifyReply => {
    if (request.query.mchid !== emulator.credentials.mchId) return answerRefusal(reply, paramError('mchid 有误'));
    const order = emulator.orders.find(request.params.outTradeNo);
    return order ? reply.send(emulator.orders.view(order)) : answerRefusal(reply, orderNotExist('订单不存在'));
  };
}

function close(emulator: Emulator) {
  return (request: OrderRequest, reply: FastifyReply): FastifyReply => {
    if (parseJsonObject(request.body)?.mchid !== emulator.credentials.mchId) {
      return answerRefusal(reply, paramError('mchid 有误'));
    }
    const refusal = emulator.orders.close(request.params.outTradeNo);
    return refusal ? answerRefusal(reply, refusal) : reply.code(204).send();
  };
}

/** What api.mch.weixin.qq.com serves. Every request must be signed, every answer to a signed request is signed. */
export function payRoutes(emulator: Emulator) {
  return async (app: FastifyInstance): Promise<void> => {
    app.addHook('preHandler', checkSignature(emulator));
    app.addHook('preHandler', async (request, reply) => {
      if (!emulator.faults.take('busy', request.url)) return;
      return answerRefusal(reply, { status: 500, code: 'SYSTEM_ERROR', message: '系统错误' });
    });
    app.addHook('onSend', signAnswer(emulator));
    app.post('/v3/pay/transactions/jsapi', prepay(emulator));
    app.get('/v3/pay/transactions/out-trade-no/:outTradeNo', query(emulator));
    app.post('/v3/pay/transactions/out-trade-no/:outTradeNo/close', close(emulator));
    refundRoutes(app, emulator);
    transferRoutes(app, emulator);
    billRoutes(app, emulator);
    certificateRoutes(app, emulator);
  };
}
