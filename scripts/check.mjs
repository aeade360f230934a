/** `npm run check`: everything that can be known without running a test. All steps run, even if one fails. */
import { nodeVersionProblem } from './parts/node-version.mjs';

const problem = nodeVersionProblem(process.versions.node);
if (problem) {
  console.error(problem);
  process.exit(1);
}
const { runChecks } = await import('./parts/check-run.mjs');
await runChecks();
