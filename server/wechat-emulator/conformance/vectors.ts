import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The published test vectors, which lie in the repository. The program is run from its root. */
const folder = process.env.WECHAT_VECTORS_DIR ?? resolve('server/test/vectors');

export function vectorText(name: string): string {
  return readFileSync(join(folder, name), 'utf8');
}

export function vectors<T>(name: string): T {
  return JSON.parse(vectorText(name)) as T;
}
