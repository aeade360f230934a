import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { endGroup } from './commands.mjs';
import { inRoot, root, varDirectory } from './paths.mjs';
import { PlainFailure } from './progress.mjs';

/** How long a service may take to finish what it is doing before it is ended by force. */
const gracePeriodMs = 6000;

/** @param {string} output @returns {string} what a person can read of it: no stack frames, no JSON, no Node banner */
export function plainSentences(output) {
  const lines = output.split('\n').filter((line) => !/^\s*(at |\{|\}|\^|Node\.js v|node:|$)/.test(line));
  return lines.slice(-12).join('\n').trim();
}

/** The long-running processes of one `npm start`. When one dies, `died` settles, and the others are to be stopped. */
export class Services {
  #children = [];
  #stopping = false;
  #reportDeath = () => {};

  constructor() {
    /** @type {Promise<PlainFailure>} settles when a service ends that was not asked to */
    this.died = new Promise((resolve) => {
      this.#reportDeath = resolve;
    });
  }

  /**
   * Starts `node <script>` with its output in var/logs.
   *
   * @param {{name: string, title: string, script: string, args?: string[], env: Record<string, string | undefined>}} service
   */
  start({ name, title, script, args = [], env }) {
    if (this.#stopping) throw new PlainFailure(`${title} was not started, because the mall is closing.`);
    const logs = join(varDirectory(), 'logs');
    mkdirSync(logs, { recursive: true });
    const log = join(logs, `${name}.log`);
    writeFileSync(log, '', { mode: 0o600 });
    const preload = pathToFileURL(inRoot('scripts', 'parts', 'die-with-parent.mjs')).href;
    const child = spawn(process.execPath, ['--enable-source-maps', '--import', preload, inRoot(script), ...args], {
      cwd: root,
      env: { ...process.env, ...env },
      // Its own process group: a terminal's Ctrl-C reaches the launcher alone, which then stops everything in order.
      detached: true,
      stdio: ['ignore', openSync(log, 'a'), 'pipe', 'ipc'],
    });
    const errors = [];
    const file = createWriteStream(log, { flags: 'a' });
    child.stderr.on('data', (chunk) => {
      errors.push(chunk);
      file.write(chunk);
    });
    const ended = new Promise((resolve) => {
      child.once('close', (code, signal) => {
        resolve();
        if (this.#stopping) return;
        const said = plainSentences(Buffer.concat(errors).toString('utf8'));
        const how = signal ? `signal ${signal}` : `exit code ${code}`;
        this.#reportDeath(new PlainFailure(`${title} stopped (${how}): ${said || 'it said nothing'}\nIts log: ${log}`));
      });
    });
    this.#children.push({ child, ended });
  }

  /**
   * Waits for what services are to do; throws a PlainFailure when one of them dies meanwhile.
   *
   * @template T
   * @param {Promise<T>} work
   * @returns {Promise<T>}
   */
  unlessOneDies(work) {
    const death = this.died.then((failure) => {
      throw failure;
    });
    return Promise.race([work, death]);
  }

  /** Asks every service to stop, and ends by force those that do not. Settles when all are gone. */
  async stop() {
    this.#stopping = true;
    for (const { child } of this.#children) endGroup(child, 'SIGTERM');
    const all = Promise.all(this.#children.map(({ ended }) => ended));
    const clock = new AbortController();
    const late = wait(gracePeriodMs, 'late', { signal: clock.signal }).catch(() => 'ended');
    if ((await Promise.race([all, late])) === 'late') {
      for (const { child } of this.#children) endGroup(child, 'SIGKILL');
      await all;
    }
    clock.abort();
  }
}

/**
 * Asks again and again until the answer is yes.
 *
 * @param {() => Promise<boolean>} probe
 * @param {number} timeoutMs
 * @param {string} what for the sentence when time is up
 * @throws {PlainFailure} when it did not become ready in time
 */
export async function untilReady(probe, timeoutMs, what) {
  const end = performance.now() + timeoutMs;
  while (performance.now() < end) {
    if (await probe()) return;
    await wait(150);
  }
  throw new PlainFailure(
    `${what} was not ready after ${timeoutMs / 1000} seconds: see ${join(varDirectory(), 'logs')}.`,
  );
}

/** @param {string} url @returns {Promise<boolean>} whether it answers with a 2xx */
export async function answers(url) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

/** @param {number} port @param {string} host @returns {Promise<boolean>} whether somebody listens there */
export function listens(port, host) {
  return new Promise((resolve) => {
    const socket = connect({ port, host, timeout: 1000 });
    const finish = (result) => {
      socket.destroy();
      resolve(result);
    };
    socket.once('connect', () => finish(true));
    socket.once('error', () => finish(false));
    socket.once('timeout', () => finish(false));
  });
}
