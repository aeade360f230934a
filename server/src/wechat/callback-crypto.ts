import { createCipheriv, createDecipheriv, createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * The encryption of callbacks (§10), one scheme for two senders: WeCom's callbacks (received by the corp id) and the
 * mini-program's message push in safe mode (received by the appid). Pure, so both sides of it are held to the vectors.
 */

const CIPHER = 'aes-256-cbc';
const KEY_BYTES = 32;
const IV_BYTES = 16;
const RANDOM_BYTES = 16;
const LENGTH_BYTES = 4;
/** PKCS#7, but over blocks of 32 bytes where AES has 16: Node's own padding refuses it. */
const PADDED_TO = 32;

export interface CallbackKeys {
  readonly token: string;
  /** The EncodingAESKey as decoded by {@link decodeAesKey}. */
  readonly aesKey: Buffer;
  /** Corp id or appid: whom the message is for. */
  readonly receiveId: string;
}

export interface SealedCallback {
  /** `msg_signature`; never `signature`, which does not cover the message. */
  readonly signature: string;
  readonly timestamp: string;
  readonly nonce: string;
  /** Base64. */
  readonly encrypt: string;
}

/** `bad_signature`: not from the sender. `undecryptable`: another AES key. `foreign_receiver`: meant for somebody else. */
export type CallbackFault = 'bad_signature' | 'undecryptable' | 'foreign_receiver';

export type OpenedCallback =
  | { readonly outcome: 'opened'; readonly message: string; readonly random: Buffer }
  | { readonly outcome: 'failed'; readonly reason: CallbackFault };

/** The 32 bytes of an EncodingAESKey; null when it is not 43 characters of base64 without the final `=`. */
export function decodeAesKey(encodingAesKey: string): Buffer | null {
  if (!/^[A-Za-z0-9+/]{43}$/.test(encodingAesKey)) return null;
  const key = Buffer.from(`${encodingAesKey}=`, 'base64');
  return key.length === KEY_BYTES ? key : null;
}

/** SHA-1 in hex over the sorted parts: token, timestamp and nonce, and in safe mode the encrypted message. */
export function callbackSignature(...parts: readonly string[]): string {
  return createHash('sha1')
    .update([...parts].sort().join(''))
    .digest('hex');
}

/** Compares in constant time, so that answers do not tell how much of a forged signature was right. */
export function isCallbackSignature(signature: string, ...parts: readonly string[]): boolean {
  return sameBytes(Buffer.from(signature), Buffer.from(callbackSignature(...parts)));
}

/** The message of a callback, or what is wrong with it. Nothing is decrypted before its signature fits. */
export function openCallback(sealed: SealedCallback, keys: CallbackKeys): OpenedCallback {
  const { signature, timestamp, nonce, encrypt } = sealed;
  if (!isCallbackSignature(signature, keys.token, timestamp, nonce, encrypt)) return failed('bad_signature');
  const plain = unpad(decipher(encrypt, keys.aesKey));
  if (plain === null || plain.length < RANDOM_BYTES + LENGTH_BYTES) return failed('undecryptable');
  const start = RANDOM_BYTES + LENGTH_BYTES;
  const end = start + plain.readUInt32BE(RANDOM_BYTES);
  if (end > plain.length) return failed('undecryptable');
  if (!sameBytes(plain.subarray(end), Buffer.from(keys.receiveId))) return failed('foreign_receiver');
  const message = utf8(plain.subarray(start, end));
  return message === null
    ? failed('undecryptable')
    : { outcome: 'opened', message, random: plain.subarray(0, RANDOM_BYTES) };
}

/** Seals a message or reply. `random` is 16 bytes; only tests give their own. */
export function sealCallback(
  message: string,
  at: { readonly timestamp: string; readonly nonce: string },
  keys: CallbackKeys,
  random: Buffer = randomBytes(RANDOM_BYTES),
): SealedCallback {
  const text = Buffer.from(message, 'utf8');
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(text.length);
  const padded = pad(Buffer.concat([random, length, text, Buffer.from(keys.receiveId)]));
  const cipher = createCipheriv(CIPHER, keys.aesKey, keys.aesKey.subarray(0, IV_BYTES)).setAutoPadding(false);
  const encrypt = Buffer.concat([cipher.update(padded), cipher.final()]).toString('base64');
  return { ...at, encrypt, signature: callbackSignature(keys.token, at.timestamp, at.nonce, encrypt) };
}

function decipher(encrypt: string, aesKey: Buffer): Buffer | null {
  const bytes = Buffer.from(encrypt, 'base64');
  if (bytes.length === 0 || bytes.length % PADDED_TO !== 0) return null;
  const cipher = createDecipheriv(CIPHER, aesKey, aesKey.subarray(0, IV_BYTES)).setAutoPadding(false);
  return Buffer.concat([cipher.update(bytes), cipher.final()]);
}

function pad(bytes: Buffer): Buffer {
  const count = PADDED_TO - (bytes.length % PADDED_TO);
  return Buffer.concat([bytes, Buffer.alloc(count, count)]);
}

function unpad(bytes: Buffer | null): Buffer | null {
  const count = bytes?.at(-1) ?? 0;
  if (bytes === null || count < 1 || count > PADDED_TO) return null;
  const padding = bytes.subarray(-count);
  return padding.every((byte) => byte === count) ? bytes.subarray(0, -count) : null;
}

function utf8(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function sameBytes(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}

function failed(reason: CallbackFault): OpenedCallback {
  return { outcome: 'failed', reason };
}
