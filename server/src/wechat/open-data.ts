import { createDecipheriv, createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { isJsonObject, type JsonObject, parseJsonObject } from './json-object.js';

/** User data that the phone passes on from WeChat, sealed or signed with the session key of the login (§1). */

const KEY_BYTES = 16;

export type OpenedData =
  | { readonly outcome: 'opened'; readonly data: JsonObject }
  /** `undecryptable`: session key, iv and text do not fit together. `foreign_appid`: another mini-program's data. */
  | { readonly outcome: 'failed'; readonly reason: 'undecryptable' | 'foreign_appid' };

/** Opens `encryptedData`; the watermark tells whose mini-program it was made for. */
export function openUserData(
  sealed: { readonly encryptedData: string; readonly iv: string },
  sessionKey: string,
  appId: string,
): OpenedData {
  const data = parseJsonObject(decrypt(sealed.encryptedData, sealed.iv, sessionKey) ?? '');
  if (data === null) return { outcome: 'failed', reason: 'undecryptable' };
  const watermark = data.watermark;
  if (!isJsonObject(watermark) || watermark.appid !== appId) return { outcome: 'failed', reason: 'foreign_appid' };
  return { outcome: 'opened', data };
}

/** Whether WeChat signed `rawData` for this session. */
export function isRawDataSignature(signature: string, rawData: string, sessionKey: string): boolean {
  const expected = Buffer.from(createHash('sha1').update(`${rawData}${sessionKey}`).digest('hex'));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** What `checksession` asks for: the empty message under the session key, as the text that WeChat gave. */
export function sessionSignature(sessionKey: string): string {
  return createHmac('sha256', sessionKey).update('').digest('hex');
}

function decrypt(encryptedData: string, ivText: string, sessionKey: string): string | null {
  const key = Buffer.from(sessionKey, 'base64');
  const iv = Buffer.from(ivText, 'base64');
  if (key.length !== KEY_BYTES || iv.length !== KEY_BYTES) return null;
  try {
    const decipher = createDecipheriv('aes-128-cbc', key, iv);
    return Buffer.concat([decipher.update(encryptedData, 'base64'), decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}
