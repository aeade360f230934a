import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lastLines, run } from './commands.mjs';
import { inRoot } from './paths.mjs';
import { PlainFailure, step } from './progress.mjs';

const bin = (name) => inRoot('node_modules', '.bin', name);
const taro = (type) => () =>
  run(bin('taro'), ['build', '--type', type], {
    cwd: inRoot('miniapp'),
    env: { NODE_ENV: 'production', NO_COLOR: '1', FORCE_COLOR: '0' },
  });
const miniapp = ['miniapp', 'shared/src'];

/**
 * What is built, from what, and the file that proves that it was. Tests are no sources: changing one rebuilds nothing.
 *
 * @type {Record<string, {title: string, sources: string[], clean: string[], proof: string, build: () => Promise<{code: number, output: string}>}>}
 */
const parts = {
  shared: {
    title: 'Building shared/',
    sources: ['shared/src', 'shared/.swcrc', 'shared/package.json'],
    clean: ['shared/dist'],
    proof: 'shared/dist/money.js',
    build: () => run(bin('swc'), ['src', '-d', 'dist', '--strip-leading-paths'], { cwd: inRoot('shared') }),
  },
  server: {
    title: 'Building the server and the WeChat emulator',
    sources: ['server/src', 'server/wechat-emulator', 'server/tools', 'server/.swcrc', 'server/package.json'],
    // A migration or handler whose source is gone must not live on in dist/.
    clean: ['server/dist/src', 'server/dist/wechat-emulator', 'server/dist/tools'],
    proof: 'server/dist/src/main.js',
    build: () => run(bin('swc'), ['src', 'wechat-emulator', 'tools', '-d', 'dist'], { cwd: inRoot('server') }),
  },
  h5: {
    title: 'Building the mall for the browser (H5)',
    sources: miniapp,
    clean: ['miniapp/dist/h5'],
    proof: 'miniapp/dist/h5/index.html',
    build: taro('h5'),
  },
  weapp: {
    title: 'Building the mini-program (weapp)',
    sources: miniapp,
    clean: ['miniapp/dist/weapp'],
    proof: 'miniapp/dist/weapp/app.json',
    build: taro('weapp'),
  },
};

export const partNames = Object.keys(parts);

const notASource = /^(node_modules|dist|coverage|test|e2e|host|\.swc|\..*cache)$|\.(e2e-|browser-)?spec\.tsx?$/;

function* filesBelow(path) {
  const full = inRoot(path);
  if (!existsSync(full)) return;
  let entries;
  try {
    entries = readdirSync(full, { withFileTypes: true });
  } catch {
    yield path;
    return;
  }
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (notASource.test(entry.name)) continue;
    if (entry.isDirectory()) yield* filesBelow(join(path, entry.name));
    else yield join(path, entry.name);
  }
}

/** @param {string[]} sources files and folders below the root @returns {string} a hash of their names and contents */
function contentHash(sources) {
  // The address of the API is compiled into the mini-program.
  const hash = createHash('sha256')
    .update(process.env.MALL_API_BASE ?? '')
    .update('\0');
  // The compiler is a source too: a new version of it may write something else.
  for (const path of ['package-lock.json', ...sources.flatMap((source) => [...filesBelow(source)])]) {
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(inRoot(path)))
      .update('\0');
  }
  return hash.digest('hex');
}

const stampFile = (name) => inRoot('var', 'build', `${name}.sha256`);

function isCurrent(name, hash) {
  const stamp = stampFile(name);
  return existsSync(inRoot(parts[name].proof)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash;
}

/**
 * Builds the named parts whose sources changed since they were built last.
 *
 * @param {string[]} names of `partNames`
 * @param {{force?: boolean, quiet?: boolean}} [options] `force` builds even what is current, `quiet` prints no line of its own
 * @returns {Promise<string[]>} the names that were built
 * @throws {PlainFailure} with the compiler's last lines
 */
export async function buildStale(names, options = {}) {
  const built = [];
  for (const name of names) {
    const part = parts[name];
    if (!part) throw new PlainFailure(`There is no part "${name}" to build: choose from ${partNames.join(', ')}.`);
    const hash = contentHash(part.sources);
    if (!options.force && isCurrent(name, hash)) continue;
    rmSync(stampFile(name), { force: true });
    for (const folder of part.clean) rmSync(inRoot(folder), { recursive: true, force: true });
    const build = async () => {
      const { code, output } = await part.build();
      const reason = code === 0 ? `it wrote no ${part.proof}` : `exit code ${code}`;
      if (code !== 0 || !existsSync(inRoot(part.proof))) {
        throw new PlainFailure(`${part.title} failed, ${reason}:\n${lastLines(output, 30)}`);
      }
    };
    await (options.quiet ? build() : step(part.title, build));
    mkdirSync(inRoot('var', 'build'), { recursive: true });
    writeFileSync(stampFile(name), hash);
    built.push(name);
  }
  return built;
}
