import {
  createCipheriv,
  createHash,
  createPublicKey,
  generateKeyPairSync,
  privateEncrypt,
  randomBytes,
} from 'node:crypto';
import { openResource } from './pay-cipher.js';
import { faultInSignature, requestMessage, responseMessage, sign, verify } from './pay-signature.js';

// Made afresh at every run: the published vectors are few, and no value here can be learnt by heart.
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const NOW = 1_790_000_000_000;

/** The DER header of a SHA-256 digest in a PKCS#1 v1.5 signature (RFC 8017, 9.2, note 1). */
const SHA256_PREFIX = Buffer.from('3031300d060960864801650304020105000420', 'hex');

/** SHA256-RSA by hand: digest, prefix, raw private-key operation. */
function signByHand(message: string): string {
  const digest = createHash('sha256').update(message).digest();
  return privateEncrypt(privateKey, Buffer.concat([SHA256_PREFIX, digest])).toString('base64');
}

describe('signatures, against RSA done by hand', () => {
  it.each(['', 'a', '开衫\n', requestMessage('POST', '/v3/x?y=1', '1790000000', 'n', '{"a":"¥"}')])(
    'signs %j bit for bit',
    (message) => {
      expect(sign(message, privateKey)).toBe(signByHand(message));
      expect(verify(message, signByHand(message), publicKey)).toBe(true);
      expect(verify(`${message} `, signByHand(message), publicKey)).toBe(false);
    },
  );

  it.each(['', 'nonsense', '====', 'A'.repeat(344)])('takes %j for no signature, without throwing', (signature) => {
    expect(verify('a', signature, publicKey)).toBe(false);
  });

  it('keeps bytes that are no UTF-8 as they are', () => {
    const body = Buffer.from([0xff, 0xfe, 0x0a]);
    const expected = Buffer.concat([Buffer.from('1\nn\n'), body, Buffer.from('\n')]);
    expect(responseMessage('1', 'n', body)).toEqual(expected);
  });
});

describe('the platform signature', () => {
  const second = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const keys = new Map([
    ['PUB_KEY_ID_1', publicKey],
    ['OLD_CERTIFICATE', createPublicKey(second.privateKey)],
  ]);
  const body = Buffer.from('{}');

  function headers(change: Record<string, string> = {}, key = privateKey): (name: string) => string | null {
    const timestamp = change['wechatpay-timestamp'] ?? '1790000000';
    const all: Record<string, string> = {
      'wechatpay-timestamp': timestamp,
      'wechatpay-nonce': 'n',
      'wechatpay-serial': 'PUB_KEY_ID_1',
      'wechatpay-signature': sign(`${timestamp}\nn\n{}\n`, key),
      ...change,
    };
    return (name) => all[name] ?? null;
  }

  it('is good under each key of the map by its own serial, and under no other', () => {
    const old = { 'wechatpay-serial': 'OLD_CERTIFICATE' };
    expect(faultInSignature(headers(), body, keys, NOW)).toBeNull();
    expect(faultInSignature(headers(old, second.privateKey), body, keys, NOW)).toBeNull();
    expect(faultInSignature(headers(old), body, keys, NOW)).toBe('bad_signature');
  });

  it.each([
    ['1789999701', null],
    ['1789999700', 'stale'],
    ['1790000299', null],
    ['1790000300', 'stale'],
    ['soon', 'stale'],
    ['-1790000000', 'stale'],
    ['', 'missing_header'],
  ])('of time %j at 1790000000 is %j', (timestamp, fault) => {
    expect(faultInSignature(headers({ 'wechatpay-timestamp': timestamp }), body, keys, NOW)).toBe(fault);
  });
});

describe('sealed resources', () => {
  const key = randomBytes(16).toString('hex');
  const sealed = { nonce: 'abcdefghijkl', associatedData: 'transaction' };

  function seal(plaintext: string): string {
    const cipher = createCipheriv('aes-256-gcm', key, sealed.nonce).setAAD(Buffer.from(sealed.associatedData));
    return Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64');
  }

  it.each(['', '{"a":1}', '退款成功'.repeat(500)])('open to what was sealed', (plaintext) => {
    expect(openResource({ ...sealed, ciphertext: seal(plaintext) }, key)).toBe(plaintext);
  });

  it('stay shut for every single changed byte, a cut tag, another nonce, other data and other keys', () => {
    const bytes = Buffer.from(seal('{"a":1}'), 'base64');
    const open = (ciphertext: Buffer, change = {}, otherKey = key): string | null =>
      openResource({ ...sealed, ciphertext: ciphertext.toString('base64'), ...change }, otherKey);
    const changed = [...bytes].map((byte, at) => open(Buffer.from(bytes).fill(byte ^ 1, at, at + 1)));
    expect(new Set(changed)).toEqual(new Set([null]));
    expect(open(bytes.subarray(0, -1))).toBeNull();
    expect(open(bytes.subarray(0, 4))).toBeNull();
    expect(open(bytes, { nonce: 'abcdefghijkm' })).toBeNull();
    expect(open(bytes, { nonce: 'short' })).toBeNull();
    expect(open(bytes, { associatedData: '' })).toBeNull();
    expect(open(bytes, {}, 'k'.repeat(32))).toBeNull();
    expect(open(bytes, {}, 'short')).toBeNull();
  });
});
