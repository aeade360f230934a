import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { answerErrcode } from './api-errors.js';
import type { Emulator } from './emulator.js';
import { answerRefusal, frequencyLimited } from './pay-errors.js';

function isPay({ url }: FastifyRequest): boolean {
  return url.startsWith('/v3/');
}

function breakBefore(emulator: Emulator) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    const { faults, time } = emulator;
    const { url } = request;
    if (faults.take('refuse', url)) {
      request.raw.socket.destroy();
      return reply.hijack();
    }
    const silence = faults.take('timeout', url);
    if (silence) {
      // Longer than any caller waits; cut in the end, so that no connection stays for ever.
      time.after(silence.delayMs, () => request.raw.socket.destroy());
      return reply.hijack();
    }
    if (faults.take('gateway', url)) return reply.code(502).type('text/html').send('<h1>502 Bad Gateway</h1>');
    if (faults.take('limited', url)) {
      return isPay(request) ? answerRefusal(reply, frequencyLimited('频率超限')) : answerErrcode(reply, 45011);
    }
    return undefined;
  };
}

/** Faults and outages that do not ask which API they hit. For everything that WeChat's servers serve. */
export function outageHooks(platform: FastifyInstance, emulator: Emulator): void {
  platform.addHook('onRequest', breakBefore(emulator));
  platform.addHook('onSend', async (request, _reply, payload) => {
    if (emulator.faults.take('lost', request.url)) request.raw.socket.destroy();
    return payload;
  });
}
