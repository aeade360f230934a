/**
 * `npm run doctor`: examines the configuration in the environment (or in .env); where neither names a mini-program, the
 * one that `npm start` uses.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { buildStale } from './parts/build-parts.mjs';
import { demoEnvironment } from './parts/launcher.mjs';
import { inRoot } from './parts/paths.mjs';
import { reportFailure } from './parts/progress.mjs';

try {
  if (existsSync(inRoot('.env'))) process.loadEnvFile(inRoot('.env'));
  if (!process.argv.includes('--json')) await buildStale(['shared', 'server']);
  const isOwn = process.env.WECHAT_APP_ID || process.env.NODE_ENV === 'production';
  const { status } = spawnSync(
    process.execPath,
    [inRoot('server', 'dist', 'tools', 'doctor.js'), ...process.argv.slice(2)],
    { env: { ...process.env, ...(isOwn ? {} : await demoEnvironment()) }, stdio: 'inherit' },
  );
  process.exitCode = status ?? 2;
} catch (error) {
  reportFailure(error);
  process.exitCode = 2;
}
