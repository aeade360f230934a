/**
 * Runs one private MariaDB and cleans up after it, whatever happens to the tests: when standard input closes (the
 * tests ended or were killed), the server is stopped and its folder deleted.
 *
 * node mariadb-guard.mjs FOLDER PROGRAM [argument …]
 */
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';

const [folder, program, ...args] = process.argv.slice(2);
const server = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'] });
let asked = false;

// Nothing in the data folder is worth keeping, so the server need not end in order when it is slow to.
const stop = () => {
  if (asked) return;
  asked = true;
  server.kill('SIGTERM');
  setTimeout(() => server.kill('SIGKILL'), 5000).unref();
};
process.stdin.on('close', stop).on('error', stop).resume();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);

const finish = (code) => {
  rmSync(folder, { recursive: true, force: true });
  process.exit(code);
};
server.on('error', () => finish(127));
server.on('exit', (code) => finish(asked ? 0 : (code ?? 1)));
