/** A path among files as a path of an address; what follows a question mark says nothing about a file. */
const encoded = (path: string): string => path.split('?')[0].split('/').map(encodeURIComponent).join('/');

/** Where the browser finds a picture: among the phone's files, in the mini-program, or out in the world. */
export function pictureAddress(source: string, rewrites: readonly [string, string][]): string {
  if (/^https?:\/\/(tmp|usr)\//.test(source)) return `/kept/${encoded(source.split('/').at(-1) ?? '')}`;
  if (!/^(https?:|data:|blob:)/.test(source)) return `/files/${encoded(source.replace(/^\//, ''))}`;
  const rewrite = rewrites.find(([from]) => source.startsWith(from));
  return rewrite === undefined ? source : rewrite[1] + source.slice(rewrite[0].length);
}
