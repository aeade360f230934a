import { countTests, gapsOf, projectNames, tableOf } from './parts/test-summary.mjs';

const suite = (project, tests, failedToRun = false) => ({
  project,
  file: `${project}.spec.ts`,
  failedToRun,
  tests: tests.map(([title, status]) => ({ title, status })),
});
const both = suite('database', [
  ['[sqlite] keeps stock', 'passed'],
  ['[mariadb] keeps stock', 'passed'],
  ['[mariadb] retries', 'passed'],
]);
const everything = projectNames.map((name) => (name === 'database' ? both : suite(name, [[name, 'passed']])));

describe('The count of npm test', () => {
  it('counts passes, failures and the database that each test ran on', () => {
    const counts = countTests([
      both,
      suite('unit', [
        ['adds', 'passed'],
        ['breaks', 'failed'],
      ]),
    ]);
    expect(counts.get('database')).toEqual({ passed: 3, failed: 0, skipped: 0, sqlite: 1, mariadb: 2 });
    expect(counts.get('unit')).toEqual({ passed: 1, failed: 1, skipped: 0, sqlite: 0, mariadb: 0 });
  });

  it('counts a suite that could not run, and one without a test, as a failure', () => {
    const counts = countTests([suite('unit', [], true), suite('http', [])]);
    expect(counts.get('unit').failed).toBe(1);
    expect(counts.get('http').failed).toBe(1);
  });

  it('counts a skipped or promised test as a failure', () => {
    expect(
      countTests([
        suite('unit', [
          ['a', 'pending'],
          ['b', 'todo'],
        ]),
      ]).get('unit').failed,
    ).toBe(2);
  });

  it('counts what another stage skips with its reason neither as a pass nor as a failure', () => {
    const counts = countTests(
      [
        suite('weapp', [
          ['a', 'pending'],
          ['b', 'todo'],
          ['c', 'passed'],
        ]),
      ],
      { maySkip: true },
    );
    expect(counts.get('weapp')).toMatchObject({ passed: 1, failed: 1, skipped: 1 });
  });

  it('finds no gap when every project ran and both databases were used', () => {
    expect(gapsOf(countTests(everything), { complete: true })).toEqual([]);
  });

  it('finds a project without tests and a database that nothing ran on', () => {
    const withoutHttp = everything.filter(({ project }) => project !== 'http');
    expect(gapsOf(countTests(withoutHttp), { complete: true })).toEqual(['The project "http" ran no test.']);
    const onlySqlite = everything.map((s) => (s === both ? { ...both, tests: both.tests.slice(0, 1) } : s));
    expect(gapsOf(countTests(onlySqlite), { complete: true })).toHaveLength(1);
  });

  it('takes a run without any test for a failure even when tests were selected by hand', () => {
    expect(gapsOf(countTests([]), { complete: false })).toEqual(['No test ran.']);
    expect(gapsOf(countTests([both]), { complete: false })).toEqual([]);
  });

  it('shows one row a project and their sum', () => {
    const lines = tableOf(countTests(everything)).split('\n');
    expect(lines).toHaveLength(projectNames.length + 2);
    expect(lines.at(-1).split(/\s+/)).toEqual(['all', '10', '0', '1', '2']);
  });
});
