/** `npm run rotate-data-key`: seals everything under DATA_KEY that a key of DATA_KEYS_OLD has sealed. */
import { spawnSync } from 'node:child_process';
import { buildStale } from './parts/build-parts.mjs';
import { demoEnvironment } from './parts/launcher.mjs';
import { inRoot } from './parts/paths.mjs';
import { reportFailure } from './parts/progress.mjs';

try {
  await buildStale(['shared', 'server']);
  const script = inRoot('server', 'dist', 'tools', 'rotate-data-key.js');
  const { status } = spawnSync(process.execPath, [script], {
    env: { ...(await demoEnvironment()), ...process.env },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  process.exitCode = status ?? 1;
} catch (error) {
  reportFailure(error);
  process.exitCode = 1;
}
