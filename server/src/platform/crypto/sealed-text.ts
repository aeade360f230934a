import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Environment } from '../config/environment.js';
import { ENVIRONMENT } from '../config/environment.token.js';

/**
 * Personal data at rest: AES-256-GCM, and a keyed hash where it must be found again. Two keys are derived from
 * DATA_KEY, so that the lookup hash says nothing about the cipher.
 */
@Injectable()
export class SealedText {
  private readonly cipherKey: Buffer;
  private readonly lookupKey: Buffer;

  constructor(@Inject(ENVIRONMENT) environment: Environment) {
    this.cipherKey = Buffer.from(hkdfSync('sha256', environment.dataKey, '', 'mall seal', 32));
    this.lookupKey = Buffer.from(hkdfSync('sha256', environment.dataKey, '', 'mall lookup', 32));
  }

  /** `v1.<base64url of nonce, tag and ciphertext>`: the version leaves room for key rotation. */
  seal(text: string): string {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.cipherKey, nonce);
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return `v1.${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')}`;
  }

  /** Throws when the text was tampered with or sealed under another key. */
  open(sealed: string): string {
    if (!sealed.startsWith('v1.')) throw new Error('sealed text has an unknown version');
    const bytes = Buffer.from(sealed.slice(3), 'base64url');
    const decipher = createDecipheriv('aes-256-gcm', this.cipherKey, bytes.subarray(0, 12));
    decipher.setAuthTag(bytes.subarray(12, 28));
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
  }

  /** Equal texts give equal hashes, 64 hex digits; without the key nobody can try phone numbers against it. */
  lookupHash(text: string): string {
    return createHmac('sha256', this.lookupKey).update(text).digest('hex');
  }
}
