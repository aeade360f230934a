import type { FastifyInstance } from 'fastify';
import { toChinaTime } from './clock.js';
import type { Emulator } from './emulator.js';
import { answerRefusal, resourceNotExists } from './pay-errors.js';
import { encryptResource } from './pay-signature.js';

/** The certificates of the platform, sealed with the APIv3 key. A merchant in public-key mode has none. */
export function certificateRoutes(app: FastifyInstance, emulator: Emulator): void {
  app.get('/v3/certificates', (_request, reply) => {
    const { keys, credentials } = emulator;
    if (keys.mode === 'public_key') return answerRefusal(reply, resourceNotExists('无可用的平台证书'));
    const data = keys.all().map(({ serial, certificatePem, effectiveAt, expiresAt }) => ({
      serial_no: serial,
      effective_time: toChinaTime(effectiveAt),
      expire_time: toChinaTime(expiresAt),
      encrypt_certificate: encryptResource(certificatePem, credentials.apiV3Key, 'certificate'),
    }));
    return reply.send({ data });
  });
}
