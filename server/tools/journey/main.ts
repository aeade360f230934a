/**
 * `npm run journey [-- --json] [--catalogue FILE]`: plays the referral journey through HTTP on a fresh embedded
 * database, with the real server and the emulator as processes of their own. Exits 1 with the step that failed.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { demoCatalogueCsv } from '../../src/demo/goods/demo-goods.public.js';
import { playJourney } from './play-journey.js';
import { humanReporter, jsonReporter } from './report.js';
import { startMall } from './start-mall.js';

const USAGE = 'usage: npm run journey -- [--json] [--catalogue FILE]';

function readArguments(): { json: boolean; catalogue: string | undefined } {
  const { values } = parseArgs({ options: { json: { type: 'boolean' }, catalogue: { type: 'string' } } });
  return { json: values.json ?? false, catalogue: values.catalogue };
}

async function main(): Promise<boolean> {
  const { json, catalogue } = readArguments();
  const content = catalogue === undefined ? Buffer.from(demoCatalogueCsv()) : readFileSync(catalogue);
  const folder = mkdtempSync(join(tmpdir(), 'mall-journey-'));
  const mall = await startMall(folder);
  try {
    const name = catalogue === undefined ? 'demo shop' : basename(catalogue);
    return await playJourney({ ...mall, catalogue: { name, content } }, json ? jsonReporter : humanReporter);
  } finally {
    await mall.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

main().then(
  (ok) => {
    process.exitCode = ok ? 0 : 1;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}\n`);
    process.exitCode = 1;
  },
);
