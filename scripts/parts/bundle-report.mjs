import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** WeChat refuses a package over 2 MiB; our own limits are what opens quickly on a cheap phone. */
export const mainPackageLimit = 350 * 1024;
export const packageLimit = 200 * 1024;

/** WeChat leaves these out of the package that a phone loads. */
const notShipped = /(\.LICENSE\.txt|\.map)$|^project\.(private\.)?config\.json$/;

/** React's class components are marked once in each copy of React, minified or not. */
const reactMark = /\.isReactComponent\s*=\s*\{\}/g;

/** @param {string} folder @returns {{path: string, bytes: number}[]} files below it, paths with forward slashes */
function filesOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .map((full) => ({ path: relative(folder, full).split(sep).join('/'), bytes: statSync(full).size }));
}

/**
 * @param {string} folder a build, weapp or H5
 * @returns {number} how many copies of React are in it
 */
export function reactCopies(folder) {
  const scripts = filesOf(folder).filter(({ path }) => path.endsWith('.js'));
  return scripts.reduce(
    (sum, { path }) => sum + (readFileSync(join(folder, path), 'utf8').match(reactMark)?.length ?? 0),
    0,
  );
}

/**
 * The packages that a phone loads: the main one at launch, the others when one of their pages opens.
 *
 * @param {string} folder the weapp build
 * @returns {{name: string, bytes: number, limit: number}[]} the main package first
 */
export function packagesOf(folder) {
  const app = JSON.parse(readFileSync(join(folder, 'app.json'), 'utf8'));
  const roots = (app.subPackages ?? app.subpackages ?? []).map(({ root }) => root.replace(/\/*$/, '/'));
  const sizes = new Map([['main package', 0], ...roots.map((root) => [root, 0])]);
  for (const { path, bytes } of filesOf(folder)) {
    if (notShipped.test(path)) continue;
    const name = roots.find((root) => path.startsWith(root)) ?? 'main package';
    sizes.set(name, sizes.get(name) + bytes);
  }
  return [...sizes].map(([name, bytes]) => ({
    name,
    bytes,
    limit: name === 'main package' ? mainPackageLimit : packageLimit,
  }));
}

/** @param {string} folder the H5 build @returns {number} bytes of all scripts and styles */
export function h5Bytes(folder) {
  const loaded = filesOf(folder).filter(({ path }) => /\.(js|css|html)$/.test(path));
  return loaded.reduce((sum, { bytes }) => sum + bytes, 0);
}
