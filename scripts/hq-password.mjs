/** `npm run hq:password [-- NAME]`: sets a new password for an HQ user (admin) of the database that npm start uses. */
import { spawnSync } from 'node:child_process';
import { buildStale } from './parts/build-parts.mjs';
import { demoEnvironment } from './parts/launcher.mjs';
import { inRoot } from './parts/paths.mjs';
import { reportFailure } from './parts/progress.mjs';
import { keepHqPassword } from './parts/secrets.mjs';

try {
  await buildStale(['shared', 'server']);
  const script = inRoot('server', 'dist', 'tools', 'reset-hq-password.js');
  const { status, stdout } = spawnSync(process.execPath, [script, ...process.argv.slice(2)], {
    env: { ...process.env, ...(await demoEnvironment()) },
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  process.stdout.write(stdout);
  const admin = /^admin: (\S+)$/m.exec(stdout)?.[1];
  // The next start prints what is written there.
  if (admin) keepHqPassword(admin);
  process.exitCode = status ?? 1;
} catch (error) {
  reportFailure(error);
  process.exitCode = 1;
}
