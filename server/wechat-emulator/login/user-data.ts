import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Emulator } from '../emulator.js';
import { parseJsonObject } from '../json-body.js';
import type { Persona } from '../personas.js';

function seal(data: object, sessionKey: string): { encryptedData: string; iv: string } {
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-128-cbc', Buffer.from(sessionKey, 'base64'), iv);
  const sealed = Buffer.concat([cipher.update(JSON.stringify(data), 'utf8'), cipher.final()]);
  return { encryptedData: sealed.toString('base64'), iv: iv.toString('base64') };
}

function userInfo({ name }: Persona) {
  return { nickName: name, gender: 0, language: 'zh_CN', city: '', province: '', country: '', avatarUrl: '' };
}

/** `wx.getUserInfo`, or the phone button as it was before it gave a code: sealed with the session key of the login. */
function userData(emulator: Emulator) {
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const { persona: id, kind, appId } = parseJsonObject(request.body) ?? {};
    const persona = emulator.personas.named(id);
    if (!persona) return reply.code(400).send({ error: 'unknown_persona' });
    const sessionKey = emulator.sessions.keyOf(persona.openid);
    if (sessionKey === null) return reply.send({ errMsg: 'getUserInfo:fail not logged in' });
    const timestamp = Math.floor(emulator.clock.now() / 1000);
    // Data made inside another mini-program, for tests of the watermark.
    const watermark = { timestamp, appid: typeof appId === 'string' ? appId : emulator.credentials.appId };
    if (kind === 'phone') {
      const { phone } = persona;
      const number = { phoneNumber: phone, purePhoneNumber: phone, countryCode: '86', watermark };
      return reply.send({ errMsg: 'getPhoneNumber:ok', ...seal(number, sessionKey) });
    }
    const { openid, unionid } = persona;
    const info = userInfo(persona);
    const rawData = JSON.stringify(info);
    const signature = createHash('sha1').update(`${rawData}${sessionKey}`).digest('hex');
    const whole = { openId: openid, ...info, ...(unionid === null ? {} : { unionId: unionid }), watermark };
    return reply.send({ errMsg: 'getUserInfo:ok', userInfo: info, rawData, signature, ...seal(whole, sessionKey) });
  };
}

/** `{left: number | null}`: how many numbers the shop has paid for. */
function setFees(emulator: Emulator) {
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const { phoneFees } = emulator;
    const { left } = parseJsonObject(request.body) ?? {};
    if (left !== undefined && left !== null && !(Number.isInteger(left) && Number(left) >= 0)) {
      return reply.code(400).send({ error: 'left is a number of callbacks, or null' });
    }
    if (left !== undefined) phoneFees.left = left as number | null;
    return reply.send({ callbacks: phoneFees.callbacks, feeFen: phoneFees.feeFen, left: phoneFees.left });
  };
}

/** §1, §2: what the phone passes on sealed, and what its phone button has cost. */
export function userDataRoutes(app: FastifyInstance, emulator: Emulator): void {
  app.post('/device/user-data', userData(emulator));
  app.get('/control/phone-fees', setFees(emulator));
  app.post('/control/phone-fees', setFees(emulator));
}
