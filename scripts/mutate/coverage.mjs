import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { inRoot, varDirectory } from '../parts/paths.mjs';
import { PlainFailure, step } from '../parts/progress.mjs';
import { writeCopy } from './dist-sources.mjs';
import { instrumented } from './instrument.mjs';
import { runSuite, suiteFiles } from './suite-run.mjs';

const RECORD_MS = 900_000;
const suiteFolder = () => inRoot('miniapp', 'e2e');

/**
 * What the suite used of a build.
 *
 * @typedef {object} Coverage
 * @property {Record<string, string[]>} touched for each site the test files that used it
 * @property {string[]} seen templates that were shown, `template:event` where somebody listened, handlers that were given
 *   to something
 * @property {string[]} drivers test files that open this build
 * @property {string[]} failing tests that fail on the unbroken build too: they notice nothing
 * @property {number} tookMs how long the suite ran
 */

/** Build, suite and host: another of them, another coverage. */
function fingerprint(dist) {
  const hash = createHash('sha256');
  for (const file of dist.files)
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(dist.folder, file)));
  for (const folder of [suiteFolder(), inRoot('miniapp', 'host', 'src'), inRoot('scripts', 'mutate')]) {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    for (const path of files.map((entry) => join(entry.parentPath, entry.name)).sort()) {
      hash.update(path).update('\0').update(readFileSync(path));
    }
  }
  return hash.digest('hex').slice(0, 16);
}

function readReports(folder) {
  const touched = {};
  const seen = new Set();
  const drivers = new Set();
  for (const name of readdirSync(folder)) {
    const report = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    drivers.add(report.testPath);
    for (const id of report.touched) touched[id] = [...new Set([...(touched[id] ?? []), report.testPath])];
    for (const id of report.seen) seen.add(id);
  }
  return { touched, seen: [...seen], drivers: [...drivers].sort() };
}

/** Runs the suite once on a copy of the build that notes what is used. Throws when the suite does not pass. */
async function record(dist, sites) {
  const folder = mkdtempSync(join(tmpdir(), 'weapp-coverage-'));
  const copy = join(folder, 'weapp');
  const reports = join(folder, 'reports');
  mkdirSync(reports);
  try {
    writeCopy(dist.folder, copy, instrumented(dist, sites));
    const files = suiteFiles(readdirSync(suiteFolder()));
    const begun = performance.now();
    const run = await runSuite(files, { dist: copy, timeoutMs: RECORD_MS, sites: reports });
    return {
      coverage: {
        ...readReports(reports),
        failing: run.failures.map(({ test }) => test),
        tookMs: performance.now() - begun,
      },
      run,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * What the suite uses of a build; kept below var/ until build, suite or host change.
 *
 * @param {import('./dist-sources.mjs').DistSources} dist
 * @param {import('./sites.mjs').Site[]} sites
 * @param {{tolerant?: boolean}} [options] `tolerant` also takes a run that failed, and keeps nothing
 * @returns {Promise<Coverage>}
 */
export async function coverageOf(dist, sites, { tolerant = false } = {}) {
  const kept = join(varDirectory(), 'e2e-mutate');
  const file = join(kept, `${fingerprint(dist)}.json`);
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
  const { coverage, run } = await step('The suite on a build that notes what is used', () => record(dist, sites));
  if (run.outcome !== 'passed') {
    const reasons = run.failures.map(({ test, words }) => `  ${test}\n    ${words}`).join('\n');
    const words = `The suite does not pass on the unbroken build (${run.outcome}):\n${reasons}\n${run.running.join('\n')}`;
    if (!tolerant) throw new PlainFailure(words);
    console.log(words);
    return coverage;
  }
  rmSync(kept, { recursive: true, force: true });
  mkdirSync(kept, { recursive: true });
  writeFileSync(file, JSON.stringify(coverage));
  return coverage;
}
