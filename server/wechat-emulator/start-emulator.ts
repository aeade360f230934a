import { type FastifyInstance, fastify } from 'fastify';
import { apiRoutes } from './api-routes.js';
import { every } from './clock.js';
import type { EmulatorCredentials } from './credentials.js';
import { Emulator, type EmulatorOptions } from './emulator.js';
import { outageHooks } from './outage-hooks.js';
import { payRoutes } from './pay-routes.js';
import { personRoutes } from './person-routes.js';
import { StateFile } from './state-file.js';

export type { EmulatorOptions } from './emulator.js';

export interface RunningEmulator {
  /** `http://127.0.0.1:3100`, without trailing slash. Serves api.weixin.qq.com, api.mch.weixin.qq.com and the phone. */
  readonly baseUrl: string;
  readonly credentials: EmulatorCredentials;
  /** Its state, for tests that look behind the curtain. */
  readonly emulator: Emulator;
  close(): Promise<void>;
}

function buildServer(emulator: Emulator): FastifyInstance {
  const app = fastify({ bodyLimit: 1_048_576, forceCloseConnections: true });
  // Signatures cover bytes, so no body is parsed before its route looks at it.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.register(async (platform) => {
    // Outages hit what WeChat's servers serve, never the phone and the levers.
    outageHooks(platform, emulator);
    platform.register(apiRoutes(emulator));
    platform.register(payRoutes(emulator));
  });
  app.register(personRoutes(emulator));
  return app;
}

/** How soon what a moved clock makes due is done. */
const SWEEP_MS = 100;

/** Opens the listener. Rejects when the port is taken. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<RunningEmulator> {
  const emulator = new Emulator(options);
  const stateFile = options.stateFile ? new StateFile(options.stateFile, emulator) : null;
  stateFile?.load();
  const app = buildServer(emulator);
  app.addHook('onResponse', async () => stateFile?.touch());
  const stopSweeping = every(SWEEP_MS, () => emulator.sweep());
  emulator.baseUrl = await app.listen({ host: options.host ?? '127.0.0.1', port: options.port ?? 0 });
  return {
    baseUrl: emulator.baseUrl,
    credentials: emulator.credentials,
    emulator,
    close: async () => {
      // Before the timers stop: what they were to do is kept as still to be done.
      stateFile?.close();
      stopSweeping();
      emulator.time.stop();
      emulator.stop();
      await app.close();
    },
  };
}
