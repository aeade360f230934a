import { spawn } from 'node:child_process';
import { buildStale } from './build-parts.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { ensureTools } from './machine-tools.mjs';
import { startPrivateMariadb } from './mariadb.mjs';
import { inRoot } from './paths.mjs';
import { reportFailure, step } from './progress.mjs';

/**
 * Builds the server and runs one of its tools with the arguments of this process, on a private MariaDB when they name
 * it. The exit code is the tool's.
 *
 * @param {string} script from the root, e.g. `server/dist/tools/model/main.js`
 */
export async function runTool(script) {
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
    const played = spawn(process.execPath, ['--enable-source-maps', inRoot(script), ...args], {
      stdio: 'inherit',
      env,
    });
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
}
