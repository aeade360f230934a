import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../parts/commands.mjs';
import { inRoot } from '../parts/paths.mjs';
import { writeCopy } from './dist-sources.mjs';
import { runSuite } from './suite-run.mjs';
import { firstWords } from './words.mjs';

/**
 * A broken build. `texts`: its changed files, null for one that is gone. `siteIds`: what of the sites is broken, as far
 * as that is known.
 *
 * @typedef {{texts: Map<string, string | null>, siteIds: string[]}} Mutant
 */

/** @typedef {{isKilled: boolean, words: string[]}} Verdict */

/** The host's own look at the mini-program: templates, styles, scripts, configuration. */
async function refusal(dist) {
  const host = inRoot('miniapp', 'host', 'bin', 'weapp-host.mjs');
  const { code, output } = await run(process.execPath, [host, 'check', '--project', dist]);
  return code === 0 ? null : firstWords(output.replace(/^weapp-host: /, ''));
}

/** The files that used what is broken first, as they are the likeliest to notice; then the others. */
function orderOf({ siteIds }, { touched, drivers }) {
  const first = drivers.filter((file) => siteIds.some((id) => touched[id]?.includes(file)));
  const others = drivers.filter((file) => !first.includes(file));
  return [
    { files: first, isTouched: true },
    { files: others, isTouched: false },
  ].filter(({ files }) => files.length > 0);
}

/**
 * What a run says of the mutant; null when nothing was noticed.
 *
 * @returns {Verdict | null}
 */
function verdictOf({ outcome, failures: [first], running }, timeoutMs) {
  if (outcome === 'failed') return { isKilled: true, words: [first.test, first.words] };
  // A test that waits says by its title for what; a suite that hangs outside of a test says nothing.
  if (outcome === 'late')
    return { isKilled: running.length > 0, words: [`no end after ${timeoutMs / 1000} s`, ...running] };
  return null;
}

/**
 * Lets the suite loose. A file that did not use what is broken may have failed for another reason, such as a browser that
 * did not start: it has to fail twice before its word counts.
 *
 * @param {Mutant} mutant
 * @param {import('./coverage.mjs').Coverage} coverage
 * @param {number} timeoutMs that a run may take
 * @param {(files: string[]) => Promise<import('./suite-run.mjs').SuiteRun>} run
 * @returns {Promise<Verdict>}
 */
export async function trySuite(mutant, coverage, timeoutMs, run) {
  for (const { files, isTouched } of orderOf(mutant, coverage)) {
    let left = files;
    while (left.length > 0) {
      const suite = await run(left);
      const verdict = verdictOf(suite, timeoutMs);
      if (verdict === null) break;
      if (isTouched || suite.outcome === 'late') return verdict;
      const [{ file }] = suite.failures;
      const confirmed = verdictOf(await run([file]), timeoutMs);
      if (confirmed !== null) return confirmed;
      left = left.filter((each) => each !== file);
    }
  }
  return { isKilled: false, words: ['every test passed'] };
}

/**
 * Lets the host and the suite loose on a broken build.
 *
 * @param {import('./dist-sources.mjs').DistSources} dist the unbroken one
 * @param {Mutant} mutant
 * @param {import('./coverage.mjs').Coverage} coverage
 * @param {number} timeoutMs for each run of jest
 * @returns {Promise<Verdict>}
 */
export async function tryMutant(dist, mutant, coverage, timeoutMs) {
  const folder = mkdtempSync(join(tmpdir(), 'weapp-mutant-'));
  const copy = join(folder, 'weapp');
  try {
    writeCopy(dist.folder, copy, mutant.texts);
    const refused = await refusal(copy);
    if (refused !== null) return { isKilled: true, words: ['weapp-host check', refused] };
    const options = { dist: copy, timeoutMs, untilFirstFailure: true, ignored: coverage.failing };
    return await trySuite(mutant, coverage, timeoutMs, (files) => runSuite(files, options));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
