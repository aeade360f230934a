import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Errcode } from '../api-errors.js';
import type { Emulator } from '../emulator.js';
import type { JsonObject } from '../json-body.js';
import { type TokenAct, tokenPost } from '../token-route.js';
import type { Link, LinkKind } from './code-book.js';
import { homePage } from './code-image-route.js';
import { readExpiry, readSchemeExpiry, readTarget, targetOfScheme } from './link-rules.js';
import { OPENED_BY, openMall, opensNothing } from './open-mall.js';

const SCHEME = 'weixin://dl/business/?t=';

function make(emulator: Emulator, kind: LinkKind, body: JsonObject): Link | Errcode {
  const { codeBook, clock, releasedPages } = emulator;
  const fault = codeBook.takeFault();
  if (fault !== null) return fault;
  if (codeBook.isPersonalAccount) return 40002;
  if (!codeBook.isReleased) return 85079;
  const wanted = kind === 'scheme' ? targetOfScheme(body) : body;
  if (typeof wanted === 'number') return wanted;
  const target = readTarget(wanted, releasedPages);
  if (typeof target === 'number') return target;
  const end = kind === 'scheme' ? readSchemeExpiry(body, clock.now()) : readExpiry(body, clock.now());
  if (typeof end === 'number') return end;
  const token = randomBytes(9).toString('base64url');
  return codeBook.addLink({ token, kind, page: target.page ?? homePage(emulator), query: target.query, ...end });
}

/** What is sent to people: an https address, or one that the phone hands to WeChat. */
export function addressOf({ baseUrl }: Emulator, { kind, token }: Link): string {
  return kind === 'scheme' ? `${SCHEME}${token}` : `${baseUrl}/l/${token}`;
}

/** §3: what the server asks for. */
export function linkRoutes(app: FastifyInstance, emulator: Emulator): void {
  const answering = (kind: LinkKind, field: string): TokenAct => {
    return (body) => {
      const link = make(emulator, kind, body);
      return typeof link === 'number' ? link : { [field]: addressOf(emulator, link) };
    };
  };
  tokenPost(app, emulator, '/wxa/generate_urllink', answering('urllink', 'url_link'));
  tokenPost(app, emulator, '/wxa/generatescheme', answering('scheme', 'openlink'));
}

const WHY = { unknown: '没有这个链接。', expired: '链接已过期。', worn_out: '今天打开的次数已经太多。' } as const;

function open(reply: FastifyReply, emulator: Emulator, token: string, persona: string | undefined): FastifyReply {
  const link = emulator.codeBook.open(token);
  if (typeof link === 'string') return opensNothing(reply, link === 'unknown' ? 404 : 410, WHY[link]);
  const scene = link.kind === 'scheme' ? OPENED_BY.scheme : OPENED_BY.urlLink;
  return openMall(reply, emulator, { page: link.page, query: link.query, scene, persona });
}

/** §3: the phone that opens a link. `as` is whose phone it is. */
export function linkPersonRoutes(app: FastifyInstance, emulator: Emulator): void {
  app.get<{ Params: { token: string }; Querystring: { as?: string } }>('/l/:token', (request, reply) =>
    open(reply, emulator, request.params.token, request.query.as),
  );
  app.get<{ Querystring: { link?: string; as?: string } }>('/device/open', (request, reply) => {
    const { link = '', as } = request.query;
    const prefix = [SCHEME, `${emulator.baseUrl}/l/`].find((start) => link.startsWith(start)) ?? link;
    return open(reply, emulator, link.slice(prefix.length), as);
  });
}
