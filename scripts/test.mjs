/**
 * `npm test [-- jest arguments]`: every test on a fresh machine, and as the last line `N passed, N failed`.
 */
import { nodeVersionProblem } from './parts/node-version.mjs';

const problem = nodeVersionProblem(process.versions.node);
if (problem) {
  console.error(problem);
  process.exit(1);
}
const { runTests } = await import('./parts/test-run.mjs');
await runTests(process.argv.slice(2));
