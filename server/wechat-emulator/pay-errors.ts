import type { FastifyReply } from 'fastify';

/** A documented refusal of Pay v3: HTTP status, code, message. Callers branch on `code`. */
export interface PayRefusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

function refusal(status: number, code: string): (message: string) => PayRefusal {
  return (message) => ({ status, code, message });
}

export const paramError = refusal(400, 'PARAM_ERROR');
export const invalidRequest = refusal(400, 'INVALID_REQUEST');
export const appidMchidNotMatch = refusal(400, 'APPID_MCHID_NOT_MATCH');
export const mchNotExists = refusal(400, 'MCH_NOT_EXISTS');
export const orderClosed = refusal(400, 'ORDER_CLOSED');
export const noStatementExist = refusal(400, 'NO_STATEMENT_EXIST');
export const statementCreating = refusal(400, 'STATEMENT_CREATING');
export const signError = refusal(401, 'SIGN_ERROR');
export const outTradeNoUsed = refusal(403, 'OUT_TRADE_NO_USED');
export const noAuth = refusal(403, 'NO_AUTH');
export const notEnough = refusal(403, 'NOT_ENOUGH');
export const userAccountAbnormal = refusal(403, 'USER_ACCOUNT_ABNORMAL');
export const orderNotExist = refusal(404, 'ORDER_NOT_EXIST');
export const resourceNotExists = refusal(404, 'RESOURCE_NOT_EXISTS');

export const notFound = refusal(404, 'NOT_FOUND');
export const frequencyLimited = refusal(429, 'FREQUENCY_LIMITED');

export function isRefusal(value: object): value is PayRefusal {
  return 'status' in value && 'code' in value && 'message' in value;
}

export function answerRefusal(reply: FastifyReply, { status, code, message }: PayRefusal): FastifyReply {
  return reply.code(status).send({ code, message });
}
