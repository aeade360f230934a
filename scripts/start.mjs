/**
 * `npm start`: from a fresh clone to a mall in the browser.
 *
 * Only the Node version is looked at here; everything else is loaded after that, so that an old Node
 * gets one sentence instead of a syntax error.
 */
import { nodeVersionProblem } from './parts/node-version.mjs';

const problem = nodeVersionProblem(process.versions.node);
if (problem) {
  console.error(problem);
  process.exit(1);
}
const { start } = await import('./parts/launcher.mjs');
await start();
