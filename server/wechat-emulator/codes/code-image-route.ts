import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerErrcode, type Errcode, readApiBody } from '../api-errors.js';
import type { Emulator } from '../emulator.js';
import { isObject, type JsonObject } from '../json-body.js';
import { refuseCall } from '../token-route.js';
import { drawCodeImage, INK, type Ink } from './code-image.js';

export const CODE_IMAGE_PATH = '/wxa/getwxacodeunlimit';
const QUOTA = { perMinute: 5000 } as const;
const SCENE_CHARACTERS = /^[0-9A-Za-z!#$&'()*+,/:;=?@\-._~]+$/;
const PAGE = /^[A-Za-z0-9_-]+(\/[A-Za-z0-9_-]+)*$/;
const HOME = 'pages/home/index';
/** WeChat adds a parameter of this name itself when a code is scanned. */
const RESERVED = 'scancode_time';

/** 1–32 characters that a mini-program code can hold; `%` is not among them, so no encoded text. */
export function isScene(scene: unknown): scene is string {
  return typeof scene === 'string' && scene.length <= 32 && SCENE_CHARACTERS.test(scene);
}

/** No leading slash, no query, no way up. */
export function isPage(page: unknown): page is string {
  return typeof page === 'string' && PAGE.test(page);
}

/** Release when it is absent. */
export function isEnvironment(environment: unknown): boolean {
  return [undefined, 'release', 'trial', 'develop'].includes(environment as string | undefined);
}

/** What opens when no page is named. */
export function homePage({ releasedPages }: Emulator): string {
  return releasedPages?.[0] ?? HOME;
}

const isFlag = (value: unknown): boolean => value === undefined || typeof value === 'boolean';

/** Each part 0 to 255, as a number or as its text; undefined when the body names no colour, null when it is none. */
function readInk({ line_color: color }: JsonObject): Ink | undefined | null {
  if (color === undefined) return undefined;
  if (!isObject(color)) return null;
  const parts = [color.r, color.g, color.b].map((part) => (/^\d{1,3}$/.test(String(part)) ? Number(part) : 256));
  const [red = 256, green = 256, blue = 256] = parts;
  return Math.max(red, green, blue) > 255 ? null : { red, green, blue };
}

function refuseTarget({ scene, page, check_path: checkPath }: JsonObject, emulator: Emulator): Errcode | null {
  if (typeof scene === 'string' && scene.length > 32) return 40169;
  if (!isScene(scene)) return 40129;
  if (scene.includes(RESERVED)) return 85096;
  if (page !== undefined && !isPage(page)) return 41030;
  if (checkPath === false) return null;
  const { codeBook, releasedPages } = emulator;
  if (!codeBook.isReleased) return 41030;
  return page !== undefined && releasedPages !== null && !releasedPages.includes(page) ? 41030 : null;
}

function refuseCode(body: JsonObject, emulator: Emulator): Errcode | null {
  const fault = emulator.codeBook.takeFault() ?? refuseTarget(body, emulator);
  if (fault !== null) return fault;
  const { width, check_path: checkPath, env_version: environment, auto_color: autoColor, is_hyaline: hyaline } = body;
  if (width !== undefined && !(Number.isInteger(width) && Number(width) >= 280 && Number(width) <= 1280)) return 40097;
  if (![checkPath, autoColor, hyaline].every(isFlag) || readInk(body) === null) return 40097;
  return isEnvironment(environment) ? null : 40097;
}

/** What a scanner reads in the picture. */
export function scanAddress({ baseUrl }: Emulator, scene: string, page: string): string {
  const scan = new URL('/scan', baseUrl);
  scan.searchParams.set('scene', scene);
  scan.searchParams.set('page', page);
  return scan.href;
}

/** Success is an image, failure is JSON: the caller has to look at the content type. */
export function codeImageRoute(emulator: Emulator) {
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const fault = refuseCall(emulator, request, CODE_IMAGE_PATH, QUOTA);
    if (fault !== 0) return answerErrcode(reply, fault);
    const body = readApiBody(request);
    if (typeof body === 'number') return answerErrcode(reply, body);
    const refusal = refuseCode(body, emulator);
    if (refusal !== null) return answerErrcode(reply, refusal);
    const scene = String(body.scene);
    const page = String(body.page ?? homePage(emulator));
    emulator.codeBook.keepCode(scene, page);
    const style = { ink: readInk(body) ?? INK, isHyaline: body.is_hyaline === true };
    const image = drawCodeImage(scanAddress(emulator, scene, page), Number(body.width ?? 430), style);
    return reply.type('image/png').send(image);
  };
}
