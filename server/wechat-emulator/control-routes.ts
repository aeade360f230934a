import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { controlTransfers } from './control-transfers.js';
import type { Emulator } from './emulator.js';
import type { Fault } from './faults.js';
import { parseJsonObject } from './json-body.js';
import type { Notice, NoticeMode } from './notices.js';
import type { RefundEnd } from './refunds.js';

const MODES: readonly unknown[] = ['deliver', 'hold', 'duplicate'] satisfies NoticeMode[];
const FAULT_KINDS: readonly unknown[] = ['busy', 'delay', 'tamper'] satisfies Fault['kind'][];
const REFUND_ENDS: readonly unknown[] = ['SUCCESS', 'ABNORMAL', 'CLOSED'] satisfies RefundEnd[];

function noticeView({ id, eventType, url, state, answers, body }: Notice) {
  return { id, eventType, url, state, answers, body };
}

function badRequest(reply: FastifyReply, error: string): FastifyReply {
  return reply.code(400).send({ error });
}

function setNoticeMode(emulator: Emulator) {
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const mode = parseJsonObject(request.body)?.mode;
    if (!MODES.includes(mode)) return badRequest(reply, 'mode must be deliver, hold or duplicate');
    emulator.notices.mode = mode as NoticeMode;
    return reply.send({ mode });
  };
}

function armFault(emulator: Emulator) {
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const { kind, path, times = 1, delayMs = 60_000 } = parseJsonObject(request.body) ?? {};
    if (!FAULT_KINDS.includes(kind)) return badRequest(reply, 'kind must be busy, delay or tamper');
    if (typeof path !== 'string' || !path.startsWith('/')) return badRequest(reply, 'path must begin with /');
    if (!Number.isInteger(times) || !Number.isInteger(delayMs))
      return badRequest(reply, 'times and delayMs are integers');
    emulator.faults.arm({ kind: kind as Fault['kind'], path, times: Number(times), delayMs: Number(delayMs) });
    return reply.send({ armed: true });
  };
}

function setRefundEnd(emulator: Emulator) {
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const { next, merchantBalanceFen } = parseJsonObject(request.body) ?? {};
    if (next !== undefined) {
      if (!REFUND_ENDS.includes(next)) return badRequest(reply, 'next must be SUCCESS, ABNORMAL or CLOSED');
      emulator.nextRefundEnd = next as RefundEnd;
    }
    if (merchantBalanceFen !== undefined) {
      if (merchantBalanceFen !== null && !Number.isSafeInteger(merchantBalanceFen)) {
        return badRequest(reply, 'merchantBalanceFen must be an integer or null');
      }
      emulator.account.balanceFen = merchantBalanceFen as number | null;
      emulator.transfers.settle();
    }
    return reply.send({ next: emulator.nextRefundEnd, merchantBalanceFen: emulator.account.balanceFen });
  };
}

function setPersona(emulator: Emulator) {
  return (request: FastifyRequest<{ Params: { id: string } }>, reply: FastifyReply): FastifyReply => {
    const persona = emulator.personas.named(request.params.id);
    const { blocked, accountAbnormal } = parseJsonObject(request.body) ?? {};
    if (!persona) return badRequest(reply, 'unknown_persona');
    if (typeof blocked === 'boolean') persona.blocked = blocked;
    if (typeof accountAbnormal === 'boolean') persona.accountAbnormal = accountAbnormal;
    return reply.send(persona);
  };
}

/** Levers for tests and demonstrations: what no person can do with a phone. */
export function controlRoutes(app: FastifyInstance, emulator: Emulator): void {
  app.get('/control/notices', (_request, reply) => reply.send({ notices: emulator.notices.all().map(noticeView) }));
  app.post('/control/notices', setNoticeMode(emulator));
  app.post<{ Params: { id: string } }>('/control/notices/:id/resend', async (request, reply) => {
    const answer = await emulator.notices.resend(request.params.id);
    return answer === null ? reply.code(404).send({ error: 'unknown_notice' }) : reply.send({ answer });
  });
  app.post('/control/faults', armFault(emulator));
  app.post('/control/refunds', setRefundEnd(emulator));
  app.post('/control/personas/:id', setPersona(emulator));
  controlTransfers(app, emulator);
}
