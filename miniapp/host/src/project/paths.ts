/** A path as WeChat resolves it: from the root when it begins with a slash, else beside the file that names it. */
export function resolvePath(from: string, path: string): string {
  const parts = path.startsWith('/') ? [] : from.split('/').slice(0, -1);
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

/**
 * Where a path leads that names a component or a script: beside the file that names it, else in the nearest folder
 * `miniprogram_npm` above, where DevTools build packages. What exists nowhere is taken as beside the file.
 */
export function resolveFile(from: string, path: string, exists: (file: string) => boolean): string {
  const withIndex = (file: string) => [file, `${file}/index`].find(exists);
  const beside = resolvePath(from, path);
  const found = withIndex(beside);
  if (found !== undefined || /^[./]/.test(path)) return found ?? beside;
  const folders = from.split('/').slice(0, -1);
  for (let depth = folders.length; depth >= 0; depth -= 1) {
    const packaged = withIndex([...folders.slice(0, depth), 'miniprogram_npm', path].join('/'));
    if (packaged !== undefined) return packaged;
  }
  return beside;
}

export interface Address {
  path: string;
  /** As a page's `onLoad` gets it: as it was written, so a page decodes what somebody encoded. */
  query: Record<string, string>;
}

/** What a name without `=` comes to when the mini-program itself goes there; from outside it comes as nothing. */
export const NAMELESS = 'undefined';

/**
 * Takes an address of a page apart as WeChat does, which is not as browsers do: values are not decoded and end at a
 * second `=`, parameters end at a second `?`, the last of several wins.
 *
 * @param from the page that names it, or ''
 * @param bare the value of a name without `=`
 */
export function parseAddress(from: string, url: string, bare = ''): Address {
  const [before, after = ''] = url.split('?');
  const query: Record<string, string> = {};
  for (const pair of after.split('&')) {
    if (pair === '') continue;
    const [name, value = bare] = pair.split('=');
    query[name] = value;
  }
  return { path: resolvePath(from, before.replace(/\.html$/, '')), query };
}

/** The same address written again. */
export function addressText({ path, query }: Address): string {
  const pairs = Object.entries(query).map(([name, value]) => `${name}=${value}`);
  return `/${path}${pairs.length > 0 ? `?${pairs.join('&')}` : ''}`;
}
