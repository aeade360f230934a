import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateCredentials } from '../../wechat-emulator/generate-credentials.js';
import { freePort } from './free-port.js';

export interface RunningMall {
  apiUrl: string;
  emulatorUrl: string;
  hqPassword: string;
  stop(): Promise<void>;
}

/** Starts a program of the build; what it says on its error stream is kept for the sentence of a failed start. */
function start(script: string, environment: Record<string, string>): { child: ChildProcess; said: () => string } {
  const child = spawn(process.execPath, [join(buildRoot(), script)], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-2_000);
  });
  return { child, said: () => said };
}

/** The build's root: this file runs as dist/tools/journey/main.js's neighbour. */
function buildRoot(): string {
  return join(process.argv[1] ?? '', '..', '..', '..');
}

async function untilReady(url: string, processes: readonly ReturnType<typeof start>[]): Promise<void> {
  const until = performance.now() + 60_000;
  for (;;) {
    const ended = processes.find(({ child }) => child.exitCode !== null);
    if (ended) throw new Error(`a process of the mall ended at its start: ${ended.said().trim()}`);
    const ready = await fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
      ({ ok }) => ok,
      () => false,
    );
    if (ready) return;
    if (performance.now() > until) throw new Error(`${url} was not ready within 60 s`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Starts emulator and API on free ports with an empty SQLite database in `folder`. */
export async function startMall(folder: string): Promise<RunningMall> {
  const [apiPort, emulatorPort] = [await freePort(), await freePort()];
  const apiUrl = `http://127.0.0.1:${apiPort}`;
  const emulatorUrl = `http://127.0.0.1:${emulatorPort}`;
  const hqPassword = randomBytes(12).toString('base64url');
  const credentials = join(folder, 'credentials.json');
  writeFileSync(credentials, JSON.stringify(generateCredentials()), { mode: 0o600 });
  const emulator = start('wechat-emulator/main.js', {
    EMULATOR_CREDENTIALS_FILE: credentials,
    EMULATOR_PORT: String(emulatorPort),
    EMULATOR_MALL_URL: `${apiUrl}/#/`,
    EMULATOR_PUSH_URL: `${apiUrl}/api/wechat/push`,
  });
  const api = start('src/main.js', {
    NODE_ENV: 'development',
    DEMO: '1',
    DEMO_SHOP: '0',
    HOST: '127.0.0.1',
    PORT: String(apiPort),
    DATABASE_URL: `sqlite:${join(folder, 'journey.sqlite')}`,
    MEDIA_DIR: join(folder, 'media'),
    H5_DIST_DIR: '',
    DATA_KEY: randomBytes(32).toString('base64'),
    HQ_INITIAL_PASSWORD: hqPassword,
    WECHAT_CREDENTIALS_FILE: credentials,
    EMULATOR_URL: emulatorUrl,
    WECHAT_API_URL: emulatorUrl,
    WECHAT_PAY_URL: emulatorUrl,
    WECHAT_NOTIFY_URL: `${apiUrl}/api/wechat/pay-notices`,
    LOG_LEVEL: 'silent',
  });
  const stop = async (): Promise<void> => {
    for (const { child } of [api, emulator]) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    }
  };
  try {
    await untilReady(`${emulatorUrl}/device/personas`, [emulator]);
    await untilReady(`${apiUrl}/readyz`, [api]);
  } catch (error) {
    await stop();
    throw error;
  }
  return { apiUrl, emulatorUrl, hqPassword, stop };
}
