/**
 * `npm run model -- [--sequences 200] [--seed N] [--steps 40] [--db sqlite|mariadb]`: random sequences of steps, played
 * in the mall and in a reference model that shares no code with it. The last line is `N sequences, N wrong`.
 */
import { spawn } from 'node:child_process';
import { buildStale } from './parts/build-parts.mjs';
import { ensureDependencies } from './parts/dependencies.mjs';
import { ensureTools } from './parts/machine-tools.mjs';
import { startPrivateMariadb } from './parts/mariadb.mjs';
import { inRoot } from './parts/paths.mjs';
import { reportFailure, step } from './parts/progress.mjs';

const args = process.argv.slice(2);
const wantsMariadb = /(^|[ =])mariadb\b/.test(args.join(' '));
let mariadb = null;
try {
  await ensureDependencies();
  if (wantsMariadb) await ensureTools(['mariadb']);
  await buildStale(['shared', 'server']);
  if (wantsMariadb && !process.env.TEST_MARIADB_URL) {
    mariadb = await step('Starting a private MariaDB', startPrivateMariadb);
  }
  const env = { ...process.env, ...(mariadb && { TEST_MARIADB_URL: mariadb.url }) };
  const script = inRoot('server/dist/tools/model/main.js');
  const played = spawn(process.execPath, ['--enable-source-maps', script, ...args], { stdio: 'inherit', env });
  // Ctrl-C reaches the child as well; what is left to do here is to stop the database.
  process.on('SIGINT', () => {});
  process.exitCode = await new Promise((resolve) => {
    played.once('close', (code) => resolve(code ?? 1));
  });
} catch (error) {
  reportFailure(error);
  process.exitCode = 1;
} finally {
  await mariadb?.stop();
}
