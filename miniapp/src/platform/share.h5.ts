/** A browser has no album: the picture is downloaded. */
export async function savePicture(url: string): Promise<'saved' | 'denied' | 'failed'> {
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = 'mini-program-code.png';
  anchor.click();
  return 'saved';
}

/** The whole address of this shop in a browser, for a path such as `/packages/shop/product/index?id=1&s=CODE`. */
export function linkFor(path: string): string {
  return `${window.location.origin}${window.location.pathname}#${path}`;
}

export const canSendCards = false;
