import { createSign, createVerify, type KeyObject } from 'node:crypto';

const SCHEME = 'WECHATPAY2-SHA256-RSA2048';
const WINDOW_SECONDS = 300;

/** What a merchant signs for a request: five lines, each with its line feed, the body byte for byte. */
export function requestMessage(
  method: string,
  pathAndQuery: string,
  timestamp: string,
  nonce: string,
  body: string,
): string {
  return `${method}\n${pathAndQuery}\n${timestamp}\n${nonce}\n${body}\n`;
}

/** What WeChat signs for an answer or a notice. Bytes, since decoding and encoding again could change the body. */
export function responseMessage(timestamp: string, nonce: string, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${timestamp}\n${nonce}\n`), body, Buffer.from('\n')]);
}

/** What a merchant signs for `wx.requestPayment`. */
export function paySignMessage(appId: string, timeStamp: string, nonceStr: string, prepayId: string): string {
  return `${appId}\n${timeStamp}\n${nonceStr}\nprepay_id=${prepayId}\n`;
}

/** SHA256 with RSA (PKCS#1 v1.5), base64. */
export function sign(message: string, privateKey: KeyObject): string {
  return createSign('sha256').update(message).sign(privateKey, 'base64');
}

/** False for a wrong signature and for one that is no base64 at all. */
export function verify(message: Buffer | string, signature: string, publicKey: KeyObject): boolean {
  return createVerify('sha256').update(message).verify(publicKey, signature, 'base64');
}

export interface AuthorizationFields {
  readonly mchId: string;
  readonly nonce: string;
  readonly timestamp: string;
  readonly serial: string;
  readonly signature: string;
}

export function authorizationHeader({ mchId, nonce, timestamp, serial, signature }: AuthorizationFields): string {
  return `${SCHEME} mchid="${mchId}",nonce_str="${nonce}",timestamp="${timestamp}",serial_no="${serial}",signature="${signature}"`;
}

/** Why something that claims to come from WeChat is not believed. */
export type SignatureFault = 'missing_header' | 'unknown_serial' | 'stale' | 'bad_signature';

/** Keys by serial. */
export type PlatformKeys = ReadonlyMap<string, KeyObject>;

/**
 * Null when an answer or a notice was signed by WeChat less than 300 s from now. Probe signatures
 * (`WECHATPAY/SIGNTEST/…`) get no special treatment: they are wrong, and that is what WeChat wants to see.
 */
export function faultInSignature(
  header: (name: string) => string | null | undefined,
  body: Buffer,
  keys: PlatformKeys,
  nowMs: number,
): SignatureFault | null {
  const timestamp = header('wechatpay-timestamp');
  const nonce = header('wechatpay-nonce');
  const serial = header('wechatpay-serial');
  const signature = header('wechatpay-signature');
  if (!timestamp || !nonce || !serial || !signature) return 'missing_header';
  const key = keys.get(serial);
  if (!key) return 'unknown_serial';
  const isWhole = /^\d{1,12}$/.test(timestamp);
  if (!isWhole || Math.abs(nowMs / 1000 - Number(timestamp)) >= WINDOW_SECONDS) return 'stale';
  return verify(responseMessage(timestamp, nonce, body), signature, key) ? null : 'bad_signature';
}
