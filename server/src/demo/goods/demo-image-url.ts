/** Part of the file names, which browsers keep for a month: raise it when the pictures change. */
const VERSION = 1;

/** Address of a product's pictures below the server: 4:5 for its page, 1:1 for lists. */
export function demoImageUrl(handle: string, kind: 'hero' | 'card'): string {
  return `/media/demo/${handle}-${kind}-v${VERSION}.webp`;
}
