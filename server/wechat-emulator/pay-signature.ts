import { createCipheriv, createSign, createVerify, randomBytes } from 'node:crypto';
import { type PayRefusal, paramError, signError } from './pay-errors.js';
import type { PlatformSigner } from './platform-keys.js';

const SCHEME = 'WECHATPAY2-SHA256-RSA2048';
const WINDOW_SECONDS = 300;
const FIELDS = ['mchid', 'nonce_str', 'timestamp', 'serial_no', 'signature'];

export interface SignedRequest {
  readonly method: string;
  /** Path with query, as it stood in the request line. */
  readonly url: string;
  readonly body: Buffer;
  readonly authorization: string | undefined;
  readonly platformSerial: string | undefined;
}

export interface RequestVerifier {
  readonly mchId: string;
  readonly merchantSerial: string;
  readonly merchantPublicKeyPem: string;
  /** Whether the platform has a key of this serial to answer under. */
  readonly isKnownSerial: (serial: string | undefined) => boolean;
  readonly nowSeconds: number;
}

function parseAuthorization(header: string | undefined): Map<string, string> | null {
  if (!header?.startsWith(`${SCHEME} `)) return null;
  const pairs = header.slice(SCHEME.length + 1).split(',');
  const fields = new Map<string, string>();
  for (const pair of pairs) {
    const match = /^\s*([a-z_]+)="([^"]*)"\s*$/.exec(pair);
    if (!match?.[1] || fields.has(match[1])) return null;
    fields.set(match[1], match[2] ?? '');
  }
  return fields.size === FIELDS.length && FIELDS.every((field) => fields.get(field)) ? fields : null;
}

/**
 * Checks the signature of a merchant's request over the exact bytes sent. Null when good, else the 401 to answer.
 * The order of the checks is from the cheapest to the dearest; each fault has its own message.
 */
export function refuseUnsigned(request: SignedRequest, by: RequestVerifier): PayRefusal | null {
  const fields = parseAuthorization(request.authorization);
  if (!fields) return signError('Http头Authorization值格式错误');
  if (fields.get('mchid') !== by.mchId) return signError('商户号不存在');
  if (fields.get('serial_no') !== by.merchantSerial) return signError('商户证书序列号有误');
  const timestamp = fields.get('timestamp') ?? '';
  if (!/^\d{10}$/.test(timestamp) || Math.abs(by.nowSeconds - Number(timestamp)) >= WINDOW_SECONDS) {
    return signError('Http头Authorization中的timestamp与发起请求的时间不得超过5分钟');
  }
  const head = `${request.method}\n${request.url}\n${timestamp}\n${fields.get('nonce_str')}\n`;
  const message = Buffer.concat([Buffer.from(head), request.body, Buffer.from('\n')]);
  const good = createVerify('sha256')
    .update(message)
    .verify(by.merchantPublicKeyPem, fields.get('signature') ?? '', 'base64');
  if (!good) return signError('签名错误');
  // A merchant who leaves this out is answered under whatever key the platform likes, so a strict peer insists on it.
  if (!by.isKnownSerial(request.platformSerial)) return paramError('Wechatpay-Serial有误');
  return null;
}

/** SHA256-RSA over `timestamp\nnonce\nbody\n`, as headers. */
export function platformHeaders(signer: PlatformSigner, nowSeconds: number, body: string): Record<string, string> {
  const nonce = randomBytes(16).toString('hex');
  const message = `${nowSeconds}\n${nonce}\n${body}\n`;
  return {
    'Wechatpay-Timestamp': String(nowSeconds),
    'Wechatpay-Nonce': nonce,
    'Wechatpay-Serial': signer.serial,
    'Wechatpay-Signature': createSign('sha256').update(message).sign(signer.privateKeyPem, 'base64'),
  };
}

/** AEAD_AES_256_GCM of a notice's resource: base64 of ciphertext and tag, with a 12-character nonce. */
export function encryptResource(plaintext: string, apiV3Key: string, associatedData: string) {
  const nonce = randomBytes(6).toString('hex');
  const cipher = createCipheriv('aes-256-gcm', apiV3Key, nonce).setAAD(Buffer.from(associatedData));
  const sealed = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return {
    algorithm: 'AEAD_AES_256_GCM',
    ciphertext: sealed.toString('base64'),
    nonce,
    associated_data: associatedData,
  };
}

/** The parameters that the mini-program hands to `wx.requestPayment`. */
export interface PaySignParams {
  readonly appId: string;
  readonly timeStamp: string;
  readonly nonceStr: string;
  readonly package: string;
  readonly signType: string;
  readonly paySign: string;
}

/** Null when the phone would open the cashier with these parameters, else what is wrong. */
export function faultInPaySign(
  params: PaySignParams,
  prepayId: string,
  merchant: { appId: string; publicKeyPem: string },
) {
  if (params.appId !== merchant.appId) return 'appId';
  if (!/^\d{10}$/.test(params.timeStamp)) return 'timeStamp';
  if (params.nonceStr === '' || params.nonceStr.length > 32) return 'nonceStr';
  if (params.package !== `prepay_id=${prepayId}`) return 'package';
  if (params.signType !== 'RSA') return 'signType';
  const message = `${params.appId}\n${params.timeStamp}\n${params.nonceStr}\n${params.package}\n`;
  const good = createVerify('sha256').update(message).verify(merchant.publicKeyPem, params.paySign, 'base64');
  return good ? null : 'paySign';
}
