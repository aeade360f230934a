import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { VECTORS_FOLDER } from './support/vectors.js';

const server = join(__dirname, '..');

/** Every test of the server but this one. */
function tests(): string {
  return readdirSync(server, { recursive: true, encoding: 'utf8' })
    .filter(
      (name) =>
        name.endsWith('spec.ts') &&
        !/node_modules|dist|vectors\.spec/.test(name.replace('official-vectors', 'official')),
    )
    .map((name) => readFileSync(join(server, name), 'utf8'))
    .join('\n');
}

describe('published vectors', () => {
  it('are each named by a test: a file that nobody reads proves nothing', () => {
    const read = tests();
    const files = readdirSync(VECTORS_FOLDER).filter((name) => !/README|\.source\.json$/.test(name));
    expect(files.length).toBeGreaterThanOrEqual(8);
    expect(files.filter((name) => !read.includes(name))).toEqual([]);
  });
});
