import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Emulator } from './emulator.js';
import { FAULT_KINDS, type FaultKind } from './faults.js';
import { parseJsonObject } from './json-body.js';
import { KEY_MODES, type KeyMode } from './platform-keys.js';

/**
 * `{kind, path, times?, delayMs?, seconds?}`. `times` is 1 unless told; with `seconds`, or with `times: null`, it is an
 * outage: it lasts so long, or until it is lifted.
 */
function arm(emulator: Emulator) {
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const { kind, path, times, delayMs = 60_000, seconds } = parseJsonObject(request.body) ?? {};
    const refuse = (error: string): FastifyReply => reply.code(400).send({ error });
    if (!(FAULT_KINDS as readonly unknown[]).includes(kind)) {
      return refuse(`kind must be one of ${FAULT_KINDS.join(', ')}`);
    }
    if (typeof path !== 'string' || !path.startsWith('/')) return refuse('path must begin with /');
    if (!Number.isInteger(delayMs)) return refuse('delayMs is an integer');
    if (times !== undefined && times !== null && !Number.isInteger(times)) return refuse('times is an integer or null');
    if (seconds !== undefined && !Number.isInteger(seconds)) return refuse('seconds is an integer');
    const often = times === undefined ? (seconds === undefined ? 1 : null) : (times as number | null);
    const fault = { kind: kind as FaultKind, path, times: often, delayMs: Number(delayMs) };
    const { id } = emulator.faults.arm(fault, seconds === undefined ? null : Number(seconds) * 1000);
    return reply.send({ armed: true, id });
  };
}

function setKeys(emulator: Emulator) {
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const { mode, rotate } = parseJsonObject(request.body) ?? {};
    const { keys } = emulator;
    if (mode !== undefined) {
      if (!(KEY_MODES as readonly unknown[]).includes(mode)) {
        return reply.code(400).send({ error: `mode must be one of ${KEY_MODES.join(', ')}` });
      }
      keys.setMode(mode as KeyMode);
    }
    if (rotate === true) keys.rotate();
    return reply.send({ mode: keys.mode, serials: keys.all().map(({ serial }) => serial) });
  };
}

/** Outages and the platform's keys. */
export function controlFaults(app: FastifyInstance, emulator: Emulator): void {
  app.get('/control/faults', (_request, reply) => reply.send({ faults: emulator.faults.all() }));
  app.post('/control/faults', arm(emulator));
  app.post('/control/faults/lift', (request, reply) => {
    const id = parseJsonObject(request.body)?.id;
    return reply.send({ lifted: emulator.faults.lift(typeof id === 'string' ? id : null) });
  });
  app.post('/control/keys', setKeys(emulator));
}
