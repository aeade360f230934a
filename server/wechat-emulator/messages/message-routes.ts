import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isErrcode } from '../api-errors.js';
import type { Emulator, Panel } from '../emulator.js';
import { isObject, type JsonObject, parseJsonObject } from '../json-body.js';
import { type TokenAct, tokenPost } from '../token-route.js';
import { fitsKey } from './message-values.js';
import type { Choice, TemplateKind } from './subscriptions.js';

const CHOICES: readonly unknown[] = ['accept', 'reject', 'ban', 'filter'] satisfies Choice[];
const STATES: readonly unknown[] = [undefined, 'developer', 'trial', 'formal'];
const MOST_TEMPLATES = 5;
/** What the word filter knows. */
const SENSITIVE = '违禁';

/** The values by key, or null when one does not fit its type. */
function readValues(data: unknown): Record<string, string> | null {
  if (!isObject(data) || Object.keys(data).length === 0) return null;
  const values: Record<string, string> = {};
  for (const [key, item] of Object.entries(data)) {
    const value = isObject(item) ? item.value : undefined;
    if (typeof value !== 'string' || !fitsKey(key, value)) return null;
    values[key] = value;
  }
  return values;
}

function send(emulator: Emulator): TokenAct {
  const { subscriptions, personas } = emulator;
  return ({ template_id: templateId, touser, page = null, data, miniprogram_state: state }) => {
    const fault = subscriptions.nextFault;
    subscriptions.nextFault = null;
    if (fault !== null) return fault;
    if (typeof touser !== 'string' || !personas.byOpenid(touser)) return 40003;
    if (typeof templateId !== 'string' || subscriptions.kindOf(templateId) === null) return 40037;
    const values = readValues(data);
    if (values === null || !STATES.includes(state)) return 47003;
    if (page !== null && typeof page !== 'string') return 47003;
    if (Object.values(values).some((value) => value.includes(SENSITIVE))) return 45168;
    const refusal = subscriptions.send({ openid: touser, templateId, page, values });
    return refusal === 0 ? {} : refusal;
  };
}

function failed(reply: FastifyReply, errCode: number): FastifyReply {
  return reply.send({ errMsg: 'requestSubscribeMessage:fail', errCode });
}

/** `{persona, tmplIds, choices?: {id: accept|reject|ban|filter}}`: the window of `wx.requestSubscribeMessage`. */
function subscribe(emulator: Emulator) {
  const { subscriptions, personas } = emulator;
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const { persona: id, tmplIds, choices } = parseJsonObject(request.body) ?? {};
    const persona = personas.named(id);
    if (!persona) return reply.code(400).send({ error: 'unknown_persona' });
    if (!Array.isArray(tmplIds) || tmplIds.length === 0) return failed(reply, 10001);
    if (tmplIds.length > MOST_TEMPLATES) return failed(reply, 20003);
    const kinds = tmplIds.map((tmplId) => (typeof tmplId === 'string' ? subscriptions.kindOf(tmplId) : null));
    if (kinds.includes(null)) return failed(reply, 20001);
    if (new Set(kinds).size > 1) return failed(reply, 20002);
    if (subscriptions.muted.has(persona.openid)) return failed(reply, 20004);
    const wanted: JsonObject = isObject(choices) ? choices : {};
    const chosen = new Map((tmplIds as string[]).map((tmplId) => [tmplId, wanted[tmplId] ?? 'accept']));
    if ([...chosen.values()].some((choice) => !CHOICES.includes(choice))) {
      return reply.code(400).send({ error: 'a choice is accept, reject, ban or filter' });
    }
    for (const [tmplId, choice] of chosen) subscriptions.choose(persona.openid, tmplId, choice as Choice);
    return reply.send({ errMsg: 'requestSubscribeMessage:ok', ...Object.fromEntries(chosen) });
  };
}

function isKinds(value: unknown): value is Record<string, TemplateKind> {
  return isObject(value) && Object.values(value).every((kind) => kind === 'once' || kind === 'long');
}

/** `{templates?: {id: once|long} | null, nextErrcode?, persona?, masterSwitch?}`. */
function configure(emulator: Emulator) {
  const { subscriptions, personas } = emulator;
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const { templates, nextErrcode, persona: id, masterSwitch } = parseJsonObject(request.body) ?? {};
    if (templates !== undefined && templates !== null && !isKinds(templates)) {
      return reply.code(400).send({ error: 'templates: once or long by id' });
    }
    if (nextErrcode !== undefined && !isErrcode(nextErrcode)) return reply.code(400).send({ error: 'nextErrcode' });
    const persona = id === undefined ? undefined : personas.named(id);
    if (persona === null) return reply.code(400).send({ error: 'unknown_persona' });
    if (templates !== undefined) subscriptions.templates = templates && new Map(Object.entries(templates));
    if (nextErrcode !== undefined) subscriptions.nextFault = nextErrcode;
    if (persona && masterSwitch === false) subscriptions.muted.add(persona.openid);
    if (persona && masterSwitch === true) subscriptions.muted.delete(persona.openid);
    return reply.send({ ok: true });
  };
}

function messagePanel({ subscriptions, personas }: Emulator): Panel {
  const rows = [...subscriptions.all()].reverse().map(({ openid, templateId, page, values, sentAt }) => {
    const name = personas.byOpenid(openid)?.name ?? openid;
    return [new Date(sentAt).toISOString(), name, templateId, Object.values(values).join(' · '), page ?? ''];
  });
  return { title: '订阅消息', heads: ['时间', '收件人', '模板', '内容', '页面'], rows };
}

/** §4: what the server sends. */
export function messageRoutes(app: FastifyInstance, emulator: Emulator): void {
  tokenPost(app, emulator, '/cgi-bin/message/subscribe/send', send(emulator));
}

/** §4: the phone that allows messages and gets them, and the levers. */
export function messagePersonRoutes(app: FastifyInstance, emulator: Emulator): void {
  app.post('/device/subscribe', subscribe(emulator));
  app.get('/control/messages', (_request, reply) => reply.send({ messages: emulator.subscriptions.all() }));
  app.post('/control/messages', configure(emulator));
  emulator.panels.push(() => messagePanel(emulator));
}
