/**
 * `npm run emulator:conformance [-- WORD …]`: holds the WeChat emulator to the specification, one check a fact. The last
 * line is `N passed, N failed`.
 */
import { spawn } from 'node:child_process';
import { buildStale } from './parts/build-parts.mjs';
import { ensureDependencies } from './parts/dependencies.mjs';
import { inRoot, root } from './parts/paths.mjs';
import { reportFailure } from './parts/progress.mjs';

try {
  await ensureDependencies();
  await buildStale(['server']);
  const script = inRoot('server/dist/wechat-emulator/conformance/main.js');
  const args = ['--enable-source-maps', script, ...process.argv.slice(2)];
  const run = spawn(process.execPath, args, { stdio: 'inherit', cwd: root });
  process.exitCode = await new Promise((resolve) => {
    run.once('close', (code) => resolve(code ?? 1));
  });
} catch (error) {
  reportFailure(error);
  process.exitCode = 1;
}
