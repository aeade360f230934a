import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { controlBills } from './bill-routes.js';
import { controlFaults } from './control-faults.js';
import { controlNotices } from './control-notices.js';
import { controlTransfers, setNumbers } from './control-transfers.js';
import type { Emulator } from './emulator.js';
import { parseJsonObject } from './json-body.js';
import { REFUND_ENDS, type RefundEnd } from './refunds.js';

function badRequest(reply: FastifyReply, error: string): FastifyReply {
  return reply.code(400).send({ error });
}

function setRefundEnd(emulator: Emulator) {
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const { next, merchantBalanceFen, rates } = parseJsonObject(request.body) ?? {};
    if (next !== undefined) {
      if (!(REFUND_ENDS as readonly unknown[]).includes(next))
        return badRequest(reply, 'next must be SUCCESS, ABNORMAL or CLOSED');
      emulator.nextRefundEnd = next as RefundEnd;
    }
    if (merchantBalanceFen !== undefined) {
      if (merchantBalanceFen !== null && !Number.isSafeInteger(merchantBalanceFen)) {
        return badRequest(reply, 'merchantBalanceFen must be an integer or null');
      }
      emulator.account.balanceFen = merchantBalanceFen as number | null;
      emulator.transfers.settle();
    }
    if (!setNumbers(emulator.refunds.rates, rates)) return badRequest(reply, 'rates are numbers a second');
    return reply.send({
      rates: emulator.refunds.rates,
      next: emulator.nextRefundEnd,
      merchantBalanceFen: emulator.account.balanceFen,
    });
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

/** `{path, perMinute?, perDay?}`: another quota than the documented one, so that nobody has to call a million times. */
function setQuota(emulator: Emulator) {
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const { path, perMinute, perDay } = parseJsonObject(request.body) ?? {};
    if (typeof path !== 'string') return badRequest(reply, 'path');
    const quota = {
      ...(typeof perMinute === 'number' ? { perMinute } : {}),
      ...(typeof perDay === 'number' ? { perDay } : {}),
    };
    emulator.quotas.set(path, quota);
    return reply.send({ path, ...quota });
  };
}

/** Levers for tests and demonstrations: what no person can do with a phone. */
export function controlRoutes(app: FastifyInstance, emulator: Emulator): void {
  controlNotices(app, emulator);
  controlFaults(app, emulator);
  controlBills(app, emulator);
  app.post('/control/refunds', setRefundEnd(emulator));
  app.post('/control/quotas', setQuota(emulator));
  app.post('/control/personas/:id', setPersona(emulator));
  controlTransfers(app, emulator);
}
