/**
 * `npm run model -- [--sequences 200] [--seed N] [--steps 40] [--db sqlite|mariadb]`: random sequences of steps, played
 * in the mall and in a reference model that shares no code with it. The last line is `N sequences, N wrong`.
 */
import { runTool } from './parts/run-tool.mjs';

await runTool('server/dist/tools/model/main.js');
