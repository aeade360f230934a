/** `npm run property -- [--runs N] [jest arguments]`: the property tests on N cases each, 10,000 when not said. */
import { parseArgs } from 'node:util';
import { run } from './parts/commands.mjs';
import { ensureDependencies } from './parts/dependencies.mjs';
import { inRoot } from './parts/paths.mjs';
import { PlainFailure, reportFailure } from './parts/progress.mjs';

try {
  const options = { runs: { type: 'string', default: '10000' } };
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  if (!/^[1-9]\d{0,8}$/.test(values.runs))
    throw new PlainFailure(`--runs must be a whole number, not "${values.runs}".`);
  await ensureDependencies();
  const jest = inRoot('node_modules', 'jest', 'bin', 'jest.js');
  // A case costs microseconds to milliseconds: an hour a test is for those who ask for millions.
  const args = ['--selectProjects', 'property', '--maxWorkers=2', '--testTimeout=3600000', ...positionals];
  const { code } = await run(process.execPath, [jest, ...args], { env: { PROPERTY_RUNS: values.runs }, show: true });
  process.exitCode = code;
} catch (error) {
  reportFailure(error);
  process.exitCode = 1;
}
