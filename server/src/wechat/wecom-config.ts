import type { EnvironmentReader } from '../platform/config/environment.js';
import { decodeAesKey } from './callback-crypto.js';

/** Injection token of {@link WecomConfig} or null: null is a shop without WeCom (§10). */
export const WECOM_CONFIG = Symbol('WECOM_CONFIG');

const API_URL = 'https://qyapi.weixin.qq.com';
/** A callback is to be answered within 5 s, and a welcome code lives 20 s. */
const TIMEOUT_MS = 3_000;
const NAMES = ['WECOM_CORP_ID', 'WECOM_SECRET', 'WECOM_CALLBACK_TOKEN', 'WECOM_CALLBACK_AES_KEY'] as const;

export interface WecomConfig {
  readonly corpId: string;
  /** Of the application that may use customer contact. */
  readonly secret: string;
  readonly callbackToken: string;
  /** The EncodingAESKey, decoded. */
  readonly callbackAesKey: Buffer;
  /** `https://qyapi.weixin.qq.com`, without trailing slash. */
  readonly apiBaseUrl: string;
  readonly timeoutMs: number;
}

/** Reads what this shop has agreed with WeCom; null while no variable of it is set. Half a setting is a fault. */
export function readWecomConfig(reader: EnvironmentReader, production: boolean): WecomConfig | null {
  const values = NAMES.map((name) => reader.optional(name) ?? '');
  if (values.every((value) => value === '')) return null;
  const missing = NAMES.filter((_, at) => values[at] === '');
  for (const name of missing) reader.fault(`${name} is missing: WeCom needs ${NAMES.join(', ')}, or none of them`);
  const [corpId = '', secret = '', callbackToken = '', encodingAesKey = ''] = values;
  const callbackAesKey = decodeAesKey(encodingAesKey);
  if (encodingAesKey !== '' && callbackAesKey === null) {
    reader.fault('WECOM_CALLBACK_AES_KEY must be the EncodingAESKey: 43 letters and digits');
  }
  const apiBaseUrl = reader.url('WECOM_API_URL', API_URL);
  if (production && !/^https:\/\/[\w.-]+\.qq\.com$/.test(apiBaseUrl)) {
    reader.fault(`WECOM_API_URL must be a host of qq.com in production, not "${apiBaseUrl}"`);
  }
  return {
    corpId,
    secret,
    callbackToken,
    callbackAesKey: callbackAesKey ?? Buffer.alloc(0),
    apiBaseUrl,
    timeoutMs: TIMEOUT_MS,
  };
}
