import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import automator from 'miniprogram-automator';
import { eventually, freePort } from './host-for-tests.js';
import { KITCHEN } from './kitchen-for-tests.js';
import { writeProject } from './project-for-tests.js';

/** As a program of its own: the SDK keeps a timer of 15 s after the command line has ended. */
const PROGRAM = `
  import automator from 'miniprogram-automator';
  const [cliPath, projectPath, port] = process.argv.slice(1);
  const phone = await automator.launch({ cliPath, projectPath, port: Number(port) });
  const { path } = await phone.currentPage();
  const { SDKVersion } = await phone.systemInfo();
  await phone.close();
  console.log(JSON.stringify({ path, SDKVersion }));
  process.exit(0);`;

it('the SDK launches the host as it launches the command line of DevTools, and closes it', async () => {
  const { folder, remove } = writeProject(KITCHEN);
  const port = await freePort();
  try {
    const cliPath = join(process.cwd(), 'miniapp', 'host', 'bin', 'weapp-host.mjs');
    const args = ['--input-type=module', '-e', PROGRAM, cliPath, folder, String(port)];
    const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 60_000 });
    expect(JSON.parse(stdout)).toEqual({ path: 'pages/home/index', SDKVersion: expect.stringMatching(/^3\./) });
    // The answer to the last command leaves before the host ends.
    const call = async () => {
      const phone = await automator.connect({ wsEndpoint: `ws://127.0.0.1:${port}` }).catch(String);
      if (typeof phone === 'string') return phone;
      phone.disconnect();
      return 'it still answers';
    };
    await eventually('the end of the host', call, (said) => said.includes('Failed connecting'));
  } finally {
    remove();
  }
}, 90_000);
