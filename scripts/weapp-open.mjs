/**
 * `npm run weapp:open`: the built mini-program to be used by hand in a browser, with three phones: customers 小雨 and
 * 阿哲, guide 陈静. Opens the demo mall too, unless `npm start` has opened it already.
 */
import { nodeVersionProblem } from './parts/node-version.mjs';

const problem = nodeVersionProblem(process.versions.node);
if (problem) {
  console.error(problem);
  process.exit(1);
}
const { openBench } = await import('./parts/weapp-bench.mjs');
await openBench();
