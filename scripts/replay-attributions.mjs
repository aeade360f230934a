/** `npm run replay-attributions`: decides every order of the database again; DATABASE_URL, or the one of npm start. */
import { spawnSync } from 'node:child_process';
import { buildStale } from './parts/build-parts.mjs';
import { demoEnvironment } from './parts/launcher.mjs';
import { inRoot } from './parts/paths.mjs';
import { reportFailure } from './parts/progress.mjs';

try {
  await buildStale(['shared', 'server']);
  const script = inRoot('server', 'dist', 'tools', 'replay-attributions.js');
  const { status } = spawnSync(process.execPath, [script], {
    env: { ...process.env, ...(await demoEnvironment()) },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  process.exitCode = status ?? 1;
} catch (error) {
  reportFailure(error);
  process.exitCode = 1;
}
