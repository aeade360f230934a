import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Errcode, isErrcode } from '../api-errors.js';
import type { Emulator, Panel } from '../emulator.js';
import { isObject, parseJsonObject } from '../json-body.js';
import { type TokenAct, tokenPost } from '../token-route.js';
import type { Suggest, Verdict } from './content-checks.js';
import { DOUBT_WORD, LABELS, TRIGGER_WORDS } from './content-words.data.js';

const CONTENT_LONGEST = 2_500;
const SUGGESTS: readonly unknown[] = ['pass', 'review', 'risky'] satisfies Suggest[];
const SCENES: readonly unknown[] = [1, 2, 3, 4];
const QUOTA = { perMinute: 4_000, perDay: 2_000_000 };

function isOptionalText(value: unknown): boolean {
  return value === undefined || typeof value === 'string';
}

function check(emulator: Emulator): TokenAct {
  const { content: book, personas } = emulator;
  return ({ version, openid, scene, content, title, nickname, signature }) => {
    if (version !== 2) return 40097;
    if (!SCENES.includes(scene)) return 40129;
    if (typeof content !== 'string' || content === '' || [...content].length > CONTENT_LONGEST) return 40097;
    if (![title, nickname, signature].every(isOptionalText)) return 40097;
    if (typeof openid !== 'string' || !personas.byOpenid(openid)) return 43104;
    const ordered = book.next;
    book.next = null;
    if (typeof ordered === 'number') return ordered;
    if (!book.isSeen(openid)) return 61010;
    // All that others will read is judged, the title and the name under it too.
    const text = [content, title, nickname, signature].filter((part) => part !== undefined).join('\n');
    if (book.isRepeated(openid, Number(scene), text)) return 87020;
    const { suggest, label } = book.check(openid, Number(scene), text, ordered);
    const detail = [{ strategy: 'content_model', errcode: 0, suggest, label, prob: 90 }];
    return { result: { suggest, label }, detail, trace_id: randomUUID() };
  };
}

function isVerdict(value: unknown): value is Verdict {
  return isObject(value) && SUGGESTS.includes(value.suggest) && LABELS.includes(Number(value.label));
}

/** `{next?: {suggest, label} | null, nextErrcode?, persona?, seenMsAgo?}`. */
function configure(emulator: Emulator) {
  const { content, personas, clock } = emulator;
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const { next, nextErrcode, persona: id, seenMsAgo } = parseJsonObject(request.body) ?? {};
    if (next !== undefined && next !== null && !isVerdict(next)) {
      return reply.code(400).send({ error: 'next: suggest pass, review or risky, and a label' });
    }
    if (nextErrcode !== undefined && !isErrcode(nextErrcode)) return reply.code(400).send({ error: 'nextErrcode' });
    const persona = id === undefined ? undefined : personas.named(id);
    if (persona === null) return reply.code(400).send({ error: 'unknown_persona' });
    if (next !== undefined) content.next = next;
    if (nextErrcode !== undefined) content.next = nextErrcode as Errcode;
    if (persona && typeof seenMsAgo === 'number') content.see(persona.openid, clock.now() - seenMsAgo);
    return reply.send({ ok: true });
  };
}

function checkedPanel({ content, personas }: Emulator): Panel {
  const rows = [...content.all()].reverse().map(({ openid, text, suggest, label, checkedAt }) => {
    const name = personas.byOpenid(openid)?.name ?? openid;
    return [new Date(checkedAt).toISOString(), name, text, suggest, String(label)];
  });
  return { title: '内容安全', heads: ['时间', '用户', '文本', '结论', '标签'], rows };
}

function wordsPanel(): Panel {
  const rows = TRIGGER_WORDS.map(({ word, label, meaning }) => [word, `risky ${label}`, meaning]);
  return {
    title: '内容安全：触发词',
    heads: ['文本里有', '结论和标签', '含义'],
    rows: [...rows, [DOUBT_WORD, 'review', '与上面任何一个词同时出现']],
  };
}

/** §9: what the server asks. */
export function contentRoutes(app: FastifyInstance, emulator: Emulator): void {
  tokenPost(app, emulator, '/wxa/msg_sec_check', check(emulator), QUOTA);
}

/** §9: who is in the mini-program, what was asked, and the levers. */
export function contentPersonRoutes(app: FastifyInstance, emulator: Emulator): void {
  app.addHook('preHandler', async (request) => {
    if (!/^\/(device|cashier)\//.test(request.url)) return;
    const { persona: id, appId } = parseJsonObject(request.body) ?? {};
    // What happens inside another mini-program is no visit to this one.
    const persona = appId === undefined || appId === emulator.credentials.appId ? emulator.personas.named(id) : null;
    if (persona) emulator.content.see(persona.openid);
  });
  app.post('/device/open', (request, reply) => {
    const persona = emulator.personas.named(parseJsonObject(request.body)?.persona);
    return persona ? reply.send({ ok: true }) : reply.code(400).send({ error: 'unknown_persona' });
  });
  app.get('/control/content', (_request, reply) => reply.send({ checked: emulator.content.all() }));
  app.post('/control/content', configure(emulator));
  emulator.panels.push(() => checkedPanel(emulator), wordsPanel);
}
