import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, freePort, RunningHost } from './host-for-tests.js';
import { writeProject } from './project-for-tests.js';

const ROOT = process.cwd();

it('a packed package runs by itself, and leaves nothing in its own folder or in tmp', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'weapp-host-pack-'));
  const TMPDIR = mkdtempSync(join(tmpdir(), 'weapp-host-tmp-'));
  const { folder: project, remove } = writeProject({});
  try {
    const pack = ['pack', '--silent', '--pack-destination', folder];
    execFileSync('npm', pack, { cwd: join(ROOT, 'miniapp', 'host') });
    const [archive] = readdirSync(folder);
    execFileSync('tar', ['xzf', archive], { cwd: folder });
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    const own = join(folder, 'package');
    const files = () => readdirSync(own, { recursive: true }).sort();
    const before = files();
    expect(before.filter((path) => String(path).includes('.spec.'))).toEqual([]);
    execFileSync('chmod', ['-R', 'a-w', own]);
    const port = await freePort();
    const bin = join(own, 'bin', 'weapp-host.mjs');
    const host = new RunningHost(['auto', '--project', project, '--auto-port', String(port)], { TMPDIR }, bin);
    await host.ready();
    const phone = await connect(port);
    expect((await phone.currentPage())?.path).toBe('pages/home/index');
    phone.disconnect();
    host.stop();
    expect(await host.ended).toMatchObject({ code: 0 });
    expect([files(), readdirSync(TMPDIR)]).toEqual([before, []]);
  } finally {
    execFileSync('chmod', ['-R', 'u+w', folder]);
    for (const made of [folder, TMPDIR]) rmSync(made, { recursive: true, force: true });
    remove();
  }
}, 60_000);
