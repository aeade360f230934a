import type { FastifyInstance } from 'fastify';
import { isPage, isScene } from './code-image-route.js';
import type { Emulator } from './emulator.js';
import { messagePage } from './html.js';

/** A scanned code opens its page in the mall, with `scene` still URL-encoded when the page reads it, as WeChat does. */
export function scanRoute(app: FastifyInstance, emulator: Emulator): void {
  app.get<{ Querystring: { scene?: string; page?: string } }>('/scan', (request, reply) => {
    const { scene, page } = request.query;
    reply.type('text/html; charset=utf-8');
    if (!isScene(scene) || !isPage(page))
      return reply.code(400).send(messagePage('无法识别', '这不是一个小程序码。', null));
    if (emulator.mallUrl === null) return reply.send(messagePage('小程序码', `页面 ${page},参数 ${scene}`, null));
    // Encoded twice: the mall's router decodes once, and the page is left with what a mini-program page gets.
    const query = new URLSearchParams({ scene: encodeURIComponent(scene) });
    return reply.redirect(`${emulator.mallUrl}${page}?${query}`, 302);
  });
}
