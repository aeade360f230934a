import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { PlatformKeys } from './pay-signature.js';
import { WECHAT_CONFIG, type WechatConfig } from './wechat-config.js';

/** A certificate of WeChat Pay that was fetched: its serial and its key. */
export interface FetchedKey {
  readonly serial: string;
  readonly key: KeyObject;
}

/**
 * The keys of both sides. The merchant's and the configured ones of WeChat (pins) are parsed once at start; certificates
 * that are fetched later stand beside the pins. Throws an Error that names the setting when one is unusable.
 */
@Injectable()
export class WechatPayKeys {
  readonly merchant: KeyObject;
  readonly apiV3Key: string;
  private readonly pins: readonly FetchedKey[];
  private fetched: readonly FetchedKey[] = [];
  private known: PlatformKeys;

  constructor(@Inject(WECHAT_CONFIG) config: WechatConfig) {
    const entries = Object.entries(config.platformKeys);
    if (entries.length === 0 && !config.fetchCertificates) {
      throw new Error('WechatConfig.platformKeys is empty: no answer could be verified');
    }
    if (Buffer.byteLength(config.apiV3Key) !== 32) throw new Error('WechatConfig.apiV3Key must have 32 bytes');
    this.merchant = readKey('merchantPrivateKeyPem', () => createPrivateKey(config.merchantPrivateKeyPem));
    this.pins = entries.map(([serial, pem]) => ({
      serial,
      key: readKey(`platformKeys.${serial}`, () => createPublicKey(pem)),
    }));
    this.known = keyMap(this.pins);
    this.apiV3Key = config.apiV3Key;
  }

  /** By serial: pins and fetched certificates. */
  get platform(): PlatformKeys {
    return this.known;
  }

  /** The key under which WeChat is asked to answer: the first pin, else the newest certificate; '' before there is one. */
  get platformSerial(): string {
    return this.pins[0]?.serial ?? this.fetched[0]?.serial ?? '';
  }

  /** Takes the place of what was fetched before. A pin is never replaced by what came over the wire. */
  learn(newestFirst: readonly FetchedKey[]): void {
    this.fetched = newestFirst;
    this.known = keyMap([...newestFirst, ...this.pins]);
  }
}

function keyMap(keys: readonly FetchedKey[]): PlatformKeys {
  return new Map(keys.map(({ serial, key }) => [serial, key]));
}

/** The cause is left out on purpose: a message about a private key must not quote it. */
function readKey(setting: string, read: () => KeyObject): KeyObject {
  try {
    return read();
  } catch {
    throw new Error(`WechatConfig.${setting} is not a PEM key`);
  }
}
