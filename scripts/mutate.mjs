import { nodeVersionProblem } from './parts/node-version.mjs';

const problem = nodeVersionProblem(process.versions.node);
if (problem) {
  console.error(problem);
  process.exit(1);
}
const { runMutants } = await import('./mutate/main.mjs');
process.exit(await runMutants(process.argv.slice(2)));
