import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp } from '../../src/create-app.js';
import { loadEnvironment } from '../../src/load-environment.js';
import { WallClock } from '../../src/platform/clock/wall-clock.js';
import { Worker } from '../../src/platform/jobs/worker.js';
import { ApiClient } from '../../tools/journey/api-client.js';
import { freePort } from '../../tools/journey/free-port.js';
import type { EmulatorClock } from '../../wechat-emulator/clock.js';
import { type RunningEmulator, startEmulator } from '../../wechat-emulator/start-emulator.js';
import { type Engine, emptyDatabase } from './test-database.js';

// Starting a whole mall takes 2 s on an idle machine and much longer on one that builds beside it.
jest.setTimeout(60_000);

export interface TestMall {
  app: NestFastifyApplication;
  apiUrl: string;
  emulatorUrl: string;
  hqPassword: string;
  /** A strict client of the API, and one of the emulator's person side. */
  api: ApiClient;
  emulator: ApiClient;
  running: RunningEmulator;
  /** Runs outbox and jobs until nothing is due. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

/** Variables of the mall, or what makes them once the emulator runs and the mall's address is known. */
export type Overrides = Record<string, string> | ((running: RunningEmulator, apiUrl: string) => Record<string, string>);

/**
 * The whole server on its own empty database, with an emulator of its own, over real HTTP on loopback.
 * @param clock wall clock of both, where ten minutes must not take ten minutes
 * @param fixedPort where a mini-program that was built for one address looks for the mall; any free one otherwise
 */
export async function startTestMall(
  engine: Engine,
  overrides: Overrides = {},
  clock?: EmulatorClock,
  logger?: Parameters<typeof createApp>[1],
  fixedPort?: number,
): Promise<TestMall> {
  const database = await emptyDatabase(engine);
  const folder = mkdtempSync(join(tmpdir(), 'mall-e2e-'));
  const port = fixedPort ?? (await freePort());
  const apiUrl = `http://127.0.0.1:${port}`;
  // Short waits: a test that needs the documented schedule has the emulator's own tests to look at.
  const running = await startEmulator({
    ...(clock && { clock }),
    mallUrl: `${apiUrl}/#/`,
    retryDelaysMs: [50, 100, 200],
    pushRetryDelaysMs: [50, 100, 200],
    refundDelayMs: 20,
    refundsApartMs: 0,
    transferPace: { moveMs: 20, cancelMs: 20 },
  });
  const credentials = join(folder, 'credentials.json');
  writeFileSync(credentials, JSON.stringify(running.credentials), { mode: 0o600 });
  running.emulator.push.url = `${apiUrl}/api/wechat/push`;
  const hqPassword = randomBytes(12).toString('base64url');
  const stop = async (): Promise<void> => {
    await running.close();
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  };
  const environment = loadEnvironment({
    DEMO: '1',
    DEMO_SHOP: '0',
    PORT: String(port),
    DATABASE_URL: database.url,
    MEDIA_DIR: join(folder, 'media'),
    DATA_KEY: randomBytes(32).toString('base64'),
    HQ_INITIAL_PASSWORD: hqPassword,
    MIGRATE_ON_START: '1',
    WECHAT_CREDENTIALS_FILE: credentials,
    EMULATOR_URL: running.baseUrl,
    WECHAT_API_URL: running.baseUrl,
    WECHAT_PAY_URL: running.baseUrl,
    WECHAT_NOTIFY_URL: `${apiUrl}/api/wechat/pay-notices`,
    WECHAT_TIMEOUT_MS: '2000',
    LOG_LEVEL: 'silent',
    ...(typeof overrides === 'function' ? overrides(running, apiUrl) : overrides),
  });
  const app = await createApp(environment, logger).catch(async (error: unknown) => {
    // An emulator left listening would keep the test process alive.
    await stop();
    throw error;
  });
  // A clock in the test's hand is that of both sides: their signatures must fit.
  if (clock) app.get(WallClock).now = () => clock.now();
  app.get(Worker).start();
  await app.listen(port, '127.0.0.1');
  return {
    app,
    apiUrl,
    emulatorUrl: running.baseUrl,
    hqPassword,
    api: new ApiClient(apiUrl),
    emulator: new ApiClient(running.baseUrl),
    running,
    settle: () => app.get(Worker).settle(),
    close: async () => {
      await app.close();
      await stop();
    },
  };
}
