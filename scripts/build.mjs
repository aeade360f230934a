/** `npm run build [-- --stale] [shared|server|h5|weapp …]`: builds the named parts, or all; `--stale` what changed. */
import { buildStale, partNames } from './parts/build-parts.mjs';
import { reportFailure } from './parts/progress.mjs';

const force = !process.argv.includes('--stale');
const asked = process.argv.slice(2).filter((name) => name !== '--stale');
try {
  await buildStale(asked.length > 0 ? asked : partNames, { force });
} catch (error) {
  reportFailure(error);
  process.exitCode = 1;
}
