import { createPublicKey, type KeyObject } from 'node:crypto';
import { loadVectors } from '../../test/support/vectors.js';
import { openResource } from './pay-cipher.js';
import { readNotice } from './pay-notice.js';
import { authorizationHeader, paySignMessage, requestMessage, responseMessage, verify } from './pay-signature.js';

interface TestKey {
  readonly id: string;
  readonly public_key_pem?: string;
  readonly certificate_pem?: string;
  readonly certificate_serial: string;
}

interface SignatureVector {
  readonly key: string;
  readonly message: string;
  readonly signature: string;
}

type RequestVector = Readonly<Record<string, string>>;

interface GcmVector {
  readonly apiv3_key: string;
  readonly nonce: string;
  readonly associated_data: string;
  readonly ciphertext: string;
  readonly plaintext: string;
}

interface NotifyVector {
  readonly clock: number;
  readonly platform_key: string;
  readonly apiv3_key: string;
  readonly headers: Record<string, string>;
  readonly raw_body: string;
  readonly decrypted_resource: string;
}

function testKeys(): Map<string, TestKey> {
  return new Map(loadVectors<{ keys: TestKey[] }>('rsa_test_keys.json').keys.map((key) => [key.id, key]));
}

function publicKey(id: string): KeyObject {
  const key = testKeys().get(id);
  return createPublicKey(key?.public_key_pem ?? key?.certificate_pem ?? '');
}

/** `derived_signature_with_<key>` fields carry the key's name in their own. */
function derived(vector: RequestVector): [string, string] {
  const [name, signature] = Object.entries(vector).find(([field]) => field.startsWith('derived_signature_with_')) ?? [];
  return [String(name).replace('derived_signature_with_', ''), String(signature)];
}

function signatureTests(): void {
  const file = 'rsa_signature_vectors.json';
  const vectors = loadVectors<{
    sign: SignatureVector[];
    verify_negative: SignatureVector[];
    request_message: RequestVector[];
    header_format: string;
    pay_sign: RequestVector[];
    response_message: { samples: string[] };
  }>(file);

  it.each(vectors.sign)('verifies the signature of "$message" by $key', ({ key, message, signature }) => {
    expect(verify(message, signature, publicKey(key))).toBe(true);
  });

  it.each(vectors.verify_negative)('refuses the signature of "$message" under $key', ({ key, message, signature }) => {
    expect(verify(message, signature, publicKey(key))).toBe(false);
  });

  it.each(vectors.request_message)('lays out a request: $method $canonical_url', (vector) => {
    const { method = '', canonical_url = '', timestamp = '', nonce_str = '', body = '' } = vector;
    const message = requestMessage(method, canonical_url, timestamp, nonce_str, body);
    const [key, signature] = derived(vector);
    expect(message).toBe(vector.message_to_sign);
    expect(verify(message, signature, publicKey(key))).toBe(true);
  });

  it('lays out the Authorization header', () => {
    const header = { mchId: 'M', nonce: 'N', timestamp: 'T', serial: 'S', signature: 'X' };
    const values = ['M', 'N', 'T', 'S', 'X'];
    expect(authorizationHeader(header)).toBe(vectors.header_format.replace(/%s/g, () => values.shift() ?? ''));
  });

  it('lays out answers, an empty body included', () => {
    const made = ['BODY', ''].map((body) =>
      responseMessage('1624523846', 'NONCE1234567890', Buffer.from(body)).toString(),
    );
    expect(made).toEqual(vectors.response_message.samples);
  });

  it('lays out paySign', () => {
    const vector = vectors.pay_sign.find(({ kind }) => kind === 'jsapi_or_mini_program') ?? {};
    const [appId = '', timeStamp = '', nonce = '', pack = ''] = String(vector.message).split('\n');
    const message = paySignMessage(appId, timeStamp, nonce, pack.replace('prepay_id=', ''));
    const [key, signature] = derived(vector);
    expect(message).toBe(vector.message);
    expect(verify(message, signature, publicKey(key))).toBe(true);
  });
}

function cipherTests(): void {
  const vectors = loadVectors<{ vectors: GcmVector[]; must_fail: GcmVector[] }>('aes_gcm_vectors.json');
  const open = ({ ciphertext, nonce, associated_data, apiv3_key }: GcmVector): string | null =>
    openResource({ ciphertext, nonce, associatedData: associated_data }, apiv3_key);

  it.each(vectors.vectors)('decrypts under nonce $nonce', (vector) => {
    expect(open(vector)).toBe(vector.plaintext);
  });

  it.each(vectors.must_fail)('decrypts nothing under key $apiv3_key, nonce $nonce', (vector) => {
    expect(open(vector)).toBeNull();
  });
}

function noticeTests(): void {
  const vector = loadVectors<NotifyVector>('notify_end_to_end.json');
  const expected = JSON.parse(vector.decrypted_resource) as { mchid: string; appid: string };
  const serial = vector.headers['Wechatpay-Serial'] ?? '';
  const read = (body: string, nowMs: number, headers = vector.headers) =>
    readNotice(headers, Buffer.from(body), {
      platformKeys: new Map([[serial, publicKey(vector.platform_key)]]),
      apiV3Key: vector.apiv3_key,
      mchId: expected.mchid,
      appId: expected.appid,
      nowMs,
    });

  it('verifies and decrypts the complete notice', () => {
    expect(read(vector.raw_body, vector.clock * 1000)).toEqual({
      outcome: 'ok',
      notice: {
        kind: 'other',
        id: '3119dfba-e649-5eec-ab1e-3412bc4d2e17',
        eventType: 'PAYSCORE.USER_OPEN_SERVICE',
        resource: expected,
      },
    });
  });

  it('refuses it with one byte changed, and 300 s too early or too late', () => {
    const failure = (reason: string) => ({ outcome: 'failed', reason });
    expect(read(`${vector.raw_body} `, vector.clock * 1000)).toEqual(failure('bad_signature'));
    expect(read(vector.raw_body, (vector.clock + 300) * 1000)).toEqual(failure('stale'));
    expect(read(vector.raw_body, (vector.clock - 300) * 1000)).toEqual(failure('stale'));
    expect(read(vector.raw_body, (vector.clock + 299) * 1000).outcome).toBe('ok');
  });
}

describe('official vectors: RSA signatures', signatureTests);
describe('official vectors: AEAD', cipherTests);
describe('official vectors: a notice end to end', noticeTests);
