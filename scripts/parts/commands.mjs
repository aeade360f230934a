import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root } from './paths.mjs';

/** Commands that are running now, so that Ctrl-C can end them together with everything that they started. */
const running = new Set();

/**
 * Runs a command to its end without a terminal or input, and keeps its output.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{cwd?: string, env?: Record<string, string | undefined>, show?: boolean}} [options] `show` prints the output as it comes
 * @returns {Promise<{code: number, output: string}>} exit code (127 when the command does not exist) and both streams
 */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd ?? root,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', options.show ? 'inherit' : 'pipe', options.show ? 'inherit' : 'pipe'],
      detached: true,
    });
    running.add(child);
    const chunks = [];
    child.stdout?.on('data', (chunk) => chunks.push(chunk));
    child.stderr?.on('data', (chunk) => chunks.push(chunk));
    const finish = (code) => {
      running.delete(child);
      resolve({ code, output: Buffer.concat(chunks).toString('utf8') });
    };
    child.on('error', () => finish(127));
    child.on('close', (code) => finish(code ?? 1));
  });
}

/** Ends every command of `run` that has not ended yet, with its whole process group. */
export function endRunningCommands() {
  for (const child of running) endGroup(child, 'SIGTERM');
}

/**
 * Sends a signal to a detached child and all that it started.
 *
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
export function endGroup(child, signal) {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group is gone already, which is what was wanted.
  }
}

/**
 * @param {string} name a command such as `chromium`
 * @param {string[]} [moreFolders] folders that an ordinary user's PATH lacks, such as /usr/sbin
 * @returns {string | null} its full path, or null
 */
export function findCommand(name, moreFolders = []) {
  for (const folder of [...(process.env.PATH ?? '').split(delimiter), ...moreFolders]) {
    const candidate = join(folder, name);
    try {
      accessSync(candidate, constants.X_OK);
      return candidate;
    } catch {
      // Not in this folder: look in the next.
    }
  }
  return null;
}

/** @param {string} output @param {number} count @returns {string} the last lines that say something */
export function lastLines(output, count) {
  return output.trimEnd().split('\n').slice(-count).join('\n');
}
