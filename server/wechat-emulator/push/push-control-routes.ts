import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Emulator } from '../emulator.js';
import { isObject, parseJsonObject } from '../json-body.js';
import { isLoopbackUrl } from '../loopback.js';
import { controlledEvent } from '../shipping/shipping-events.js';
import type { Callbacks, DeliveryMode, Forgery } from './callbacks.js';
import { pushPanel } from './push-panel.js';

const DELIVERY_MODES: readonly unknown[] = ['deliver', 'hold', 'duplicate', 'lose'] satisfies DeliveryMode[];
const FORGERIES: readonly unknown[] = ['signature', 'body', 'receiver'] satisfies Forgery[];

function isCallbackUrl(value: unknown): value is string {
  return typeof value === 'string' && URL.canParse(value) && (value.startsWith('https:') || isLoopbackUrl(value));
}

function badRequest(reply: FastifyReply, error: string): FastifyReply {
  return reply.code(400).send({ error });
}

/** `{url, check, delivery}`: the console saves an address only after the address has echoed, unless `check` is false. */
async function configure(callbacks: Callbacks, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { url, check = true, delivery } = parseJsonObject(request.body) ?? {};
  if (delivery !== undefined && !DELIVERY_MODES.includes(delivery)) {
    return badRequest(reply, 'delivery must be deliver, hold, duplicate or lose');
  }
  if (url !== undefined && url !== null && !isCallbackUrl(url)) return badRequest(reply, 'url must be https');
  if (isCallbackUrl(url) && check !== false && !(await callbacks.check(url)))
    return badRequest(reply, 'url_check_failed');
  if (delivery !== undefined) callbacks.mode = delivery as DeliveryMode;
  if (url !== undefined) callbacks.url = url as string | null;
  return reply.send({ url: callbacks.url, delivery: callbacks.mode });
}

/** List, resend and configure deliveries of one kind below `prefix`. */
export function callbackControlRoutes(app: FastifyInstance, prefix: string, callbacks: Callbacks): void {
  app.get(prefix, (_request, reply) => {
    return reply.send({ url: callbacks.url, delivery: callbacks.mode, deliveries: callbacks.all() });
  });
  app.post(prefix, (request, reply) => configure(callbacks, request, reply));
  app.post(`${prefix}/check`, async (request, reply) => {
    const { url = callbacks.url } = parseJsonObject(request.body) ?? {};
    if (!isCallbackUrl(url)) return badRequest(reply, 'url must be https');
    return reply.send({ echoed: await callbacks.check(url) });
  });
  app.post<{ Params: { id: string } }>(`${prefix}/:id/resend`, async (request, reply) => {
    const { forge = null } = parseJsonObject(request.body) ?? {};
    if (forge !== null && !FORGERIES.includes(forge)) return badRequest(reply, 'forge: signature, body or receiver');
    const answer = await callbacks.resend(request.params.id, forge as Forgery | null);
    return answer === null ? reply.code(404).send({ error: 'unknown_delivery' }) : reply.send({ answer });
  });
}

function setFormat(emulator: Emulator) {
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const { mode = emulator.pushSettings.mode, format = emulator.pushSettings.format } =
      parseJsonObject(request.body) ?? {};
    if (mode !== 'plain' && mode !== 'safe') return badRequest(reply, 'mode must be plain or safe');
    if (format !== 'json' && format !== 'xml') return badRequest(reply, 'format must be json or xml');
    Object.assign(emulator.pushSettings, { mode, format });
    return reply.send(emulator.pushSettings);
  };
}

/** Any event, or by name the one that nothing here brings about: `wxa_trade_controlled`. */
function sendEvent(emulator: Emulator) {
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const body = parseJsonObject(request.body) ?? {};
    const event = body.event === 'wxa_trade_controlled' ? controlledEvent(emulator) : body.event;
    if (!isObject(event)) return badRequest(reply, 'event must be an object or wxa_trade_controlled');
    return reply.send({ id: emulator.push.send(event).id });
  };
}

/** `/control/push`: address, form and fate of message pushes. */
export function pushControlRoutes(app: FastifyInstance, emulator: Emulator): void {
  callbackControlRoutes(app, '/control/push', emulator.push);
  emulator.panels.push(() => pushPanel('消息推送', 'push', emulator.push));
  app.post('/control/push/format', setFormat(emulator));
  app.post('/control/push/send', sendEvent(emulator));
}
