import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

const BLOCK = 32;

/** What a sender of encrypted callbacks and its receiver agree on. */
export interface CallbackKeys {
  readonly token: string;
  /** EncodingAESKey: 43 characters. */
  readonly aesKey: string;
  /** The appid, or the company's id. */
  readonly receiveId: string;
}

/** sha1 over the sorted parts. */
export function signCallback(...parts: readonly string[]): string {
  return createHash('sha1')
    .update([...parts].sort().join(''))
    .digest('hex');
}

function keyOf({ aesKey }: CallbackKeys): Buffer {
  return Buffer.from(`${aesKey}=`, 'base64');
}

/** AES-256-CBC over random(16), length, text and receiver; the key's first 16 bytes are the IV. Base64. */
export function encryptCallback(text: string, keys: CallbackKeys, random = randomBytes(16)): string {
  const body = Buffer.from(text);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  const plain = Buffer.concat([random, length, body, Buffer.from(keys.receiveId)]);
  const padding = BLOCK - (plain.length % BLOCK);
  const key = keyOf(keys);
  // Padded to 32 bytes, which the cipher's own padding to 16 would not do.
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(plain), cipher.update(Buffer.alloc(padding, padding)), cipher.final()]).toString(
    'base64',
  );
}

/** The text, or null when the cipher text was not made with these keys. */
export function decryptCallback(encrypted: string, keys: CallbackKeys): string | null {
  const key = keyOf(keys);
  try {
    const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
    const padded = Buffer.concat([decipher.update(encrypted, 'base64'), decipher.final()]);
    const plain = padded.subarray(0, padded.length - (padded.at(-1) ?? 0));
    const end = 20 + plain.readUInt32BE(16);
    return plain.subarray(end).toString() === keys.receiveId ? plain.subarray(20, end).toString() : null;
  } catch {
    return null;
  }
}
