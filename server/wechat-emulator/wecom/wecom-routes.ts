import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { answerErrcode, type Errcode, readApiBody } from '../api-errors.js';
import { pause } from '../clock.js';
import type { Emulator } from '../emulator.js';
import { isObject, type JsonObject } from '../json-body.js';
import type { Contact } from './wecom-desk.js';

type Query = Record<string, string | undefined>;
type Act = (body: JsonObject, query: Query) => JsonObject | Errcode | Promise<JsonObject | Errcode>;

const MOST_USERS = 100;
const MOST_ATTACHMENTS = 9;
const MOST_TEXT_BYTES = 4000;
const LONGEST_NAME = 30;

const isText = (value: unknown, most: number): value is string =>
  typeof value === 'string' && [...value].length <= most;
const isIdList = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');

function getToken(emulator: Emulator) {
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const { corpid, corpsecret } = request.query as Query;
    const { corpId, corpSecret } = emulator.credentials;
    if (!corpid) return answerErrcode(reply, 41002);
    if (corpid !== corpId) return answerErrcode(reply, 40013);
    if (!corpsecret) return answerErrcode(reply, 41004);
    if (corpsecret !== corpSecret) return answerErrcode(reply, 40001);
    const issued = emulator.wecomTokens.issue(false);
    if ('errcode' in issued) return answerErrcode(reply, issued.errcode);
    return reply.send({ errcode: 0, errmsg: 'ok', access_token: issued.token, expires_in: issued.expiresInSeconds });
  };
}

function addContactWay(emulator: Emulator): Act {
  const { wecom } = emulator;
  return ({ type, scene, state = '', remark = '', user, skip_verify: skipVerify = true }) => {
    if ((type !== 1 && type !== 2) || (scene !== 1 && scene !== 2)) return 40058;
    if (!isText(state, LONGEST_NAME) || !isText(remark, LONGEST_NAME) || typeof skipVerify !== 'boolean') return 40058;
    if (!isIdList(user) || user.length === 0 || user.length > (type === 1 ? 1 : MOST_USERS)) return 40058;
    if (user.some((userId) => !wecom.isMember(userId))) return 60111;
    // The documents give the number and no code of its own.
    if (wecom.allWays().length >= wecom.limits.ways) return 45009;
    const { configId } = wecom.addWay({ type, state, remark, users: user, skipVerify });
    return { config_id: configId, ...(scene === 2 && { qr_code: `${emulator.baseUrl}/wecom/code/${configId}.png` }) };
  };
}

function followerOf({ userId, state, addedAt, tags, remark }: Contact): JsonObject {
  const createtime = Math.floor(addedAt / 1000);
  return { userid: userId, remark, createtime, state, tags: tags.map((tag_id) => ({ tag_id })) };
}

function getContact({ wecom, personas }: Emulator): Act {
  return (_body, { external_userid: externalUserId = '' }) => {
    if (!/^w[mo][\w-]{1,62}$/.test(externalUserId)) return 40096;
    const followers = wecom.followersOf(externalUserId);
    const [first] = followers;
    if (first === undefined) return 84061;
    const persona = personas.named(first.personaId);
    const unionid = wecom.isBound ? persona?.unionid : null;
    const contact = { external_userid: externalUserId, name: persona?.name ?? '', type: 1, gender: 0 };
    return {
      external_contact: { ...contact, ...(unionid && { unionid }) },
      follow_user: followers.map(followerOf),
    };
  };
}

function sendWelcome({ wecom }: Emulator): Act {
  return (body) => {
    const { welcome_code: code, text, attachments = [] } = body;
    if (typeof code !== 'string' || !Array.isArray(attachments) || attachments.length > MOST_ATTACHMENTS) return 40058;
    const content = isObject(text) ? text.content : undefined;
    if (content === undefined && attachments.length === 0) return 40058;
    if (content !== undefined && (typeof content !== 'string' || Buffer.byteLength(content) > MOST_TEXT_BYTES)) {
      return 40058;
    }
    const refusal = wecom.sendWelcome(code, body);
    return refusal === 0 ? {} : refusal;
  };
}

function addTags({ wecom }: Emulator): Act {
  return ({ group_name: group = '', tag }) => {
    if (!isText(group, LONGEST_NAME) || !Array.isArray(tag) || tag.length === 0) return 40058;
    const names = tag.map((one) => (isObject(one) ? one.name : undefined));
    if (!names.every((name): name is string => isText(name, LONGEST_NAME) && name !== '')) return 40058;
    return { tag_group: { group_name: group, tag: names.map((name) => ({ id: wecom.addTag(name), name })) } };
  };
}

/** A change of tags takes a moment; more than a few at the same time are refused. */
function markTag({ wecom }: Emulator): Act {
  let running = 0;
  return async ({ userid, external_userid: externalUserId, add_tag: add = [], remove_tag: remove = [] }) => {
    if (typeof userid !== 'string' || typeof externalUserId !== 'string') return 40058;
    if (!isIdList(add) || !isIdList(remove) || add.length + remove.length === 0) return 40058;
    if (running >= wecom.limits.marksAtOnce) return 45033;
    running += 1;
    await pause(wecom.limits.markMs);
    running -= 1;
    const contact = wecom.find(userid, externalUserId);
    if (contact === undefined) return 84061;
    if ([...add, ...remove].some((id) => !wecom.tags.has(id))) return 40068;
    const tags = [...new Set([...contact.tags, ...add])].filter((id) => !remove.includes(id));
    if (tags.length > wecom.limits.tagsEach) return 40058;
    wecom.put({ ...contact, tags });
    return {};
  };
}

/** What qyapi.weixin.qq.com serves. */
export function wecomRoutes(app: FastifyInstance, emulator: Emulator): void {
  const refused = (request: FastifyRequest): Errcode | 0 => {
    const fault = emulator.wecomTokens.check((request.query as Query).access_token);
    return fault === 40001 ? 40014 : fault;
  };
  const serve = (method: 'GET' | 'POST', path: string, act: Act): void => {
    app.route({
      method,
      url: `/cgi-bin/externalcontact/${path}`,
      handler: async (request, reply) => {
        const fault = refused(request);
        if (fault !== 0) return answerErrcode(reply, fault);
        const body = method === 'POST' ? readApiBody(request) : {};
        if (typeof body === 'number') return answerErrcode(reply, body);
        const answer = await act(body, request.query as Query);
        if (typeof answer === 'number') return answerErrcode(reply, answer);
        return reply.send({ errcode: 0, errmsg: 'ok', ...answer });
      },
    });
    const other = method === 'POST' ? 43002 : 43001;
    const url = `/cgi-bin/externalcontact/${path}`;
    const handler = async (_request: FastifyRequest, reply: FastifyReply) => answerErrcode(reply, other);
    app.route({ method: method === 'POST' ? 'GET' : 'POST', url, handler });
  };
  app.get('/cgi-bin/gettoken', getToken(emulator));
  serve('POST', 'add_contact_way', addContactWay(emulator));
  serve('GET', 'get', getContact(emulator));
  serve('POST', 'send_welcome_msg', sendWelcome(emulator));
  serve('POST', 'add_corp_tag', addTags(emulator));
  serve('POST', 'mark_tag', markTag(emulator));
}
