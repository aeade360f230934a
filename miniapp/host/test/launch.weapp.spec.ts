import { join } from 'node:path';
import automator from 'miniprogram-automator';
import { KITCHEN } from './kitchen-for-tests.js';
import { writeProject } from './project-for-tests.js';

const PORT = 9433;

it('the SDK launches the host as it launches the command line of DevTools, and closes it', async () => {
  const { folder, remove } = writeProject(KITCHEN);
  try {
    const cliPath = join(process.cwd(), 'miniapp', 'host', 'bin', 'weapp-host.mjs');
    const phone = await automator.launch({ cliPath, projectPath: folder, port: PORT });
    expect((await phone.currentPage())?.path).toBe('pages/home/index');
    expect((await phone.systemInfo()).SDKVersion).toMatch(/^3\./);
    await phone.close();
    // The answer to the last command leaves first.
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await expect(automator.connect({ wsEndpoint: `ws://127.0.0.1:${PORT}` })).rejects.toThrow('Failed connecting');
  } finally {
    remove();
  }
}, 60_000);
