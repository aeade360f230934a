import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { EmulatorCredentials } from './credentials.js';

interface KeyPairPem {
  publicKey: string;
  privateKey: string;
}

function rsaKeyPair(): KeyPairPem {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}

function digits(count: number): string {
  return Array.from(randomBytes(count), (byte) => String(byte % 10)).join('');
}

/** 43 letters and digits that, with `=` behind them, are 32 bytes in base64. */
function encodingAesKey(): string {
  for (;;) {
    const text = randomBytes(32).toString('base64').slice(0, 43);
    if (/^[A-Za-z0-9]+$/.test(text)) return text;
  }
}

/** Fresh, random credentials for one demo database or one test. Nothing in them is known beforehand. */
export function generateCredentials(): EmulatorCredentials {
  const merchant = rsaKeyPair();
  const platform = rsaKeyPair();
  return {
    appId: `wx${randomBytes(8).toString('hex')}`,
    appSecret: randomBytes(16).toString('hex'),
    mchId: `19${digits(8)}`,
    merchantPrivateKeyPem: merchant.privateKey,
    merchantPublicKeyPem: merchant.publicKey,
    merchantSerial: randomBytes(20).toString('hex').toUpperCase(),
    platformKeyId: `PUB_KEY_ID_01${digits(32)}`,
    platformPublicKeyPem: platform.publicKey,
    platformPrivateKeyPem: platform.privateKey,
    apiV3Key: randomBytes(16).toString('hex'),
    pushToken: randomBytes(12).toString('hex'),
    pushAesKey: encodingAesKey(),
    corpId: `ww${randomBytes(8).toString('hex')}`,
    corpSecret: randomBytes(24).toString('hex'),
    wecomToken: randomBytes(12).toString('hex'),
    wecomAesKey: encodingAesKey(),
  };
}
