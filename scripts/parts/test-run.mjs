import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildStale } from './build-parts.mjs';
import { endRunningCommands, lastLines, run } from './commands.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { chromiumPath, ensureTools } from './machine-tools.mjs';
import { startPrivateMariadb } from './mariadb.mjs';
import { inRoot } from './paths.mjs';
import { PlainFailure, reportFailure, step } from './progress.mjs';
import { countTests, gapsOf, tableOf } from './test-summary.mjs';

const jest = () => inRoot('node_modules', 'jest', 'bin', 'jest.js');

/** The weapp suite runs in DevTools, or in what answers to their command line. */
const isForeignStage = () => Boolean(process.env.WEAPP_CLI);

/** The compiler is only needed when a package has no ready-made binary for this machine: install it then. */
async function compilerForRetry(output) {
  if (!/gyp|not found: make|Python/i.test(output)) return false;
  await ensureTools(['compiler']);
  return true;
}

/**
 * What the chosen tests need: all of it when nothing was chosen.
 *
 * @param {string[]} args jest's arguments
 * @returns {Promise<{mariadb: boolean, server: boolean, chromium: boolean, h5: boolean, weapp: boolean}>}
 */
async function needsOf(args) {
  if (args.length === 0) return { mariadb: true, server: true, chromium: true, h5: true, weapp: true };
  const { code, output } = await run(process.execPath, [jest(), '--listTests', ...args]);
  if (code !== 0) throw new PlainFailure(`jest does not understand these arguments:\n${lastLines(output, 12)}`);
  const some = (pattern) => output.split('\n').some((line) => pattern.test(line));
  return {
    mariadb: some(/\.(db\.spec|e2e-spec|browser-spec)\.ts$/),
    server: some(/\.(e2e-spec|browser-spec)\.ts$|\/miniapp\/e2e\//),
    chromium: some(/\.(browser-spec|weapp\.spec)\.ts$/),
    h5: some(/\.browser-spec\.ts$/),
    // The host's own tests bring mini-programs of their own.
    weapp: some(/\/miniapp\/e2e\/.*\.weapp\.spec\.ts$/),
  };
}

async function prepare(needs) {
  const tools = [];
  if (needs.mariadb) tools.push('mariadb');
  if (needs.chromium) tools.push('chromium', 'chineseFont');
  await ensureTools(tools);
  const parts = [];
  if (needs.server) parts.push('shared', 'server');
  if (needs.h5) parts.push('h5');
  if (needs.weapp) parts.push('weapp');
  await buildStale(parts);
}

/** @returns {Promise<{code: number, suites: import('./test-summary.mjs').Suite[]}>} what jest ran, however it ended */
async function runJest(args, mariadbUrl) {
  const folder = mkdtempSync(join(tmpdir(), 'mall-jest-'));
  const record = join(folder, 'record.json');
  try {
    const reporters = ['--reporters=default', `--reporters=${inRoot('scripts', 'parts', 'jest-recorder.cjs')}`];
    const env = { JEST_RECORD_FILE: record, TEST_MARIADB_URL: mariadbUrl, CHROMIUM_PATH: chromiumPath() ?? undefined };
    // The caller's arguments first: jest's list options would take a path that follows them for one of theirs.
    // DevTools are one desk for all suites, and the mall stands where the build asks for it.
    const workers = isForeignStage() ? '--runInBand' : '--maxWorkers=2';
    const { code } = await run(process.execPath, [jest(), ...args, workers, ...reporters], {
      env,
      show: true,
    });
    return { code, suites: existsSync(record) ? JSON.parse(readFileSync(record, 'utf8')) : [] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function report({ code, suites }, complete) {
  const counts = countTests(suites, { maySkip: isForeignStage() });
  const gaps = gapsOf(counts, { complete });
  const sum = (key) => [...counts.values()].reduce((total, count) => total + count[key], 0);
  if (code !== 0 && sum('failed') === 0 && gaps.length === 0)
    gaps.push(`No test failed, but jest ended with code ${code}.`);
  console.log(`\n${tableOf(counts)}\n`);
  for (const gap of gaps) console.log(gap);
  if (sum('skipped') > 0) console.log(`${sum('skipped')} skipped, which this stage can't do: see SKIPPED above`);
  const failed = sum('failed') + gaps.length;
  // The last line is for machines: exactly this.
  console.log(`${sum('passed')} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

/**
 * Installs what is missing, starts the private database, runs jest, cleans up, and ends this process.
 *
 * @param {string[]} args passed to jest
 */
export async function runTests(args) {
  let mariadb = null;
  let interrupted = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      // Ending jest lets the code below go on to its clean-up.
      interrupted = true;
      endRunningCommands();
    });
  }
  let exitCode = 1;
  try {
    await ensureDependencies({ beforeRetry: compilerForRetry });
    const needs = await needsOf(args);
    await prepare(needs);
    if (needs.mariadb) {
      mariadb = await step('Starting a private MariaDB', startPrivateMariadb);
    }
    if (interrupted) throw new PlainFailure('Interrupted.');
    const result = await runJest(args, mariadb?.url);
    if (interrupted) throw new PlainFailure('Interrupted.');
    await mariadb?.stop();
    exitCode = report(result, args.length === 0);
  } catch (error) {
    reportFailure(error);
    exitCode = interrupted ? 130 : 1;
  }
  await mariadb?.stop();
  process.exit(exitCode);
}
