import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerErrcode, type Errcode, readApiBody } from './api-errors.js';
import { drawCodeImage } from './code-image.js';
import type { Emulator } from './emulator.js';
import type { JsonObject } from './json-body.js';

const SCENE_CHARACTERS = /^[0-9A-Za-z!#$&'()*+,/:;=?@\-._~]+$/;
const PAGE = /^[A-Za-z0-9_-]+(\/[A-Za-z0-9_-]+)*$/;
const ENVIRONMENTS = ['release', 'trial', 'develop'];
const HOME = 'pages/home/index';

/** 1–32 characters that a mini-program code can hold; `%` is not among them, so no encoded text. */
export function isScene(scene: unknown): scene is string {
  return typeof scene === 'string' && scene.length <= 32 && SCENE_CHARACTERS.test(scene);
}

/** No leading slash, no query, no way up. */
export function isPage(page: unknown): page is string {
  return typeof page === 'string' && PAGE.test(page);
}

function refuseCode(body: JsonObject, emulator: Emulator): Errcode | null {
  const { scene, page, width, check_path: checkPath, env_version: environment } = body;
  if (typeof scene === 'string' && scene.length > 32) return 40169;
  if (!isScene(scene)) return 40129;
  if (page !== undefined && !isPage(page)) return 41030;
  const released = emulator.releasedPages;
  if (page !== undefined && checkPath !== false && released && !released.includes(page)) return 41030;
  if (width !== undefined && !(Number.isInteger(width) && Number(width) >= 280 && Number(width) <= 1280)) return 40097;
  if (environment !== undefined && !ENVIRONMENTS.includes(String(environment))) return 40097;
  return null;
}

/** Success is an image, failure is JSON: the caller has to look at the content type. */
export function codeImageRoute(emulator: Emulator) {
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const fault = emulator.tokens.check((request.query as Record<string, string | undefined>).access_token);
    if (fault !== 0) return answerErrcode(reply, fault);
    const body = readApiBody(request);
    if (typeof body === 'number') return answerErrcode(reply, body);
    const refusal = refuseCode(body, emulator);
    if (refusal !== null) return answerErrcode(reply, refusal);
    const scan = new URL('/scan', emulator.baseUrl);
    scan.searchParams.set('scene', String(body.scene));
    scan.searchParams.set('page', String(body.page ?? emulator.releasedPages?.[0] ?? HOME));
    return reply.type('image/png').send(drawCodeImage(scan.href, Number(body.width ?? 430)));
  };
}
