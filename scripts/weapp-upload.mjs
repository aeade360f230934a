/**
 * `npm run weapp:upload -- --version 1.2.3 --desc "…" [--robot 1] [--preview]`: builds the mini-program for production
 * and hands it to WeChat.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { buildStale } from './parts/build-parts.mjs';
import { lastLines, run } from './parts/commands.mjs';
import { inRoot, varDirectory } from './parts/paths.mjs';
import { PlainFailure, reportFailure, step } from './parts/progress.mjs';
import { ciVersion, publish, releaseOf, requireReleasable } from './parts/weapp-release.mjs';

/** Fetched on its own, beside the lock file and without install scripts. */
async function loadCi() {
  const folder = join(varDirectory(), 'tools', `miniprogram-ci-${ciVersion}`);
  if (!existsSync(join(folder, 'node_modules', 'miniprogram-ci', 'package.json'))) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{"private":true}\n');
    const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', `miniprogram-ci@${ciVersion}`];
    const { code, output } = await run('npm', args, { cwd: folder });
    if (code !== 0) throw new PlainFailure(`miniprogram-ci could not be fetched:\n${lastLines(output, 5)}`);
  }
  return createRequire(join(folder, 'package.json'))('miniprogram-ci');
}

try {
  if (existsSync(inRoot('.env'))) process.loadEnvFile(inRoot('.env'));
  const release = releaseOf(process.argv.slice(2), process.env);
  const dirty = (await run('git', ['status', '--porcelain'])).output.trim();
  if (dirty !== '' && !release.preview) {
    throw new PlainFailure('There are changes that are not committed: a version must be findable in the history.');
  }
  process.env.MALL_API_BASE = release.apiBase;
  await buildStale(['shared', 'weapp'], { force: true });
  const folder = inRoot('miniapp', 'dist', 'weapp');
  requireReleasable(folder, release.apiBase);
  const ci = await step(`Fetching miniprogram-ci ${ciVersion} (once)`, loadCi);
  const qrFile = join(varDirectory(), 'preview.jpg');
  console.log(await publish(ci, release, { folder, qrFile, report: (text) => text && console.log(text) }));
} catch (error) {
  reportFailure(error);
  process.exitCode = 1;
}
