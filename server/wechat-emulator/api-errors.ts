import type { FastifyReply, FastifyRequest } from 'fastify';
import { type JsonObject, parseJsonObject } from './json-body.js';

/** Texts of the errcodes that the emulated api.weixin.qq.com answers. */
const TEXTS = {
  [-1]: 'system error',
  40001: 'invalid credential, access_token is invalid or not latest',
  40002: 'invalid grant_type',
  40013: 'invalid appid',
  40029: 'invalid code',
  40097: 'invalid args',
  40125: 'invalid appsecret',
  40129: 'invalid scene',
  40169: 'invalid length for scene, or the data is not json string',
  40226: 'code blocked',
  41001: 'access_token missing',
  41002: 'appid missing',
  41004: 'appsecret missing',
  41008: 'missing code',
  41030: 'invalid page',
  42001: 'access_token expired',
  43002: 'require POST method',
  44002: 'empty post data',
  45009: 'reach max api daily quota limit',
  45011: 'api minute-quota reach limit, must slower, retry next minute',
  47001: 'data format error',
} as const;

export type Errcode = keyof typeof TEXTS;

/** api.weixin.qq.com refuses with HTTP 200 and an errcode. */
export function answerErrcode(reply: FastifyReply, errcode: Errcode): FastifyReply {
  return reply.code(200).send({ errcode, errmsg: TEXTS[errcode] });
}

/** The JSON body of a POST, or the errcode for its fault. */
export function readApiBody(request: FastifyRequest): JsonObject | Errcode {
  if (!Buffer.isBuffer(request.body) || request.body.length === 0) return 44002;
  return parseJsonObject(request.body) ?? 47001;
}
