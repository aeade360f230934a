import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isErrcode } from '../api-errors.js';
import { setNumbers } from '../control-transfers.js';
import type { Emulator } from '../emulator.js';
import { parseJsonObject } from '../json-body.js';
import { CODE_IMAGE_PATH, scanAddress } from './code-image-route.js';
import { codePanel, linkPanel } from './code-panel.js';
import { addressOf } from './link-routes.js';

/**
 * `{nextErrcode?, released?, personalAccount?, codesPerMinute?, limits?: {linksPerSecond, linksPerDay, opensPerDay}}`:
 * what the platform decides by itself, and limits that a test can reach.
 */
function configure(emulator: Emulator) {
  const { codeBook, quotas } = emulator;
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const { nextErrcode, released, personalAccount, codesPerMinute, limits } = parseJsonObject(request.body) ?? {};
    if (nextErrcode !== undefined && !isErrcode(nextErrcode)) return reply.code(400).send({ error: 'nextErrcode' });
    if (!setNumbers(codeBook.limits, limits)) return reply.code(400).send({ error: 'limits are numbers' });
    if (nextErrcode !== undefined) codeBook.nextFault = nextErrcode;
    if (typeof released === 'boolean') codeBook.isReleased = released;
    if (typeof personalAccount === 'boolean') codeBook.isPersonalAccount = personalAccount;
    if (typeof codesPerMinute === 'number') quotas.set(CODE_IMAGE_PATH, { perMinute: codesPerMinute });
    return reply.send({ ok: true });
  };
}

export function codeControlRoutes(app: FastifyInstance, emulator: Emulator): void {
  const { codeBook } = emulator;
  app.get('/control/codes', (_request, reply) => {
    const codes = codeBook
      .allCodes()
      .map((code) => ({ ...code, address: scanAddress(emulator, code.scene, code.page) }));
    const links = codeBook.allLinks().map((link) => ({ ...link, address: addressOf(emulator, link) }));
    return reply.send({ codes, links });
  });
  app.post('/control/codes', configure(emulator));
  emulator.panels.push(
    () => codePanel(emulator),
    () => linkPanel(emulator),
  );
}
