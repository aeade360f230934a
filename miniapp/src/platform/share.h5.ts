import { withPrivacy } from './privacy.h5';
import { privacyFaultOf } from './privacy-fault';
import type { SaveOutcome } from './share';

/** A browser has no album: the picture is downloaded. */
export async function savePicture(url: string): Promise<SaveOutcome> {
  try {
    await withPrivacy('saveImageToPhotosAlbum', async () => download(url));
    return 'saved';
  } catch (failure) {
    return privacyFaultOf(failure) ?? 'failed';
  }
}

function download(url: string): void {
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = 'mini-program-code.png';
  anchor.click();
}

/** The whole address of this shop in a browser, for a path such as `/packages/shop/product/index?id=1&s=CODE`. */
export function linkFor(path: string): string {
  return `${window.location.origin}${window.location.pathname}#${path}`;
}

export const canSendCards = false;
