import Taro from '@tarojs/taro';
import { withPrivacy } from './privacy.h5';
import { privacyFaultOf } from './privacy-fault';
import { NetworkFailure, parse } from './request';
import type { PictureAnswer, SaveOutcome } from './share';

/** The mall serves this page and its pictures: they are asked for where the page itself came from. */
export async function fetchPicture(url: string): Promise<PictureAnswer> {
  const { pathname, search } = new URL(url, window.location.href);
  try {
    const answer = await fetch(`${pathname}${search}`);
    if (!answer.ok) return { status: answer.status, body: parse(await answer.text()) };
    return { file: await dataUrl(await answer.blob()) };
  } catch {
    throw new NetworkFailure('no answer');
  }
}

/** Kept by whoever shows it and gone with that, unlike the address of an object. */
function dataUrl(picture: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(picture);
  });
}

/** A browser has no album: the picture is downloaded. */
export async function savePicture(file: string, name: string): Promise<SaveOutcome> {
  try {
    await withPrivacy('saveImageToPhotosAlbum', async () => download(file, name));
    return 'saved';
  } catch (failure) {
    return privacyFaultOf(failure) ?? 'failed';
  }
}

function download(file: string, name: string): void {
  const anchor = document.createElement('a');
  anchor.href = file;
  anchor.download = name;
  anchor.click();
}

/** A browser asks nobody before it downloads. */
export async function allowAlbum(): Promise<boolean> {
  return true;
}

export function showWhole(file: string): void {
  void Taro.previewImage({ urls: [file], current: file });
}

export const canSendCards = false;

/** The whole address of this shop in a browser, for a path such as `/packages/shop/product/index?id=1&s=CODE`. */
export function browserLink(path: string): string | null {
  return `${window.location.origin}${window.location.pathname}#${path}`;
}
