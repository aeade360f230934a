import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { answerErrcode, type Errcode, readApiBody } from './api-errors.js';
import type { Quota } from './api-quotas.js';
import type { Emulator } from './emulator.js';
import type { JsonObject } from './json-body.js';

type Query = Record<string, string | undefined>;

/** What a call that needs an access token does with its JSON body: fields of the answer, or an errcode. */
export type TokenAct = (body: JsonObject, query: Query) => JsonObject | Errcode;

/** The errcode for a missing, dead or expired token, or for a used-up quota; 0 when the call may go on. */
export function refuseCall(emulator: Emulator, request: FastifyRequest, path: string, quota: Quota): 0 | Errcode {
  const fault = emulator.tokens.check((request.query as Query).access_token);
  return fault !== 0 ? fault : emulator.quotas.take(path, quota);
}

/** An API of api.weixin.qq.com: POST only, token in the query, JSON in and out, always HTTP 200. */
export function tokenPost(
  app: FastifyInstance,
  emulator: Emulator,
  path: string,
  act: TokenAct,
  quota: Quota = {},
): void {
  app.get(path, (_request, reply) => answerErrcode(reply, 43002));
  app.post(path, (request, reply): FastifyReply => {
    const refusal = refuseCall(emulator, request, path, quota);
    if (refusal !== 0) return answerErrcode(reply, refusal);
    const body = readApiBody(request);
    if (typeof body === 'number') return answerErrcode(reply, body);
    const answer = act(body, request.query as Query);
    if (typeof answer === 'number') return answerErrcode(reply, answer);
    return reply.send({ errcode: 0, errmsg: 'ok', ...answer });
  });
}
