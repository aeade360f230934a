import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { lastLines, run } from './commands.mjs';
import { inRoot } from './paths.mjs';
import { PlainFailure, step } from './progress.mjs';

const stampFile = () => inRoot('node_modules', '.mall-machine');

/** Native modules are compiled for one Node and one machine: another Node needs another installation. */
const machine = `${process.platform}-${process.arch}-${process.versions.modules}`;

/**
 * @param {Record<string, {version?: string, link?: boolean, optional?: boolean}>} wanted packages of package-lock.json
 * @param {Record<string, {version?: string}>} installed packages of node_modules/.package-lock.json
 * @returns {boolean} whether every wanted package is there in the wanted version (optional ones may be left out)
 */
export function sameVersions(wanted, installed) {
  return Object.entries(wanted).every(([path, entry]) => {
    if (!path.includes('node_modules/') || entry.link) return true;
    const found = installed[path];
    return found ? found.version === entry.version : entry.optional === true;
  });
}

/**
 * npm's own record says what is installed, whoever installed it: `npm install` by hand must not lead to a second,
 * whole installation.
 *
 * @returns {boolean} whether node_modules is what package-lock.json asks for, made for this machine
 */
export function dependenciesAreCurrent() {
  const hidden = inRoot('node_modules', '.package-lock.json');
  if (!existsSync(hidden)) return false;
  const read = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;
  if (!sameVersions(read(inRoot('package-lock.json')), read(hidden))) return false;
  if (existsSync(stampFile())) return readFileSync(stampFile(), 'utf8') === machine;
  writeFileSync(stampFile(), machine);
  return true;
}

/** @param {string} output what npm printed @returns {string} one sentence that says what to do */
export function explainInstallFailure(output) {
  if (/gyp ERR|node-gyp|not found: make|Could not find any Python/i.test(output)) {
    return 'better-sqlite3 could not be compiled: install Python 3, make and a C++ compiler (Debian: apt-get install -y python3 make g++; macOS: xcode-select --install) and run the command again.';
  }
  if (/EUSAGE|in sync/.test(output)) {
    return 'package-lock.json does not match the package.json files: run npm install, commit the lock file and try again.';
  }
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ERR_SOCKET_TIMEOUT/.test(output)) {
    return 'npm cannot reach its registry: check the network (or the proxy in ~/.npmrc) and run the command again.';
  }
  if (/ENOSPC/.test(output)) return 'There is no space left on this disk: the packages need about 1 GB.';
  return `npm ci failed; its last lines were:\n${lastLines(output, 12)}`;
}

const npmCommand = () => (process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm']);

/**
 * Installs exactly what the lock file names when it is not there yet.
 *
 * @param {{beforeRetry?: (output: string) => Promise<boolean>}} [options] called after a failure; true means try once more
 * @throws {PlainFailure} one sentence that says what is missing
 */
export async function ensureDependencies(options = {}) {
  if (dependenciesAreCurrent()) return;
  const [command, ...first] = npmCommand();
  // Development tools are what builds the mall, so NODE_ENV=production must not leave them out.
  const install = () => run(command, [...first, 'ci', '--include=dev', '--no-audit', '--no-fund']);
  const title = 'Installing packages (two to three minutes the first time)';
  let result = await step(title, install);
  if (result.code !== 0 && (await options.beforeRetry?.(result.output))) result = await step(title, install);
  if (result.code === 127) throw new PlainFailure('npm was not found: install it together with Node 20.19 or newer.');
  if (result.code !== 0) throw new PlainFailure(explainInstallFailure(result.output));
  mkdirSync(inRoot('node_modules'), { recursive: true });
  writeFileSync(stampFile(), machine);
}
