import type { FastifyReply, FastifyRequest } from 'fastify';
import { ERRCODE_TEXTS } from './api-errors.data.js';
import { type JsonObject, parseJsonObject } from './json-body.js';

export type Errcode = keyof typeof ERRCODE_TEXTS;

export function isErrcode(value: unknown): value is Errcode {
  return typeof value === 'number' && String(value) in ERRCODE_TEXTS;
}

/** api.weixin.qq.com refuses with HTTP 200 and an errcode. */
export function answerErrcode(reply: FastifyReply, errcode: Errcode): FastifyReply {
  return reply.code(200).send({ errcode, errmsg: ERRCODE_TEXTS[errcode] });
}

/** The JSON body of a POST, or the errcode for its fault. */
export function readApiBody(request: FastifyRequest): JsonObject | Errcode {
  if (!Buffer.isBuffer(request.body) || request.body.length === 0) return 44002;
  return parseJsonObject(request.body) ?? 47001;
}
