import Taro from '@tarojs/taro';
import { withPrivacy } from './privacy';
import { type PrivacyFault, privacyFaultOf } from './privacy-fault';
import { NetworkFailure, parse } from './request';

/** `denied`: she did not allow the album and may do so in the settings. `cancelled`: she closed WeChat's question. */
export type SaveOutcome = 'saved' | 'denied' | 'cancelled' | 'failed' | PrivacyFault;

/** A picture on this device, or what the server said instead. */
export type PictureAnswer = { file: string } | { status: number; body: unknown };

/** Brings a picture to this device. Throws NetworkFailure when nobody answered. */
export async function fetchPicture(url: string): Promise<PictureAnswer> {
  const answer = await Taro.downloadFile({ url }).catch(() => {
    throw new NetworkFailure('no answer');
  });
  if (answer.statusCode === 200) return { file: answer.tempFilePath };
  return { status: answer.statusCode, body: refusalIn(answer.tempFilePath) };
}

/** A refusal is downloaded like a picture. */
function refusalIn(file: string): unknown {
  try {
    return parse(Taro.getFileSystemManager().readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

/** Puts a fetched picture into the phone's album; the name is for browsers. Never throws. */
export async function savePicture(file: string, _name: string): Promise<SaveOutcome> {
  try {
    await withPrivacy('saveImageToPhotosAlbum', () => Taro.saveImageToPhotosAlbum({ filePath: file }));
    return 'saved';
  } catch (failure) {
    const privacy = privacyFaultOf(failure);
    if (privacy !== null) return privacy;
    const { errMsg = '' } = (failure ?? {}) as { errMsg?: string };
    // The album has a switch of its own in WeChat's settings, beside the guideline.
    if (/auth|deny|denied/.test(errMsg)) return 'denied';
    return /cancel/.test(errMsg) ? 'cancelled' : 'failed';
  }
}

/** Opens WeChat's settings of this shop; whether the album is allowed when she comes back. */
export async function allowAlbum(): Promise<boolean> {
  try {
    const { authSetting } = await Taro.openSetting();
    return authSetting['scope.writePhotosAlbum'] === true;
  } catch {
    return false;
  }
}

/** Shows a fetched picture on the whole screen. */
export function showWhole(file: string): void {
  void Taro.previewImage({ urls: [file], current: file });
}

/** True where a card can be sent into a chat by a button. */
export const canSendCards = true;

/** The address of a page for a browser; a phone has none. */
export function browserLink(_path: string): string | null {
  return null;
}
