import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Emulator } from './emulator.js';
import { isObject, parseJsonObject } from './json-body.js';

/** Replaces the numbers that are named; false when one is no number of 0 or more, or unknown. */
export function setNumbers(target: object, change: unknown): boolean {
  if (change === undefined) return true;
  if (!isObject(change)) return false;
  const isGood = ([name, value]: [string, unknown]): boolean =>
    name in target && Number.isSafeInteger(value) && Number(value) >= 0;
  if (!Object.entries(change).every(isGood)) return false;
  Object.assign(target, change);
  return true;
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

function set(emulator: Emulator) {
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const { transfers } = emulator;
    const { limits, pace, grantedScenes, nextFailReason, ipAllowed } = parseJsonObject(request.body) ?? {};
    if (!setNumbers(transfers.limits, limits)) return reply.code(400).send({ error: 'limits are numbers of fen' });
    if (!setNumbers(transfers.pace, pace)) return reply.code(400).send({ error: 'pace is in milliseconds' });
    if (grantedScenes !== undefined) {
      if (!isTexts(grantedScenes)) return reply.code(400).send({ error: 'grantedScenes is a list of texts' });
      transfers.grantedScenes.clear();
      for (const scene of grantedScenes) transfers.grantedScenes.add(scene);
    }
    if (nextFailReason === null || typeof nextFailReason === 'string') transfers.nextFailReason = nextFailReason;
    if (typeof ipAllowed === 'boolean') transfers.ipAllowed = ipAllowed;
    transfers.settle();
    return reply.send({
      ipAllowed: transfers.ipAllowed,
      limits: transfers.limits,
      pace: transfers.pace,
      grantedScenes: [...transfers.grantedScenes],
      nextFailReason: transfers.nextFailReason,
    });
  };
}

/** `balanceFen` sets the balance, null for "enough"; `topUpFen` adds to it. */
function setAccount(emulator: Emulator) {
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const { balanceFen, topUpFen } = parseJsonObject(request.body) ?? {};
    const isFen = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
    if (balanceFen !== undefined && balanceFen !== null && !isFen(balanceFen)) {
      return reply.code(400).send({ error: 'balanceFen must be an integer or null' });
    }
    if (topUpFen !== undefined && !isFen(topUpFen)) return reply.code(400).send({ error: 'topUpFen is no amount' });
    if (balanceFen !== undefined) emulator.account.balanceFen = balanceFen as number | null;
    if (topUpFen !== undefined) emulator.account.give(topUpFen);
    emulator.transfers.settle();
    return reply.send({ balanceFen: emulator.account.balanceFen });
  };
}

/** Levers of the transfers: limits, permissions, how the next one ends, and the merchant's balance. */
export function controlTransfers(app: FastifyInstance, emulator: Emulator): void {
  app.get('/control/transfers', (_request, reply) => {
    const { mchId } = emulator.credentials;
    emulator.transfers.settle();
    return reply.send({ transfers: emulator.transfers.all().map((one) => emulator.transfers.view(one, mchId)) });
  });
  app.post('/control/transfers', set(emulator));
  app.post('/control/account', setAccount(emulator));
  app.get('/control/clock', (_request, reply) =>
    reply.send({ now: emulator.clock.now(), aheadMs: emulator.time.aheadMs }),
  );
  app.post('/control/clock', (request, reply) => {
    const advanceMs = parseJsonObject(request.body)?.advanceMs;
    if (!Number.isSafeInteger(advanceMs) || Number(advanceMs) < 0) {
      return reply.code(400).send({ error: 'advanceMs is a number of milliseconds, 0 or more' });
    }
    emulator.time.advance(Number(advanceMs));
    return reply.send({ now: emulator.clock.now(), aheadMs: emulator.time.aheadMs });
  });
}
