import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Emulator } from './emulator.js';
import { parseJsonObject } from './json-body.js';
import { NOTICE_BENDS, type NoticeBend } from './notice-bends.js';
import { NOTICE_MODES, type Notice, type NoticeMode } from './notices.js';

function noticeView({ id, eventType, url, state, answers, body }: Notice) {
  return { id, eventType, url, state, answers, body };
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function setMode(emulator: Emulator) {
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const { mode, delayMs, batch } = parseJsonObject(request.body) ?? {};
    if (!(NOTICE_MODES as readonly unknown[]).includes(mode)) {
      return reply.code(400).send({ error: `mode must be one of ${NOTICE_MODES.join(', ')}` });
    }
    const { notices } = emulator;
    notices.mode = mode as NoticeMode;
    if (isCount(delayMs)) notices.delayMs = delayMs;
    if (isCount(batch)) notices.batch = batch;
    if (mode !== 'shuffle') notices.flush();
    return reply.send({ mode });
  };
}

/** `POST /control/notices/:id/resend` sends it again; with `{bend}` a wrong copy of it. */
function resend(emulator: Emulator) {
  return async (request: FastifyRequest<{ Params: { id: string } }>, reply: FastifyReply): Promise<FastifyReply> => {
    const bend = parseJsonObject(request.body)?.bend;
    if (bend !== undefined && !(NOTICE_BENDS as readonly unknown[]).includes(bend)) {
      return reply.code(400).send({ error: `bend must be one of ${NOTICE_BENDS.join(', ')}` });
    }
    const { notices } = emulator;
    const { id } = request.params;
    const answer = bend === undefined ? await notices.resend(id) : await notices.sendBent(id, bend as NoticeBend);
    return answer === null ? reply.code(404).send({ error: 'unknown_notice' }) : reply.send({ answer });
  };
}

/** Notices sent twice, late, out of order, never, or wrong. */
export function controlNotices(app: FastifyInstance, emulator: Emulator): void {
  app.get('/control/notices', (_request, reply) => reply.send({ notices: emulator.notices.all().map(noticeView) }));
  app.post('/control/notices', setMode(emulator));
  app.post('/control/notices/:id/resend', resend(emulator));
}
