import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { answerErrcode, readApiBody } from './api-errors.js';
import { pause } from './clock.js';
import { CODE_IMAGE_PATH, codeImageRoute } from './codes/code-image-route.js';
import { linkRoutes } from './codes/link-routes.js';
import { contentRoutes } from './content/content-routes.js';
import type { Emulator } from './emulator.js';
import { sessionRoutes } from './login/session-routes.js';
import { messageRoutes } from './messages/message-routes.js';
import { shippingRoutes } from './shipping/shipping-routes.js';
import { refuseCall } from './token-route.js';
import { wecomRoutes } from './wecom/wecom-routes.js';

function stableToken(emulator: Emulator) {
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const body = readApiBody(request);
    if (typeof body === 'number') return answerErrcode(reply, body);
    const { credentials } = emulator;
    if (body.grant_type !== 'client_credential') return answerErrcode(reply, 40002);
    if (!body.appid) return answerErrcode(reply, 41002);
    if (body.appid !== credentials.appId) return answerErrcode(reply, 40013);
    if (!body.secret) return answerErrcode(reply, 41004);
    if (body.secret !== credentials.appSecret) return answerErrcode(reply, 40125);
    const limited = emulator.quotas.take('/cgi-bin/stable_token', { perMinute: 10_000, perDay: 500_000 });
    if (limited !== 0) return answerErrcode(reply, limited);
    const issued = emulator.tokens.issue(body.force_refresh === true);
    if ('errcode' in issued) return answerErrcode(reply, issued.errcode);
    return reply.send({ access_token: issued.token, expires_in: issued.expiresInSeconds });
  };
}

function phoneNumber(emulator: Emulator) {
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const fault = refuseCall(emulator, request, '/wxa/business/getuserphonenumber', {});
    if (fault !== 0) return answerErrcode(reply, fault);
    const body = readApiBody(request);
    if (typeof body === 'number') return answerErrcode(reply, body);
    const { code, openid } = body;
    const { appId } = emulator.credentials;
    if (typeof code !== 'string' || code === '') return answerErrcode(reply, 40029);
    const found = emulator.codes.find('phone', code, appId);
    if (found.state !== 'good') return answerErrcode(reply, found.state === 'foreign_app' ? 40013 : 40029);
    if (openid !== undefined && openid !== found.persona.openid) return answerErrcode(reply, 40029);
    found.use();
    const { phone } = found.persona;
    const timestamp = Math.floor(emulator.clock.now() / 1000);
    const watermark = { timestamp, appid: appId };
    const info = { phoneNumber: phone, purePhoneNumber: phone, countryCode: '86', watermark };
    return reply.send({ errcode: 0, errmsg: 'ok', phone_info: info });
  };
}

/** What api.weixin.qq.com and qyapi.weixin.qq.com serve. */
export function apiRoutes(emulator: Emulator) {
  return async (app: FastifyInstance): Promise<void> => {
    app.addHook('onRequest', async (request, reply) => {
      if (emulator.faults.take('busy', request.url)) return answerErrcode(reply, -1);
    });
    app.addHook('onSend', async (request) => {
      const delay = emulator.faults.take('delay', request.url);
      if (delay) await pause(delay.delayMs);
    });
    sessionRoutes(app, emulator);
    app.post('/cgi-bin/stable_token', stableToken(emulator));
    app.post('/wxa/business/getuserphonenumber', phoneNumber(emulator));
    app.post(CODE_IMAGE_PATH, codeImageRoute(emulator));
    linkRoutes(app, emulator);
    shippingRoutes(app, emulator);
    messageRoutes(app, emulator);
    contentRoutes(app, emulator);
    wecomRoutes(app, emulator);
    for (const path of ['/cgi-bin/stable_token', '/wxa/business/getuserphonenumber', CODE_IMAGE_PATH]) {
      app.get(path, (_request, reply) => answerErrcode(reply, 43002));
    }
  };
}
