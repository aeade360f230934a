import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Environment } from '../config/environment.js';
import { ENVIRONMENT } from '../config/environment.token.js';

interface DataKey {
  /** Eight hex digits that say which key it is and nothing about it. */
  readonly id: string;
  readonly cipher: Buffer;
  readonly lookup: Buffer;
}

function derive(key: Buffer): DataKey {
  const part = (info: string): Buffer => Buffer.from(hkdfSync('sha256', key, '', info, 32));
  return {
    id: createHash('sha256').update(part('mall key id')).digest('hex').slice(0, 8),
    cipher: part('mall seal'),
    lookup: part('mall lookup'),
  };
}

/**
 * Personal data at rest: AES-256-GCM, and a keyed hash where it must be found again. Two keys are derived from each
 * data key, so that the lookup hash says nothing about the cipher. Sealing takes the current key; what older keys have
 * sealed is opened as long as they are named in DATA_KEYS_OLD.
 */
@Injectable()
export class SealedText {
  private readonly current: DataKey;
  /** The current key first. */
  private readonly keys: readonly DataKey[];

  constructor(@Inject(ENVIRONMENT) environment: Pick<Environment, 'dataKey' | 'dataKeysOld'>) {
    this.current = derive(environment.dataKey);
    this.keys = [this.current, ...environment.dataKeysOld.map(derive)];
  }

  /** What a text starts with that the current key has sealed. */
  get currentPrefix(): string {
    return `v2.${this.current.id}.`;
  }

  /** `v2.<key id>.<base64url of nonce, tag and ciphertext>` */
  seal(text: string): string {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.current.cipher, nonce);
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return `${this.currentPrefix}${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')}`;
  }

  /** Throws when the text was tampered with or sealed under a key that is not named. */
  open(sealed: string): string {
    const [version, second = '', third] = sealed.split('.');
    if (version === 'v2' && third !== undefined) {
      const key = this.keys.find(({ id }) => id === second);
      if (key === undefined) throw new Error(`the data key ${second} is not among those that are configured`);
      return unseal(key, third);
    }
    if (version !== 'v1') throw new Error('sealed text has an unknown version');
    // The first version named no key: the tag says which one it was.
    for (const key of this.keys) {
      try {
        return unseal(key, second);
      } catch {}
    }
    throw new Error('sealed text opens with none of the data keys');
  }

  /** Equal texts give equal hashes, 64 hex digits; without the key nobody can try phone numbers against it. */
  lookupHash(text: string): string {
    return hashUnder(this.current, text);
  }

  /** The hash under every key, the current one first: what was stored before a rotation is found too. */
  lookupHashes(text: string): string[] {
    return this.keys.map((key) => hashUnder(key, text));
  }
}

function unseal(key: DataKey, encoded: string): string {
  const bytes = Buffer.from(encoded, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', key.cipher, bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
}

function hashUnder(key: DataKey, text: string): string {
  return createHmac('sha256', key.lookup).update(text).digest('hex');
}
