import { constants, type KeyObject, publicEncrypt } from 'node:crypto';

/** Seals a name or a card number for WeChat: RSA-OAEP with SHA-1, base64. Which key it was goes into Wechatpay-Serial. */
export function sealForWechat(text: string, platformKey: KeyObject): string {
  return publicEncrypt(
    { key: platformKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' },
    Buffer.from(text, 'utf8'),
  ).toString('base64');
}
