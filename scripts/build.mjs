/** `npm run build [shared|server|h5|weapp …]`: builds the named parts, or all of them. */
import { buildStale, partNames } from './parts/build-parts.mjs';
import { reportFailure } from './parts/progress.mjs';

const asked = process.argv.slice(2);
try {
  await buildStale(asked.length > 0 ? asked : partNames, { force: true });
} catch (error) {
  reportFailure(error);
  process.exitCode = 1;
}
