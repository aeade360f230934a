import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { endGroup } from '../parts/commands.mjs';
import { chromiumPath } from '../parts/machine-tools.mjs';
import { inRoot } from '../parts/paths.mjs';
import { PlainFailure } from '../parts/progress.mjs';
import { firstWords } from './words.mjs';

const GRACE_MS = 10_000;
const LAST_WORDS = 2000;

/**
 * How the suite took a build.
 *
 * @typedef {object} SuiteRun
 * @property {'passed' | 'failed' | 'late'} outcome
 * @property {{file: string, test: string, words: string}[]} failures the first one only with `untilFirstFailure`
 * @property {string[]} running titles of tests that had begun and not ended
 */

function startJest(files, { dist, sites, folder }) {
  const reporter = inRoot('scripts', 'mutate', 'suite-reporter.cjs');
  const args = ['--selectProjects', 'weapp', '--maxWorkers=2', '--ci', '--colors=false'];
  const reporters = ['--reporters=default', `--reporters=${reporter}`];
  const jest = inRoot('node_modules', 'jest', 'bin', 'jest.js');
  return spawn(process.execPath, [jest, ...args, ...reporters, '--runTestsByPath', ...files], {
    cwd: inRoot(),
    env: {
      ...process.env,
      WEAPP_DIST_DIR: dist,
      TMPDIR: folder,
      CHROMIUM_PATH: chromiumPath() ?? undefined,
      ...(sites && { WEAPP_SITES_DIR: sites }),
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: true,
  });
}

/** Ends it with everything that it started: after `timeoutMs`, with this process, or when `stop` is called. */
function leash(jest, timeoutMs) {
  const state = { isLate: false, isInterrupted: false };
  const stop = () => {
    endGroup(jest, 'SIGTERM');
    setTimeout(() => endGroup(jest, 'SIGKILL'), GRACE_MS).unref();
  };
  const interrupt = () => {
    state.isInterrupted = true;
    stop();
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, interrupt);
  const timer = setTimeout(() => {
    state.isLate = true;
    stop();
  }, timeoutMs);
  const release = () => {
    clearTimeout(timer);
    for (const signal of signals) process.off(signal, interrupt);
  };
  return { state, stop, release };
}

/**
 * Runs files of the suite on a build.
 *
 * @param {string[]} files
 * @param {{dist: string, timeoutMs: number, untilFirstFailure?: boolean, ignored?: string[], sites?: string}} options
 *   `ignored` tests may fail; `sites` is a folder for what an instrumented build noted
 * @returns {Promise<SuiteRun>}
 */
export async function runSuite(files, options) {
  return clearOf(() => runOnce(files, options));
}

/**
 * A jest that ends badly and names no test says nothing about the build: once more, and then it is an error of the run.
 *
 * @param {() => Promise<SuiteRun | {outcome: 'unclear', words: string}>} run
 * @returns {Promise<SuiteRun>}
 */
export async function clearOf(run) {
  const first = await run();
  if (first.outcome !== 'unclear') return first;
  const second = await run();
  if (second.outcome !== 'unclear') return second;
  throw new PlainFailure(`The suite could not be run, and no test failed. Twice: ${second.words}`);
}

async function runOnce(files, { dist, timeoutMs, untilFirstFailure = false, ignored = [], sites }) {
  // Whatever is left behind when jest is stopped in the middle goes away with this folder.
  const folder = mkdtempSync(join(tmpdir(), 'weapp-mutant-run-'));
  const jest = startJest(files, { dist, sites, folder });
  const { state, stop, release } = leash(jest, timeoutMs);
  const output = [];
  for (const stream of [jest.stdout, jest.stderr]) stream.on('data', (data) => output.push(data));
  const failures = [];
  const running = new Set();
  let hasIgnored = false;
  jest.on('message', ({ kind, file, title, words }) => {
    const test = `${basename(file)}: ${title}`;
    if (kind === 'began') running.add(test);
    else running.delete(test);
    if (kind === 'failed' && ignored.includes(test)) hasIgnored = true;
    else if (kind === 'failed') {
      failures.push({ file, test, words: firstWords(words) });
      if (untilFirstFailure) stop();
    }
  });
  const code = await new Promise((resolve) => jest.on('close', resolve));
  release();
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  } catch {
    // A browser that is still ending writes into it: a folder too many below tmp is no reason to stop.
  }
  // What was stopped by hand says nothing about the mutant.
  if (state.isInterrupted) throw new PlainFailure('Interrupted.');
  if (failures.length === 0 && code !== 0 && !state.isLate && !hasIgnored) {
    const said = Buffer.concat(output).toString('utf8');
    return { outcome: 'unclear', words: `jest ended with ${code}: ${firstWords(said.slice(-LAST_WORDS))}` };
  }
  const outcome = failures.length > 0 ? 'failed' : state.isLate ? 'late' : 'passed';
  return { outcome, failures, running: [...running] };
}

/** @returns {string[]} the files of the suite */
export function suiteFiles(list) {
  return list.filter((file) => /\.weapp\.spec\.ts$/.test(file)).map((file) => inRoot('miniapp', 'e2e', file));
}
