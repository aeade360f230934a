/** `npm run journey`: builds what is stale, saying so on the error stream, then plays the journey. */
import { spawnSync } from 'node:child_process';
import { inRoot } from './parts/paths.mjs';

const built = spawnSync(process.execPath, [inRoot('scripts', 'build.mjs'), '--stale', 'shared', 'server'], {
  // The journey's own lines are all that a reader of the output may meet.
  stdio: ['ignore', 2, 2],
});
if (built.status !== 0) process.exit(built.status ?? 1);
const played = spawnSync(process.execPath, [inRoot('server/dist/tools/journey/main.js'), ...process.argv.slice(2)], {
  stdio: 'inherit',
});
process.exit(played.status ?? 1);
