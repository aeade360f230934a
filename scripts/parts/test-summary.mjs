/**
 * @typedef {{project: string, file: string, failedToRun: boolean, tests: {title: string, status: string}[]}} Suite
 * @typedef {{passed: number, failed: number, skipped: number, sqlite: number, mariadb: number}} Count
 */

/** The kinds of test that a full run must contain: one that has lost all its tests has lost its file pattern. */
export const projectNames = ['unit', 'property', 'database', 'http', 'miniapp', 'host', 'weapp', 'browser'];

/** @returns {Count} */
const nothing = () => ({ passed: 0, failed: 0, skipped: 0, sqlite: 0, mariadb: 0 });

/**
 * Counts what ran. Only `passed` is a pass: a skipped, pending or todo test is a failure here, and so is a suite that
 * could not run at all. But a stage other than ours (WEAPP_CLI) says itself what it can't do: that is counted apart.
 *
 * @param {Suite[]} suites
 * @param {{maySkip?: boolean}} [run]
 * @returns {Map<string, Count>} by project, in the order of `projectNames`
 */
export function countTests(suites, { maySkip = false } = {}) {
  const counts = new Map(projectNames.map((name) => [name, nothing()]));
  for (const { project, failedToRun, tests } of suites) {
    const count = counts.get(project) ?? nothing();
    counts.set(project, count);
    if (failedToRun || tests.length === 0) count.failed += 1;
    for (const { title, status } of tests) {
      const isSkip = maySkip && status === 'pending';
      count[status === 'passed' ? 'passed' : isSkip ? 'skipped' : 'failed'] += 1;
      if (title.includes('[sqlite]')) count.sqlite += 1;
      if (title.includes('[mariadb]')) count.mariadb += 1;
    }
  }
  return counts;
}

/**
 * @param {Map<string, Count>} counts
 * @param {{complete: boolean}} run `complete` when no test was selected by hand
 * @returns {string[]} one sentence for each thing that is wrong though every test passed
 */
export function gapsOf(counts, { complete }) {
  const gaps = [];
  const total = [...counts.values()].reduce((sum, { passed, failed }) => sum + passed + failed, 0);
  if (total === 0) return ['No test ran.'];
  if (!complete) return gaps;
  for (const [project, { passed, failed }] of counts) {
    if (passed + failed === 0) gaps.push(`The project "${project}" ran no test.`);
  }
  const { sqlite = 0, mariadb = 0 } = counts.get('database') ?? nothing();
  if (sqlite === 0 || mariadb === 0)
    gaps.push('Database tests must run on both: titles contain [sqlite] or [mariadb].');
  return gaps;
}

/** @param {Map<string, Count>} counts @returns {string} a table for people */
export function tableOf(counts) {
  const row = (cells) =>
    cells.map((cell, index) => (index === 0 ? String(cell).padEnd(10) : String(cell).padStart(8))).join(' ');
  const sum = nothing();
  const rows = [...counts].map(([project, count]) => {
    for (const key of Object.keys(sum)) sum[key] += count[key];
    return row([project, count.passed, count.failed, count.sqlite || '–', count.mariadb || '–']);
  });
  const head = row(['tests', 'passed', 'failed', 'SQLite', 'MariaDB']);
  return [head, ...rows, row(['all', sum.passed, sum.failed, sum.sqlite || '–', sum.mariadb || '–'])].join('\n');
}
