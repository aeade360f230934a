import { createDecipheriv } from 'node:crypto';

const TAG_BYTES = 16;
const NONCE_BYTES = 12;
/** Production keys have 32 bytes, which {@link WechatPayKeys} insists on; WeChat's own test vectors use 16. */
const ALGORITHMS = { 16: 'aes-128-gcm', 32: 'aes-256-gcm' } as const;

export interface SealedResource {
  /** Base64 of ciphertext and 16-byte tag. */
  readonly ciphertext: string;
  readonly nonce: string;
  readonly associatedData: string;
}

/** The plaintext of a notice's resource; null when key, nonce, data or tag do not fit together. */
export function openResource(resource: SealedResource, apiV3Key: string): string | null {
  const key = Buffer.from(apiV3Key, 'utf8');
  const nonce = Buffer.from(resource.nonce, 'utf8');
  const sealed = Buffer.from(resource.ciphertext, 'base64');
  if (key.length !== 16 && key.length !== 32) return null;
  if (nonce.length !== NONCE_BYTES || sealed.length < TAG_BYTES) return null;
  try {
    const decipher = createDecipheriv(ALGORITHMS[key.length], key, nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(resource.associatedData, 'utf8')).setAuthTag(sealed.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}
