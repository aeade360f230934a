import type { FastifyInstance } from 'fastify';
import type { Emulator } from '../emulator.js';
import { drawCodeImage } from './code-image.js';
import { isPage, isScene, scanAddress } from './code-image-route.js';
import { openMall, opensNothing, scanSceneOf } from './open-mall.js';

interface Scan {
  Querystring: { scene?: string; page?: string; how?: string; as?: string };
}

const NO_CODE = '这不是一个小程序码。';

/**
 * A scanned code opens its page in the mall, with `scene` still URL-encoded when the page reads it, as WeChat does.
 * `how` is the scene value of the scan (1047 scanned, 1048 long-pressed, 1049 from the album, 1011 to 1013 of a QR code),
 * `as` whose phone it is.
 */
export function scanRoute(app: FastifyInstance, emulator: Emulator): void {
  app.get<Scan>('/scan', (request, reply) => {
    const { scene, page, how, as } = request.query;
    if (!isScene(scene) || !isPage(page)) return opensNothing(reply, 400, NO_CODE);
    // Encoded twice: the mall's router decodes once, and the page is left with what a mini-program page gets.
    const query = String(new URLSearchParams({ scene: encodeURIComponent(scene) }));
    return openMall(reply, emulator, { page, query, scene: scanSceneOf(how), persona: as });
  });
  app.get<Scan>('/device/code-image', (request, reply) => {
    const { scene, page } = request.query;
    if (!isScene(scene) || !isPage(page)) return opensNothing(reply, 400, NO_CODE);
    return reply.type('image/png').send(drawCodeImage(scanAddress(emulator, scene, page), 430));
  });
}
