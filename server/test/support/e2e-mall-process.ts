/** The built server as a process of its own on an SQLite file, which a test may kill at any moment and start again. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { openReadSource, openWriteSource } from '../../src/platform/database/data-source.js';
import { Database } from '../../src/platform/database/database.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { ApiClient, eventually } from '../../tools/journey/api-client.js';
import { freePort } from '../../tools/journey/free-port.js';
import { startEmulator } from '../../wechat-emulator/start-emulator.js';
import type { Ground } from './e2e-shop.js';

const MAIN = join(__dirname, '..', '..', 'dist', 'src', 'main.js');

export type MallProcess = Ground & {
  /** SIGKILL: nothing is flushed, nothing is said. Resolves when the process is gone. */
  kill(): Promise<void>;
  /** Starts on the same database and waits until it answers. */
  start(): Promise<void>;
};

async function end(child: ChildProcess | null, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (child === null || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
}

function launch(environment: Record<string, string>): { child: ChildProcess; said: () => string } {
  const child = spawn(process.execPath, [MAIN], {
    env: { PATH: process.env.PATH ?? '', ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr?.on('data', (piece: Buffer) => {
    said = (said + piece.toString()).slice(-1_000);
  });
  return { child, said: () => said };
}

async function untilReady(apiUrl: string, { child, said }: ReturnType<typeof launch>): Promise<void> {
  const ask = (): Promise<boolean> =>
    fetch(`${apiUrl}/readyz`).then(
      ({ ok }) => ok,
      () => {
        if (child.exitCode !== null) throw new Error(`the server ended at its start: ${said()}`);
        return false;
      },
    );
  await eventually('the server being ready', ask, (ready) => ready, 60);
}

/** A connection of the test's own beside the server's. */
async function lookInto(file: string) {
  const target = { engine: 'sqlite', file } as const;
  const write = await openWriteSource(target, { entities: [], migrations: [], poolSize: 1 });
  const read: DataSource = await openReadSource(target, write);
  const rooms = new Map<unknown, unknown>([
    [Database, new Database(read)],
    [UnitOfWork, new UnitOfWork(write)],
  ]);
  return { get: (room: unknown) => rooms.get(room), close: () => Promise.all([read.destroy(), write.destroy()]) };
}

/** Starts the built server with an emulator in this process. */
export async function startMallProcess(): Promise<MallProcess> {
  if (!existsSync(MAIN)) throw new Error('server/dist is missing: node scripts/build.mjs --stale shared server');
  const folder = mkdtempSync(join(tmpdir(), 'mall-crash-'));
  const file = join(folder, 'crash.sqlite');
  const running = await startEmulator({
    retryDelaysMs: Array.from({ length: 40 }, () => 150),
    refundDelayMs: 20,
    refundsApartMs: 0,
    transferPace: { moveMs: 20, cancelMs: 20 },
  });
  const credentials = join(folder, 'credentials.json');
  writeFileSync(credentials, JSON.stringify(running.credentials), { mode: 0o600 });
  const port = await freePort();
  const apiUrl = `http://127.0.0.1:${port}`;
  const hqPassword = randomBytes(12).toString('base64url');
  const environment = {
    NODE_ENV: 'development',
    DEMO: '1',
    DEMO_SHOP: '0',
    PORT: String(port),
    DATABASE_URL: `sqlite:${file}`,
    MEDIA_DIR: join(folder, 'media'),
    DATA_KEY: randomBytes(32).toString('base64'),
    HQ_INITIAL_PASSWORD: hqPassword,
    WECHAT_CREDENTIALS_FILE: credentials,
    EMULATOR_URL: running.baseUrl,
    WECHAT_API_URL: running.baseUrl,
    WECHAT_PAY_URL: running.baseUrl,
    WECHAT_NOTIFY_URL: `${apiUrl}/api/wechat/pay-notices`,
    LOG_LEVEL: 'silent',
  };
  let launched: ReturnType<typeof launch> | null = null;
  const start = async (): Promise<void> => {
    launched = launch(environment);
    await untilReady(apiUrl, launched);
  };
  await start();
  const inside = await lookInto(file);
  const pending = () =>
    (inside.get(Database) as Database).query<{ n: number }>(
      `SELECT COUNT(*) AS n FROM outbox_events WHERE state = 'pending'`,
    );
  return {
    app: inside as unknown as Ground['app'],
    apiUrl,
    emulatorUrl: running.baseUrl,
    hqPassword,
    api: new ApiClient(apiUrl),
    emulator: new ApiClient(running.baseUrl),
    running,
    start,
    kill: () => end(launched?.child ?? null, 'SIGKILL'),
    settle: async () => {
      await eventually('an empty outbox', pending, ([row]) => row?.n === 0, 30);
    },
    close: async () => {
      await end(launched?.child ?? null, 'SIGTERM');
      await inside.close();
      await running.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
