import Taro from '@tarojs/taro';
import { withPrivacy } from './privacy';
import { type PrivacyFault, privacyFaultOf } from './privacy-fault';

/** Puts the text into the clipboard, which WeChat counts as private. Never throws. */
export async function copyText(text: string): Promise<'copied' | 'failed' | PrivacyFault> {
  try {
    await withPrivacy('setClipboardData', () => Taro.setClipboardData({ data: text }));
    return 'copied';
  } catch (failure) {
    return privacyFaultOf(failure) ?? 'failed';
  }
}
