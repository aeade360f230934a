import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { cashierRoutes } from './cashier-routes.js';
import { codeControlRoutes } from './codes/code-control-routes.js';
import { linkPersonRoutes } from './codes/link-routes.js';
import { scanRoute } from './codes/scan-route.js';
import { contentPersonRoutes } from './content/content-routes.js';
import { controlRoutes } from './control-routes.js';
import { deviceRoutes } from './device-routes.js';
import type { Emulator } from './emulator.js';
import { userDataRoutes } from './login/user-data.js';
import { isOwnUrl } from './loopback.js';
import { messagePersonRoutes } from './messages/message-routes.js';
import { operatorRoutes } from './operator-routes.js';
import { pushControlRoutes } from './push/push-control-routes.js';
import { confirmReceiptRoutes } from './shipping/confirm-receipt-routes.js';
import { shippingControlRoutes } from './shipping/shipping-control-routes.js';
import { transferConfirmRoutes } from './transfer-confirm-routes.js';
import { wecomControlRoutes } from './wecom/wecom-control-routes.js';

function guardOrigin(emulator: Emulator) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    const { origin } = request.headers;
    if (origin === undefined) return undefined;
    if (!isOwnUrl(origin, emulator.mallUrl)) return reply.code(403).send({ error: 'foreign_origin' });
    reply.headers({ 'Access-Control-Allow-Origin': origin, Vary: 'Origin' });
    if (request.method !== 'OPTIONS') return undefined;
    reply.headers({ 'Access-Control-Allow-Methods': 'GET, POST', 'Access-Control-Allow-Headers': 'Content-Type' });
    return reply.code(204).send();
  };
}

/** The phone in a person's hand: who she is, what she presses, where a scan leads. */
export function personRoutes(emulator: Emulator) {
  return async (app: FastifyInstance): Promise<void> => {
    app.addHook('onRequest', guardOrigin(emulator));
    // Matched so that the hook above can answer preflight requests.
    app.options('/*', (_request, reply) => reply.code(204).send());
    contentPersonRoutes(app, emulator);
    deviceRoutes(app, emulator);
    userDataRoutes(app, emulator);
    cashierRoutes(app, emulator);
    transferConfirmRoutes(app, emulator);
    controlRoutes(app, emulator);
    confirmReceiptRoutes(app, emulator);
    shippingControlRoutes(app, emulator);
    pushControlRoutes(app, emulator);
    messagePersonRoutes(app, emulator);
    scanRoute(app, emulator);
    linkPersonRoutes(app, emulator);
    codeControlRoutes(app, emulator);
    wecomControlRoutes(app, emulator);
    operatorRoutes(app, emulator);
  };
}
