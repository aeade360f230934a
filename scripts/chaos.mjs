/**
 * `npm run chaos -- [--payments N] [--payouts N] [--seed N] [--db sqlite|mariadb] [--from 0]`: random histories of
 * payments and payouts against a WeChat that misbehaves, judged by an oracle. The last line is `N histories, N wrong`.
 */
import { runTool } from './parts/run-tool.mjs';

await runTool('server/dist/tools/chaos/main.js');
