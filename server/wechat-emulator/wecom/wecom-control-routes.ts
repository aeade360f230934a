import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isErrcode } from '../api-errors.js';
import { drawCodeImage } from '../codes/code-image.js';
import { setNumbers } from '../control-transfers.js';
import type { Emulator } from '../emulator.js';
import { escapeHtml, messagePage, page } from '../html.js';
import { type JsonObject, parseJsonObject } from '../json-body.js';
import { callbackControlRoutes } from '../push/push-control-routes.js';
import { pushPanel } from '../push/push-panel.js';
import { addContact, editContact, endContact, externalUserIdOf } from './wecom-acts.js';
import type { Contact } from './wecom-desk.js';
import { contactPanel, contactWayPanel } from './wecom-panel.js';

/** `{members?, bound?, consoleGreeting?, nextWelcomes?, limits?}`: what the company has set, and limits to reach. */
function configure({ wecom }: Emulator) {
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const { members, bound, consoleGreeting, nextWelcomes, limits } = parseJsonObject(request.body) ?? {};
    if (!setNumbers(wecom.limits, limits)) return reply.code(400).send({ error: 'limits are numbers' });
    if (Array.isArray(members)) wecom.members = new Set(members.map(String));
    if (members === null) wecom.members = null;
    if (typeof bound === 'boolean') wecom.isBound = bound;
    if (typeof consoleGreeting === 'boolean') wecom.hasConsoleGreeting = consoleGreeting;
    if (Array.isArray(nextWelcomes)) {
      if (!nextWelcomes.every((code) => code === 0 || isErrcode(code)))
        return reply.code(400).send({ error: 'errcode' });
      wecom.nextWelcomes = [...nextWelcomes];
    }
    return reply.send({ ok: true });
  };
}

function contactOf(emulator: Emulator, body: JsonObject): Contact | undefined {
  const persona = emulator.personas.named(body.persona);
  return persona ? emulator.wecom.find(String(body.userId ?? ''), externalUserIdOf(emulator, persona)) : undefined;
}

/** `{persona, userId?, configId?, half?}`: she scans the code, or finds the member otherwise. */
function add(emulator: Emulator, body: JsonObject): Contact | null {
  const persona = emulator.personas.named(body.persona);
  const configId = typeof body.configId === 'string' ? body.configId : null;
  const userId = String(body.userId ?? (configId && emulator.wecom.way(configId)?.users[0]) ?? '');
  return persona && addContact(emulator, { persona, userId, configId, isHalf: body.half === true });
}

/** What people do in WeChat and in WeCom. */
function personActs(app: FastifyInstance, emulator: Emulator): void {
  const withContact = (act: (contact: Contact, body: JsonObject) => void) => {
    return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
      const body = parseJsonObject(request.body) ?? {};
      const contact = contactOf(emulator, body);
      if (contact === undefined) return reply.code(404).send({ error: 'no_contact' });
      act(contact, body);
      return reply.send({ ok: true });
    };
  };
  app.post('/device/wecom-add', (request, reply) => {
    const contact = add(emulator, parseJsonObject(request.body) ?? {});
    return contact === null ? reply.code(404).send({ error: 'no_member' }) : reply.send(contact);
  });
  app.post(
    '/device/wecom-end',
    withContact((contact, { by }) => endContact(emulator, contact, by === 'member' ? 'member' : 'customer')),
  );
  app.post(
    '/device/wecom-chat',
    withContact((contact) => emulator.wecom.put({ ...contact, isChatting: true })),
  );
  app.post(
    '/device/wecom-edit',
    withContact((contact, { remark }) => editContact(emulator, contact, String(remark ?? ''))),
  );
}

/** The picture of a code, and the page that opens when it is scanned. */
function codePages(app: FastifyInstance, emulator: Emulator): void {
  const wayOf = (configId: string) => emulator.wecom.way(configId);
  app.get<{ Params: { file: string } }>('/wecom/code/:file', (request, reply) => {
    const way = wayOf(request.params.file.replace(/\.png$/, ''));
    if (way === undefined) return reply.code(404).send({ error: 'unknown_code' });
    return reply.type('image/png').send(drawCodeImage(`${emulator.baseUrl}/wecom/add/${way.configId}`, 430));
  });
  app.get<{ Params: { configId: string } }>('/wecom/add/:configId', (request, reply) => {
    reply.type('text/html; charset=utf-8');
    const way = wayOf(request.params.configId);
    if (way === undefined) return reply.code(404).send(messagePage('添加企业微信', '没有这个二维码。', null));
    const people = emulator.personas
      .all()
      .map(({ id, name }) => `<option value="${escapeHtml(id)}">${escapeHtml(name)}</option>`);
    const name = escapeHtml(way.users[0] ?? '');
    return reply.send(
      page(
        '添加企业微信',
        `<div class="card"><h1>${name}</h1><p class="note">企业微信模拟，仅供本机演示</p></div>
<form method="post"><select name="persona" aria-label="谁">${people.join('')}</select><button class="primary">添加到通讯录</button></form>`,
      ),
    );
  });
  app.post<{ Params: { configId: string } }>('/wecom/add/:configId', (request, reply) => {
    const fields = new URLSearchParams(Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '');
    const added = add(emulator, { persona: fields.get('persona'), configId: request.params.configId });
    if (fields.get('from') === 'operator') {
      const said = added === null ? '没有添加成功' : '已添加为企业微信联系人';
      return reply.redirect(`/?${new URLSearchParams({ said })}`, 303);
    }
    const text = added === null ? '没有添加成功。' : '已经是你的联系人，可以关闭本页。';
    return reply.type('text/html; charset=utf-8').send(messagePage('添加企业微信', text, null));
  });
}

export function wecomControlRoutes(app: FastifyInstance, emulator: Emulator): void {
  const { wecom } = emulator;
  callbackControlRoutes(app, '/control/wecom-callbacks', emulator.wecomPush);
  app.get('/control/wecom', (_request, reply) => {
    return reply.send({ ways: wecom.allWays(), contacts: wecom.allContacts(), welcomes: wecom.allWelcomes() });
  });
  app.post('/control/wecom', configure(emulator));
  app.post('/control/wecom/event', (request, reply) => {
    return reply.send({ id: emulator.wecomPush.send(parseJsonObject(request.body) ?? {}).id });
  });
  personActs(app, emulator);
  codePages(app, emulator);
  emulator.panels.push(
    () => contactWayPanel(emulator),
    () => contactPanel(emulator),
    () => pushPanel('企业微信回调', 'wecom', emulator.wecomPush),
  );
}
