import Taro from '@tarojs/taro';
import { type PrivacyFault, privacyFaultOf } from './privacy-fault';

export type SaveOutcome = 'saved' | 'denied' | 'failed' | PrivacyFault;

/** Puts a picture into the phone's album. `denied`: she did not allow it and may do so in the settings. */
export async function savePicture(url: string): Promise<SaveOutcome> {
  try {
    const file = await Taro.downloadFile({ url });
    if (file.statusCode !== 200) return 'failed';
    await Taro.saveImageToPhotosAlbum({ filePath: file.tempFilePath });
    return 'saved';
  } catch (failure) {
    // The album has a switch of its own in WeChat's settings, beside the guideline.
    const isDenied = /auth|deny|denied/.test(JSON.stringify(failure));
    return privacyFaultOf(failure) ?? (isDenied ? 'denied' : 'failed');
  }
}

/** What a guide can copy for a chat; in WeChat it is the path of the mini-program. */
export function linkFor(path: string): string {
  return path;
}

/** True where a card can be sent into a chat by a button. */
export const canSendCards = true;
