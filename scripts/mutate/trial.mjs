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

const killedBy = ({ failures: [first] }) => ({ isKilled: true, words: [first.test, first.words] });

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
  return [first, others].filter((files) => files.length > 0);
}

/**
 * Lets the host and the suite loose on a broken build.
 *
 * @param {import('./dist-sources.mjs').DistSources} dist the unbroken one
 * @param {Mutant} mutant
 * @param {import('./coverage.mjs').Coverage} coverage
 * @param {number} timeoutMs for each of at most two runs of jest
 * @returns {Promise<Verdict>}
 */
export async function tryMutant(dist, mutant, coverage, timeoutMs) {
  const folder = mkdtempSync(join(tmpdir(), 'weapp-mutant-'));
  const copy = join(folder, 'weapp');
  try {
    writeCopy(dist.folder, copy, mutant.texts);
    const refused = await refusal(copy);
    if (refused !== null) return { isKilled: true, words: ['weapp-host check', refused] };
    for (const files of orderOf(mutant, coverage)) {
      const suite = await runSuite(files, {
        dist: copy,
        timeoutMs,
        untilFirstFailure: true,
        ignored: coverage.failing,
      });
      if (suite.outcome === 'failed') return killedBy(suite);
      if (suite.outcome === 'late') {
        // A test that waits says by its title for what; a suite that hangs outside of a test says nothing.
        const words = [`no end after ${timeoutMs / 1000} s`, ...suite.running];
        return { isKilled: suite.running.length > 0, words };
      }
    }
    return { isKilled: false, words: ['every test passed'] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
