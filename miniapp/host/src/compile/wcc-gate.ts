import { execFile } from 'node:child_process';
import { chmodSync, copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { HostFault } from '../host-fault.js';
import type { Project } from '../project/project.js';

const PLATFORMS: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'linux/wcc',
  darwin: 'mac/wcc',
  win32: 'windows/wcc.exe',
};

interface Answer {
  code: number;
  said: string;
}

function run(program: string, args: string[], cwd: string): Promise<Answer> {
  return new Promise((resolve) => {
    execFile(program, args, { cwd, timeout: 60_000, maxBuffer: 256 << 20 }, (error, _output, said) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
      resolve({ code, said: said.trim() || (error?.message ?? '') });
    });
  });
}

function faultOf(said: string): HostFault {
  const line = said.split('\n').find((text) => /\.wxml:/.test(text)) ?? said.split('\n')[0] ?? '';
  const place = /(?:\.\/)?([\w./-]+\.wxml):(\d+):(\d+):?\s*(.*)/.exec(line);
  if (place === null) return new HostFault(`WeChat's template compiler refuses this mini-program: ${said}`);
  const [, file, row, column, words] = place;
  return new HostFault(`WeChat's template compiler says: ${words}`, {
    file,
    line: Number(row),
    column: Number(column),
  });
}

/** WeChat's own compiler over every template: it refuses what others forgive. `packageFolder` is this package's. */
export async function passGate(project: Project, packageFolder: string): Promise<void> {
  const program = PLATFORMS[process.platform];
  if (program === undefined) throw new HostFault(`WeChat's template compiler does not run on ${process.platform}`);
  const from = createRequire(join(packageFolder, 'package.json')).resolve('miniprogram-compiler/package.json');
  // The package comes without the right to be executed, and may be read-only.
  const folder = mkdtempSync(join(tmpdir(), 'weapp-host-wcc-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  // Whoever is told to end does not wait for the compiler.
  process.once('exit', remove);
  try {
    const copy = join(folder, 'wcc.exe');
    copyFileSync(join(dirname(from), 'bin', program), copy);
    chmodSync(copy, 0o755);
    const files = [...project.texts.keys()];
    const sources = [...files.filter((f) => f.endsWith('.wxs')), ...files.filter((f) => f.endsWith('.wxml'))];
    const { code, said } = await run(
      copy,
      ['-d', ...sources.map((file) => `./${file}`), '-o', join(folder, 'out.js')],
      project.root,
    );
    if (code !== 0) throw faultOf(said);
  } finally {
    process.off('exit', remove);
    remove();
  }
}
