import { createSign, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';

/** A certificate of the platform, as merchants without a public key of the platform know it. */
export interface PlatformCertificate {
  /** 40 hexadecimal digits. */
  readonly serial: string;
  readonly certificatePem: string;
  /** PKCS#8. */
  readonly privateKeyPem: string;
  readonly effectiveAt: number;
  readonly expiresAt: number;
}

const VALID_MS = 5 * 365 * 86_400_000;

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  if (length < 128) return Buffer.concat([Buffer.from([tag, length]), content]);
  const size = length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const SEQUENCE = 0x30;
const SHA256_WITH_RSA = der(SEQUENCE, Buffer.from('06092a864886f70d01010b0500', 'hex'));
/** { 2 5 4 3 }: the common name. */
const COMMON_NAME = Buffer.from('0603550403', 'hex');

function name(text: string): Buffer {
  const value = der(0x0c, Buffer.from(text));
  return der(SEQUENCE, der(0x31, der(SEQUENCE, COMMON_NAME, value)));
}

/** UTCTime: `YYMMDDhhmmssZ`. */
function utcTime(epochMs: number): Buffer {
  const digits = new Date(epochMs).toISOString().replace(/\D/g, '').slice(2, 14);
  return der(0x17, Buffer.from(`${digits}Z`));
}

function toPem(certificate: Buffer): string {
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

/** RFC 5280, as little of it as a reader of certificates needs; signed with its own key, since nobody issues one here. */
function writeCertificate(keys: { publicKey: KeyObject; privateKey: KeyObject }, serial: Buffer, from: number): string {
  const body = der(
    SEQUENCE,
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, serial),
    SHA256_WITH_RSA,
    name('WeChat Pay emulator'),
    der(SEQUENCE, utcTime(from), utcTime(from + VALID_MS)),
    name('Tenpay.com sign (emulator)'),
    keys.publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = createSign('sha256').update(body).sign(keys.privateKey);
  return toPem(der(SEQUENCE, body, SHA256_WITH_RSA, der(0x03, Buffer.from([0]), signature)));
}

export function makePlatformCertificate(now: number): PlatformCertificate {
  const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  // A positive number of exactly twenty bytes.
  const serial = randomBytes(20);
  serial[0] = 0x40 | ((serial[0] ?? 0) & 0x3f);
  return {
    serial: serial.toString('hex').toUpperCase(),
    certificatePem: writeCertificate(keys, serial, now),
    privateKeyPem: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    effectiveAt: now,
    expiresAt: now + VALID_MS,
  };
}
