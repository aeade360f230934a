import { createPrivateKey, createPublicKey } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import type { EnvironmentReader } from '../platform/config/environment.js';
import { decodeAesKey } from './callback-crypto.js';
import { demoTemplates, type MessageTemplates, readTemplates } from './message-templates.js';
import type { TransferAgreement, WechatConfig } from './wechat-config.js';

const API_URL = 'https://api.weixin.qq.com';
const PAY_URL = 'https://api.mch.weixin.qq.com';
const PAY_BACKUP_URL = 'https://api2.mch.weixin.qq.com';

type Agreed = Pick<
  WechatConfig,
  'appId' | 'appSecret' | 'mchId' | 'merchantPrivateKeyPem' | 'merchantSerial' | 'apiV3Key' | 'platformKeys'
>;

function fileOf(reader: EnvironmentReader, name: string): string {
  const path = reader.text(name);
  if (path === '') return '';
  if (!existsSync(path)) {
    reader.fault(`${name}: there is no file "${path}"`);
    return '';
  }
  return readFileSync(path, 'utf8');
}

function jsonOf(reader: EnvironmentReader, name: string): Record<string, unknown> {
  const text = fileOf(reader, name);
  if (text === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Said below, with the name of the variable instead of a position in the file.
  }
  reader.fault(`${name} must hold a JSON object`);
  return {};
}

function fromDemoFile(reader: EnvironmentReader): Agreed {
  const file = jsonOf(reader, 'WECHAT_CREDENTIALS_FILE');
  const text = (name: string): string => (typeof file[name] === 'string' ? (file[name] as string) : '');
  return {
    appId: text('appId'),
    appSecret: text('appSecret'),
    mchId: text('mchId'),
    merchantPrivateKeyPem: text('merchantPrivateKeyPem'),
    merchantSerial: text('merchantSerial'),
    apiV3Key: text('apiV3Key'),
    platformKeys: { [text('platformKeyId')]: text('platformPublicKeyPem') },
  };
}

/** @param fetchCertificates with certificates to be fetched nothing need be pinned */
function fromEnvironment(reader: EnvironmentReader, fetchCertificates: boolean): Agreed {
  const isPinned = !fetchCertificates || reader.optional('WECHAT_PLATFORM_KEYS_FILE') !== null;
  return {
    appId: reader.text('WECHAT_APP_ID'),
    appSecret: reader.text('WECHAT_APP_SECRET'),
    mchId: reader.text('WECHAT_MCH_ID'),
    merchantPrivateKeyPem: fileOf(reader, 'WECHAT_MERCHANT_KEY_FILE'),
    merchantSerial: reader.text('WECHAT_MERCHANT_SERIAL'),
    apiV3Key: reader.text('WECHAT_API_V3_KEY'),
    platformKeys: isPinned ? (jsonOf(reader, 'WECHAT_PLATFORM_KEYS_FILE') as Record<string, string>) : {},
  };
}

function readable(check: () => unknown): boolean {
  try {
    check();
    return true;
  } catch {
    return false;
  }
}

/** Malformed keys are found now, one sentence each, not when the first customer pays. */
function checkKeys(reader: EnvironmentReader, agreed: Agreed, fetchCertificates: boolean): void {
  if (agreed.apiV3Key !== '' && Buffer.byteLength(agreed.apiV3Key) !== 32) {
    reader.fault('WECHAT_API_V3_KEY must be 32 bytes');
  }
  if (agreed.merchantPrivateKeyPem !== '' && !readable(() => createPrivateKey(agreed.merchantPrivateKeyPem))) {
    reader.fault('WECHAT_MERCHANT_KEY_FILE must hold a private key in PEM');
  }
  const keys = Object.entries(agreed.platformKeys);
  if (keys.length === 0 && !fetchCertificates) {
    reader.fault(
      'WECHAT_PLATFORM_KEYS_FILE must name one key of WeChat Pay at least, unless WECHAT_PLATFORM_CERTIFICATES=1',
    );
  }
  for (const [serial, pem] of keys) {
    if (typeof pem !== 'string' || !readable(() => createPublicKey(pem))) {
      reader.fault(`WECHAT_PLATFORM_KEYS_FILE: "${serial}" must hold a public key or certificate in PEM`);
    }
  }
}

/** The emulator's message push runs in safe mode. */
function pushOfDemoFile(reader: EnvironmentReader): WechatConfig['push'] {
  const { pushToken: token, pushAesKey: encoded } = jsonOf(reader, 'WECHAT_CREDENTIALS_FILE');
  return typeof token === 'string' && typeof encoded === 'string' ? { token, aesKey: decodeAesKey(encoded) } : null;
}

/** Off unless a token is set. A token alone is plain mode; production takes safe mode only. */
function readPush(reader: EnvironmentReader, production: boolean, fromFile: boolean): WechatConfig['push'] {
  const token = reader.optional('WECHAT_PUSH_TOKEN');
  if (token === null && fromFile) return pushOfDemoFile(reader);
  const encoded = reader.optional('WECHAT_PUSH_AES_KEY');
  if (token === null) {
    if (encoded !== null) reader.fault('WECHAT_PUSH_AES_KEY is set without WECHAT_PUSH_TOKEN');
    return null;
  }
  if (!/^[0-9A-Za-z]{3,32}$/.test(token)) reader.fault('WECHAT_PUSH_TOKEN must be 3 to 32 letters and digits');
  const aesKey = encoded === null ? null : decodeAesKey(encoded);
  if (encoded !== null && aesKey === null) reader.fault('WECHAT_PUSH_AES_KEY must be the 43 characters of the console');
  if (production && encoded === null) {
    reader.fault('WECHAT_PUSH_AES_KEY is missing: in production the message push runs in safe mode');
  }
  return { token, aesKey };
}

/** Null when transfers are switched off: WeChat grants the scene to each merchant on its own. */
function readTransfers(reader: EnvironmentReader, isDemo: boolean): TransferAgreement | null {
  const texts = { WECHAT_TRANSFER_JOB: '导购', WECHAT_TRANSFER_REWARD: '销售佣金', WECHAT_TRANSFER_REMARK: '佣金提现' };
  const [jobTitle = '', rewardReason = '', remark = ''] = Object.entries(texts).map(([name, fallback]) => {
    const text = reader.text(name, fallback);
    if ([...text].length > 32) reader.fault(`${name} must have 32 characters at most`);
    return text;
  });
  if (!reader.flag('WECHAT_TRANSFERS', isDemo)) return null;
  return { sceneId: '1005', jobTitle, rewardReason, remark };
}

/** Messages of the demo go to the emulator; a shop names its own templates in a file, and a kind without one is off. */
function readMessages(reader: EnvironmentReader, isDemo: boolean): MessageTemplates {
  const name = 'WECHAT_MESSAGE_TEMPLATES_FILE';
  if (reader.optional(name) === null) return isDemo ? demoTemplates() : {};
  return readTemplates(jsonOf(reader, name), (sentence) => reader.fault(`${name}: ${sentence}`));
}

/** Reads what this shop has agreed with WeChat. Production takes neither the emulator's secrets nor its addresses. */
export function readWechatConfig(reader: EnvironmentReader, production: boolean): WechatConfig {
  const demoFile = reader.optional('WECHAT_CREDENTIALS_FILE');
  if (production && demoFile !== null) {
    reader.fault("WECHAT_CREDENTIALS_FILE is refused in production: it holds the emulator's secrets");
  }
  const fetchCertificates = reader.flag('WECHAT_PLATFORM_CERTIFICATES', false);
  const agreed = demoFile === null || production ? fromEnvironment(reader, fetchCertificates) : fromDemoFile(reader);
  checkKeys(reader, agreed, fetchCertificates);
  const apiBaseUrl = reader.url('WECHAT_API_URL', API_URL);
  const payBaseUrl = reader.url('WECHAT_PAY_URL', PAY_URL);
  const backup = payBaseUrl === PAY_URL ? PAY_BACKUP_URL : payBaseUrl;
  const payBackupUrl = reader.url('WECHAT_PAY_BACKUP_URL', backup);
  const notifyUrl = reader.url('WECHAT_NOTIFY_URL');
  if (production) {
    const hosts = {
      WECHAT_API_URL: apiBaseUrl,
      WECHAT_PAY_URL: payBaseUrl,
      ...(payBackupUrl === payBaseUrl ? {} : { WECHAT_PAY_BACKUP_URL: payBackupUrl }),
    };
    for (const [name, url] of Object.entries(hosts)) {
      if (!/^https:\/\/[\w.-]+\.qq\.com$/.test(url)) {
        reader.fault(`${name} must be a host of qq.com in production, not "${url}"`);
      }
    }
    if (notifyUrl !== '' && !/^https:\/\/[^?]+$/.test(notifyUrl)) {
      reader.fault('WECHAT_NOTIFY_URL must be https without a query: WeChat accepts no other');
    }
  }
  return {
    ...agreed,
    apiBaseUrl,
    fetchCertificates,
    payBaseUrl,
    payBackupUrl: payBackupUrl === payBaseUrl ? null : payBackupUrl,
    notifyUrl,
    push: readPush(reader, production, demoFile !== null && !production),
    messages: readMessages(reader, demoFile !== null && !production),
    transfers: readTransfers(reader, demoFile !== null),
    timeoutMs: reader.whole('WECHAT_TIMEOUT_MS', 8_000, 100, 60_000),
  };
}
