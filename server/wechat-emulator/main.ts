import { readFileSync } from 'node:fs';
import { parseCredentials } from './credentials.js';
import { startEmulator } from './start-emulator.js';

/**
 * `EMULATOR_CREDENTIALS_FILE` (required), `EMULATOR_PORT` (3100), `EMULATOR_HOST` (127.0.0.1), `EMULATOR_MALL_URL`,
 * `EMULATOR_RELEASED_PAGES` (comma-separated), `EMULATOR_STATE_FILE` (what is to survive a restart; none: nothing does),
 * `EMULATOR_PUSH_URL` (where message pushes go), `EMULATOR_WECOM_PUSH_URL` (where WeCom's callbacks go). One sentence and exit code 1 when it cannot start.
 */
async function main(): Promise<void> {
  const { EMULATOR_CREDENTIALS_FILE: file, EMULATOR_PORT, EMULATOR_HOST, EMULATOR_MALL_URL } = process.env;
  if (!file) throw new Error('EMULATOR_CREDENTIALS_FILE is not set');
  const port = Number(EMULATOR_PORT ?? '3100');
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`EMULATOR_PORT is no port: ${EMULATOR_PORT}`);
  const pages = process.env.EMULATOR_RELEASED_PAGES;
  const running = await startEmulator({
    host: EMULATOR_HOST ?? '127.0.0.1',
    port,
    credentials: parseCredentials(readFileSync(file, 'utf8')),
    mallUrl: EMULATOR_MALL_URL ?? null,
    stateFile: process.env.EMULATOR_STATE_FILE || null,
    releasedPages: pages ? pages.split(',') : null,
    pushUrl: process.env.EMULATOR_PUSH_URL || null,
    wecomPushUrl: process.env.EMULATOR_WECOM_PUSH_URL || null,
  });
  console.log(`WeChat emulator listening on ${running.baseUrl}`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void running.close());
}

main().catch((error: unknown) => {
  console.error(`WeChat emulator: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
