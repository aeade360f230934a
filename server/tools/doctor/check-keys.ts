import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import type { Environment } from '../../src/platform/config/environment.js';
import type { WechatConfig } from '../../src/wechat/wechat.public.js';
import { type Finding, fail, ok, warn } from './finding.js';

const DAY_MS = 86_400_000;
const SOON_MS = 30 * DAY_MS;

function certificateOf(pem: string): X509Certificate | null {
  try {
    return new X509Certificate(pem);
  } catch {
    return null;
  }
}

/** Whether a certificate is still good at `now`, and for how long. */
export function checkExpiry(check: string, name: string, pem: string, now: number): Finding {
  const certificate = certificateOf(pem);
  if (certificate === null) return ok(check, `${name} is a public key, which does not expire`);
  const left = Date.parse(certificate.validTo) - now;
  if (left <= 0) return fail(check, `${name} expired on ${certificate.validTo}: put the new certificate in its place`);
  const days = Math.floor(left / DAY_MS);
  if (left < SOON_MS) return warn(check, `${name} expires in ${days} days: get its successor now`);
  return ok(check, `${name} is good for ${days} days`);
}

/** The merchant's certificate file is for this check only; without it nothing ties the serial number to the key. */
function checkCertificate(config: WechatConfig, file: string | undefined, now: number): Finding[] {
  const check = 'merchant certificate';
  if (!file) {
    return [
      warn(check, 'WECHAT_MERCHANT_CERTIFICATE_FILE is not set: key and serial number were not compared offline'),
    ];
  }
  const certificate = existsSync(file) ? certificateOf(readFileSync(file, 'utf8')) : null;
  if (certificate === null)
    return [fail(check, `"${file}" is no certificate: give the apiclient_cert.pem of the merchant`)];
  const found: Finding[] = [];
  if (certificate.serialNumber.toUpperCase() !== config.merchantSerial.toUpperCase()) {
    found.push(
      fail(
        check,
        `WECHAT_MERCHANT_SERIAL is not the certificate's serial number, which is ${certificate.serialNumber}`,
      ),
    );
  }
  if (!certificate.checkPrivateKey(createPrivateKey(config.merchantPrivateKeyPem))) {
    found.push(fail(check, 'the private key does not belong to the certificate: take both from one download'));
  }
  return [...found, checkExpiry(check, 'the merchant certificate', certificate.toString(), now)];
}

/** Keys and certificates as far as they can be judged without asking WeChat. */
export function checkKeys(config: WechatConfig, certificateFile: string | undefined, now: number): Finding[] {
  const details = createPrivateKey(config.merchantPrivateKeyPem).asymmetricKeyDetails;
  const bits = details?.modulusLength ?? 0;
  const found: Finding[] = [
    bits >= 2048
      ? ok('merchant key', `the private key is RSA with ${bits} bits`)
      : fail('merchant key', 'the private key is not RSA with 2048 bits: WeChat Pay takes no other'),
    ...checkCertificate(config, certificateFile, now),
  ];
  for (const [serial, pem] of Object.entries(config.platformKeys)) {
    const certificate = certificateOf(pem);
    if (certificate !== null && certificate.serialNumber.toUpperCase() !== serial.toUpperCase()) {
      found.push(
        fail('platform keys', `"${serial}" is another certificate's serial number: it is ${certificate.serialNumber}`),
      );
    } else {
      found.push(checkExpiry('platform keys', `"${serial}"`, pem, now));
    }
    if (createPublicKey(pem).export({ type: 'spki', format: 'pem' }) === publicHalf(config)) {
      found.push(fail('platform keys', `"${serial}" is the merchant's own key: WeChat's is needed here`));
    }
  }
  return found;
}

function publicHalf(config: WechatConfig): string | Buffer {
  return createPublicKey(config.merchantPrivateKeyPem).export({ type: 'spki', format: 'pem' });
}

/** The addresses that WeChat and customers use. */
export function checkAddresses(environment: Environment, config: WechatConfig): Finding[] {
  const check = 'addresses';
  const found: Finding[] = [];
  const secure = environment.production ? fail : warn;
  if (!environment.production) found.push(warn(check, 'NODE_ENV is not production: this is a demo or a test'));
  const { publicUrl } = environment;
  if (!publicUrl.startsWith('https://')) {
    found.push(secure(check, `PUBLIC_URL "${publicUrl}" is not https: mini-programs call nothing else`));
  } else if (/^https:\/\/(\d+\.|\[|localhost)/.test(publicUrl)) {
    found.push(fail(check, `PUBLIC_URL "${publicUrl}" is no domain name: WeChat takes only registered domains`));
  }
  if (!config.notifyUrl.endsWith('/api/wechat/pay-notices')) {
    found.push(fail(check, `WECHAT_NOTIFY_URL "${config.notifyUrl}" does not end in /api/wechat/pay-notices`));
  } else if (environment.production && !config.notifyUrl.startsWith(`${publicUrl}/`)) {
    found.push(warn(check, 'WECHAT_NOTIFY_URL is not below PUBLIC_URL: make sure that it leads to this server'));
  }
  return found.length > 0 ? found : [ok(check, `${publicUrl} and its notify address have the right form`)];
}
