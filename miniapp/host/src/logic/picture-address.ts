/** Where the browser finds a picture: among the phone's files, in the mini-program, or out in the world. */
export function pictureAddress(source: string, rewrites: readonly [string, string][]): string {
  if (/^https?:\/\/(tmp|usr)\//.test(source)) return `/kept/${source.split('/').at(-1)}`;
  if (!/^(https?:|data:|blob:)/.test(source)) return `/files/${source.replace(/^\//, '')}`;
  const rewrite = rewrites.find(([from]) => source.startsWith(from));
  return rewrite === undefined ? source : rewrite[1] + source.slice(rewrite[0].length);
}
