import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export type Files = Record<string, string>;

/** The smallest mini-program: one page that says what it is given. */
export const SMALL: Files = {
  'app.json': '{"pages":["pages/home/index"]}',
  'app.js': 'App({})',
  'pages/home/index.js': 'Page({ data: { word: "早" } })',
  'pages/home/index.wxml': '<view class="word">{{word}}</view>',
};

export interface WrittenProject {
  folder: string;
  remove(): void;
}

/** Writes a mini-program into a folder of its own; an empty text leaves the file out. */
export function writeProject(files: Files): WrittenProject {
  const folder = mkdtempSync(join(tmpdir(), 'weapp-host-test-'));
  for (const [path, text] of Object.entries({ ...SMALL, ...files })) {
    if (text === '') continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
