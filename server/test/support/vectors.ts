import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Copies of published test vectors; their origins are in the README beside them. */
export const VECTORS_FOLDER = join(__dirname, '../vectors');

/** The content of one vector file in JSON, typed by the test that knows it. */
export function loadVectors<T>(name: string): T {
  return JSON.parse(readFileSync(join(VECTORS_FOLDER, name), 'utf8')) as T;
}
