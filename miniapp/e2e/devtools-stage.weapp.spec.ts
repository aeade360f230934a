import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../server/tools/journey/free-port.js';

const ROOT = process.cwd();
const DIST = process.env.WEAPP_DIST_DIR ?? join(ROOT, 'miniapp', 'dist', 'weapp');
const BUILT_FOR = process.env.MALL_API_BASE ?? 'http://127.0.0.1:3000';

/** The build as `MALL_API_BASE` would have made it: DevTools send requests where it says. */
function builtFor(apiBase: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'weapp-devtools-'));
  cpSync(DIST, folder, { recursive: true });
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.js')) continue;
    const full = join(folder, file);
    writeFileSync(full, readFileSync(full, 'utf8').replaceAll(BUILT_FOR, apiBase));
  }
  return folder;
}

/** What DevTools say to `wx.login` of an account that is not theirs. */
async function touristWechat() {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ code: 'the code is a mock one' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

interface Outcome {
  said: string;
  /** `passed` or `pending` by title. */
  statuses: Record<string, string>;
}

async function runs(spec: string, environment: Record<string, string>, folder: string): Promise<Outcome> {
  const outputFile = join(folder, 'jest.json');
  const jest = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
  const args = ['--selectProjects', 'weapp', '--runInBand', '--forceExit', '--json', `--outputFile=${outputFile}`];
  const child = spawn(process.execPath, [jest, ...args, '--', spec], { env: { ...process.env, ...environment } });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data: Buffer) => {
      said += data.toString('utf8');
    });
  }
  await new Promise((resolve) => child.on('close', resolve));
  const { testResults } = JSON.parse(readFileSync(outputFile, 'utf8')) as {
    testResults: { assertionResults: { title: string; status: string }[] }[];
  };
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  return { said, statuses: Object.fromEntries(tests.map(({ title, status }) => [title, status])) };
}

it('the suite runs by a command line like that of DevTools, and says of each step that it skips why', async () => {
  const apiBase = `http://127.0.0.1:${await freePort()}`;
  const folder = builtFor(apiBase);
  const wechat = await touristWechat();
  try {
    const { said, statuses } = await runs(
      'miniapp/e2e/visits.weapp.spec.ts',
      {
        WEAPP_CLI: join(ROOT, 'miniapp', 'host', 'bin', 'devtools-cli.mjs'),
        WEAPP_HOST_ARGS: `--platform ${wechat.url}`,
        WEAPP_DIST_DIR: folder,
        MALL_API_BASE: apiBase,
      },
      folder,
    );
    const skipped = Object.entries(statuses).filter(([, status]) => status !== 'passed');
    expect({ statuses, said }).toMatchObject({
      statuses: {
        'the mini-program opens at home, a card of the shelf leads to its product, and back': 'passed',
        'somebody new is signed in without being asked, and is offered to join (R2.3)': 'passed',
        'nobody met an error of the mini-program': 'passed',
      },
    });
    expect(skipped.map(([, status]) => status)).toEqual(['pending', 'pending', 'pending']);
    for (const [title] of skipped) expect(said).toContain(`${title}\n        `);
    expect(said).toContain('the SDK has no switch for the network of DevTools');
    expect(said).toContain('add one under 工具 → 多账号调试');
  } finally {
    wechat.close();
    rmSync(folder, { recursive: true, force: true });
  }
}, 150_000);
