import type { FastifyReply } from 'fastify';
import type { Emulator } from '../emulator.js';
import { messagePage } from '../html.js';

/** How WeChat came to open a page: the scene value that `onShow` is told. */
export const OPENED_BY = {
  qrScanned: 1011,
  qrPressed: 1012,
  qrFromAlbum: 1013,
  codeScanned: 1047,
  codePressed: 1048,
  codeFromAlbum: 1049,
  scheme: 1065,
  urlLink: 1194,
} as const;

const SCAN_SCENES: readonly number[] = Object.values(OPENED_BY).slice(0, 6);
const NAME = /^[A-Za-z0-9_-]{1,40}$/;

/** The scene of a scan that the address names, or that of a scanned code. */
export function scanSceneOf(text: string | undefined): number {
  const scene = Number(text);
  return SCAN_SCENES.includes(scene) ? scene : OPENED_BY.codeScanned;
}

export interface Opening {
  readonly page: string;
  /** As it stands behind the question mark. */
  readonly query: string;
  readonly scene: number;
  /** Who opens it; undefined: whoever the browser plays already. */
  readonly persona: string | undefined;
}

/** The mall's page in the browser. `wxscene` tells it what a phone would be told by `onShow`. */
function addressIn(mallUrl: string, { page, query, scene, persona }: Opening): string {
  const mall = new URL(mallUrl);
  if (persona !== undefined && NAME.test(persona)) mall.searchParams.set('as', persona);
  return `${mall.href}${page}?${query === '' ? '' : `${query}&`}wxscene=${scene}`;
}

/** Opens the mini-program on the phone: in the mall's browser version, or says in words what would have opened. */
export function openMall(reply: FastifyReply, emulator: Emulator, opening: Opening): FastifyReply {
  const { page, query, scene } = opening;
  if (emulator.mallUrl !== null) return reply.redirect(addressIn(emulator.mallUrl, opening), 302);
  reply.type('text/html; charset=utf-8');
  return reply.send(messagePage('打开小程序', `页面 ${page}，参数 ${query || '无'}，场景值 ${scene}`, null));
}

export function opensNothing(reply: FastifyReply, status: number, why: string): FastifyReply {
  reply.type('text/html; charset=utf-8');
  return reply.code(status).send(messagePage('无法打开', why, null));
}
