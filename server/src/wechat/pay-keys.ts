import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { PlatformKeys } from './pay-signature.js';
import { WECHAT_CONFIG, type WechatConfig } from './wechat-config.js';

/** The configured keys, parsed once at start. Throws an Error that names the setting when one is unusable. */
@Injectable()
export class WechatPayKeys {
  readonly merchant: KeyObject;
  readonly platform: PlatformKeys;
  /** The key under which WeChat is asked to answer. */
  readonly platformSerial: string;
  readonly apiV3Key: string;

  constructor(@Inject(WECHAT_CONFIG) config: WechatConfig) {
    const entries = Object.entries(config.platformKeys);
    const [first] = entries;
    if (!first) throw new Error('WechatConfig.platformKeys is empty: no answer could be verified');
    if (Buffer.byteLength(config.apiV3Key) !== 32) throw new Error('WechatConfig.apiV3Key must have 32 bytes');
    this.merchant = readKey('merchantPrivateKeyPem', () => createPrivateKey(config.merchantPrivateKeyPem));
    this.platform = new Map(
      entries.map(([serial, pem]) => [serial, readKey(`platformKeys.${serial}`, () => createPublicKey(pem))]),
    );
    this.platformSerial = first[0];
    this.apiV3Key = config.apiV3Key;
  }
}

/** The cause is left out on purpose: a message about a private key must not quote it. */
function readKey(setting: string, read: () => KeyObject): KeyObject {
  try {
    return read();
  } catch {
    throw new Error(`WechatConfig.${setting} is not a PEM key`);
  }
}
