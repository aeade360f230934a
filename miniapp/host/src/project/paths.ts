/** A path as WeChat resolves it: from the root when it begins with a slash, else beside the file that names it. */
export function resolvePath(from: string, path: string): string {
  const parts = path.startsWith('/') ? [] : from.split('/').slice(0, -1);
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A percent sign that begins no escape stands for itself.
    return text;
  }
}

export interface Address {
  path: string;
  /** As a page's `onLoad` gets it: decoded once, the last of several wins, a name without `=` is empty. */
  query: Record<string, string>;
}

/** Takes an address of a page apart. `from` is the page that names it, or ''. */
export function parseAddress(from: string, url: string): Address {
  const [before, ...after] = url.split('?');
  const query: Record<string, string> = {};
  for (const pair of after.join('?').split('&')) {
    if (pair === '') continue;
    const at = pair.indexOf('=');
    query[decoded(at < 0 ? pair : pair.slice(0, at))] = at < 0 ? '' : decoded(pair.slice(at + 1));
  }
  return { path: resolvePath(from, before.replace(/\.html$/, '')), query };
}
