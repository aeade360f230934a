import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { lastLines, run } from './commands.mjs';
import { toolPath } from './machine-tools.mjs';
import { inRoot } from './paths.mjs';
import { freePort } from './ports.mjs';
import { PlainFailure } from './progress.mjs';
import { listens } from './services.mjs';

/** Fast because nothing here has to survive a power cut, and small because it shares the machine with the tests. */
const serverFlags = [
  '--bind-address=127.0.0.1',
  '--skip-name-resolve',
  '--character-set-server=utf8mb4',
  '--collation-server=utf8mb4_bin',
  '--innodb-flush-log-at-trx-commit=2',
  '--innodb-flush-method=O_DIRECT_NO_FSYNC',
  '--innodb-buffer-pool-size=128M',
  '--innodb-log-file-size=48M',
  '--innodb-lock-wait-timeout=10',
  '--performance-schema=OFF',
  '--skip-log-bin',
  '--max-connections=300',
];

/** Many times what a whole run leaves there, since a full memory would end the run. */
const LEAST_ROOM = 4 * 1024 ** 3;

async function installSystemTables(folder, user) {
  const args = ['--no-defaults', `--datadir=${join(folder, 'data')}`, `--user=${user}`, '--skip-test-db'];
  const program = toolPath('mariadb-install-db');
  const { code, output } = await run(program, [...args, '--auth-root-authentication-method=normal']);
  if (code !== 0) throw new PlainFailure(`MariaDB's system tables could not be made:\n${lastLines(output, 8)}`);
}

/** Every test file makes and drops a database of many tables, and files in memory are made in half the time. */
function roomyFolder() {
  const memory = '/dev/shm';
  try {
    const { bavail, bsize } = statfsSync(memory);
    return bavail * bsize >= LEAST_ROOM ? memory : tmpdir();
  } catch {
    return tmpdir();
  }
}

/**
 * Starts a MariaDB of its own: data in a temporary folder, a free port of the loopback interface, one user with a
 * random password.
 *
 * @returns {Promise<{url: string, stop: () => Promise<void>}>} `mariadb://user:password@127.0.0.1:port/`; `stop` deletes it all
 * @throws {PlainFailure} with the server's last words
 */
export async function startPrivateMariadb() {
  const folder = mkdtempSync(join(roomyFolder(), 'mall-mariadb-'));
  try {
    return await startIn(folder);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

async function startIn(folder) {
  const user = userInfo().username;
  await installSystemTables(folder, user);
  const password = randomBytes(12).toString('hex');
  const init = join(folder, 'init.sql');
  writeFileSync(
    init,
    `CREATE USER 'mall_test'@'127.0.0.1' IDENTIFIED BY '${password}';\nGRANT ALL PRIVILEGES ON *.* TO 'mall_test'@'127.0.0.1';\n`,
    { mode: 0o600 },
  );
  const port = await freePort();
  const place = [`--datadir=${join(folder, 'data')}`, `--socket=${join(folder, 'sock')}`, `--port=${port}`];
  const args = ['--no-defaults', ...place, `--user=${user}`, `--init-file=${init}`, ...serverFlags];
  const logFile = join(folder, 'server.log');
  const log = openSync(logFile, 'w');
  const guard = spawn(
    process.execPath,
    [inRoot('scripts/parts/mariadb-guard.mjs'), folder, toolPath('mariadbd'), ...args],
    {
      stdio: ['pipe', log, log],
      detached: true,
    },
  );
  closeSync(log);
  let alive = true;
  const ended = new Promise((resolve) => {
    guard.once('exit', () => {
      alive = false;
      resolve();
    });
  });
  const stop = async () => {
    guard.stdin.end();
    await ended;
  };
  // The guard deletes the folder when the server dies, so its words are kept while it starts.
  let words = '';
  for (let tries = 0; tries < 300 && alive; tries += 1) {
    if (existsSync(logFile)) words = readFileSync(logFile, 'utf8');
    if (/ready for connections/.test(words) && (await listens(port, '127.0.0.1'))) {
      return { url: `mariadb://mall_test:${password}@127.0.0.1:${port}/`, stop };
    }
    await wait(100);
  }
  await stop();
  throw new PlainFailure(`The private MariaDB did not start:\n${lastLines(words, 8)}`);
}
