import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { answerErrcode, type Errcode } from '../api-errors.js';
import type { Emulator } from '../emulator.js';
import { refuseCall } from '../token-route.js';

type Query = Record<string, string | undefined>;

const LOGIN = '/sns/jscode2session';

function login(emulator: Emulator) {
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const { appid, secret, js_code: code, grant_type: grantType } = request.query as Query;
    const { credentials } = emulator;
    if (!appid) return answerErrcode(reply, 41002);
    if (appid !== credentials.appId) return answerErrcode(reply, 40013);
    if (!secret) return answerErrcode(reply, 41004);
    if (secret !== credentials.appSecret) return answerErrcode(reply, 40125);
    if (grantType !== 'authorization_code') return answerErrcode(reply, 40002);
    if (!code) return answerErrcode(reply, 41008);
    const limited = emulator.quotas.take(LOGIN, {});
    if (limited !== 0) return answerErrcode(reply, limited);
    const found = emulator.codes.find('login', code, appid);
    if (found.state !== 'good') return answerErrcode(reply, 40029);
    found.use();
    if (found.persona.blocked) return answerErrcode(reply, 40226);
    const { openid, unionid } = found.persona;
    const sessionKey = emulator.sessions.keyOf(openid) ?? emulator.sessions.replace(openid);
    return reply.send({ openid, session_key: sessionKey, ...(unionid === null ? {} : { unionid }) });
  };
}

/** The openid whose session key signed the query, or the errcode for what is wrong with it. */
function signedOpenid(emulator: Emulator, { openid, signature, sig_method: method }: Query): string | Errcode {
  if (!openid || !emulator.personas.byOpenid(openid)) return 40003;
  if (method !== 'hmac_sha256') return 40097;
  return emulator.sessions.isSignature(openid, signature) ? openid : 87009;
}

/** GET with everything in the query, as the documents' sample has it. */
function sessionGet(
  app: FastifyInstance,
  emulator: Emulator,
  path: string,
  answer: (openid: string) => Record<string, unknown>,
): void {
  app.get(path, (request, reply): FastifyReply => {
    const refusal = refuseCall(emulator, request, path, {});
    if (refusal !== 0) return answerErrcode(reply, refusal);
    const openid = signedOpenid(emulator, request.query as Query);
    if (typeof openid === 'number') return answerErrcode(reply, openid);
    return reply.send({ errcode: 0, errmsg: 'ok', ...answer(openid) });
  });
}

/** §1: who logs in, and the session that it opens. */
export function sessionRoutes(app: FastifyInstance, emulator: Emulator): void {
  app.get(LOGIN, login(emulator));
  sessionGet(app, emulator, '/wxa/checksession', () => ({}));
  sessionGet(app, emulator, '/wxa/resetusersessionkey', (openid) => ({
    openid,
    session_key: emulator.sessions.replace(openid),
  }));
}
