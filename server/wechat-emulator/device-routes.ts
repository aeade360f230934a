import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Emulator } from './emulator.js';
import { parseJsonObject } from './json-body.js';
import type { CodeKind } from './one-time-codes.js';

function issueCode(emulator: Emulator, kind: CodeKind) {
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const body = parseJsonObject(request.body);
    const persona = emulator.personas.named(body?.persona);
    if (!persona) return reply.code(400).send({ error: 'unknown_persona' });
    // A code made inside another mini-program, for tests of the cross-check.
    const appId = typeof body?.appId === 'string' ? body.appId : emulator.credentials.appId;
    if (appId === emulator.credentials.appId) {
      if (kind === 'login') emulator.sessions.login(persona.openid);
      if (kind === 'phone' && !emulator.phoneFees.charge()) {
        return reply.send({ errMsg: 'getPhoneNumber:fail', errno: 1400001 });
      }
    }
    return reply.send({ code: emulator.codes.issue(kind, persona, appId) });
  };
}

/** `wx.checkSession`: a login opens her session, and here it does not run out. */
function checkSession(emulator: Emulator) {
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const persona = emulator.personas.named(parseJsonObject(request.body)?.persona);
    if (!persona) return reply.code(400).send({ error: 'unknown_persona' });
    const isAlive = emulator.sessions.keyOf(persona.openid) !== null;
    return reply.send({ errMsg: isAlive ? 'checkSession:ok' : 'checkSession:fail session time out, need relogin' });
  };
}

/** What `wx.login` and the phone button do on a real phone. */
export function deviceRoutes(app: FastifyInstance, emulator: Emulator): void {
  app.get('/device/personas', (_request, reply) => {
    const personas = emulator.personas.all();
    return reply.send({ personas: personas.map(({ id, name, role, phone }) => ({ id, name, role, phone })) });
  });
  app.post('/device/login-code', issueCode(emulator, 'login'));
  app.post('/device/phone-code', issueCode(emulator, 'phone'));
  app.post('/device/check-session', checkSession(emulator));
}
