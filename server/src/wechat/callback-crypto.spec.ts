import { createCipheriv, randomBytes } from 'node:crypto';
import { loadVectors } from '../../test/support/vectors.js';
import {
  type CallbackKeys,
  callbackSignature,
  decodeAesKey,
  isCallbackSignature,
  openCallback,
  sealCallback,
} from './callback-crypto.js';

interface CallbackVector {
  readonly name: string;
  readonly token: string;
  readonly encoding_aes_key: string;
  readonly receive_id: string;
  readonly timestamp: string;
  readonly nonce: string;
  readonly encrypt: string;
  readonly msg_signature: string;
  readonly random16: string;
  readonly plaintext: string;
}

interface PushVectors {
  readonly token: string;
  readonly encoding_aes_key: string;
  readonly appid: string;
  readonly url_verification: { readonly query: Record<string, string>; readonly reply_body: string };
  readonly plain_mode: { readonly query: Record<string, string> };
  readonly safe_mode: {
    readonly query: Record<string, string>;
    readonly body: { readonly Encrypt: string };
    readonly decrypted_msg: string;
    readonly receive_id: string;
  };
  readonly reply: Omit<CallbackVector, 'name' | 'token' | 'encoding_aes_key' | 'receive_id'>;
}

function keysOf(token: string, encodingAesKey: string, receiveId: string): CallbackKeys {
  return { token, aesKey: decodeAesKey(encodingAesKey) ?? Buffer.alloc(0), receiveId };
}

describe('§10 callbacks, by the published vectors', () => {
  const { vectors } = loadVectors<{ vectors: CallbackVector[] }>('wecom_callback_crypto.json');
  const keys = (vector: CallbackVector) => keysOf(vector.token, vector.encoding_aes_key, vector.receive_id);

  it.each(vectors)('opens "$name"', (vector) => {
    const { msg_signature: signature, timestamp, nonce, encrypt } = vector;
    expect(openCallback({ signature, timestamp, nonce, encrypt }, keys(vector))).toEqual({
      outcome: 'opened',
      message: vector.plaintext,
      random: Buffer.from(vector.random16),
    });
  });

  it.each(vectors)('seals "$name" to the same bytes and the same signature', (vector) => {
    const { timestamp, nonce, encrypt, msg_signature: signature } = vector;
    const random = Buffer.from(vector.random16);
    const made = sealCallback(vector.plaintext, { timestamp, nonce }, keys(vector), random);
    expect(made).toEqual({ timestamp, nonce, encrypt, signature });
  });
});

describe('§7 message push, by the published vectors', () => {
  const push = loadVectors<PushVectors>('message_push.json');
  const keys = keysOf(push.token, push.encoding_aes_key, push.appid);

  it.each([push.url_verification, push.plain_mode])(
    'signs address check and plain mode by token and time',
    ({ query: { signature = '', timestamp = '', nonce = '' } }) => {
      expect(callbackSignature(push.token, timestamp, nonce)).toBe(signature);
      expect(isCallbackSignature(signature, push.token, timestamp, nonce)).toBe(true);
      expect(isCallbackSignature(signature, `${push.token}x`, timestamp, nonce)).toBe(false);
      expect(isCallbackSignature(signature.slice(1), push.token, timestamp, nonce)).toBe(false);
    },
  );

  it('opens a message of safe mode by msg_signature, and not by signature', () => {
    const { query, body, decrypted_msg: message } = push.safe_mode;
    const { timestamp = '', nonce = '', msg_signature = '', signature = '' } = query;
    const sealed = { timestamp, nonce, encrypt: body.Encrypt };
    expect(push.safe_mode.receive_id).toBe(keys.receiveId);
    expect(openCallback({ ...sealed, signature: msg_signature }, keys)).toMatchObject({ outcome: 'opened', message });
    expect(openCallback({ ...sealed, signature }, keys)).toEqual({ outcome: 'failed', reason: 'bad_signature' });
    expect(isCallbackSignature(signature, push.token, timestamp, nonce)).toBe(true);
  });

  it('seals the reply to the same bytes', () => {
    const { timestamp, nonce, encrypt, msg_signature: signature, plaintext, random16 } = push.reply;
    const made = sealCallback(plaintext, { timestamp, nonce }, keys, Buffer.from(random16));
    expect(made).toEqual({ timestamp, nonce, encrypt, signature });
  });
});

describe('§10 callbacks that are not what they seem', () => {
  const keys = keysOf('token', randomBytes(32).toString('base64').slice(0, 43), 'ww1');
  const at = { timestamp: '1790000000', nonce: 'n1' };
  const fault = (reason: string) => ({ outcome: 'failed', reason });

  /** Signed as it should be over whatever bytes, so that the signature is not what stops it. */
  function sealBytes(plain: Buffer) {
    const cipher = createCipheriv('aes-256-cbc', keys.aesKey, keys.aesKey.subarray(0, 16)).setAutoPadding(false);
    const encrypt = Buffer.concat([cipher.update(plain), cipher.final()]).toString('base64');
    return { ...at, encrypt, signature: callbackSignature(keys.token, at.timestamp, at.nonce, encrypt) };
  }

  const framed = (length: number, text: Buffer, receiver = 'ww1'): Buffer => {
    const size = Buffer.alloc(4);
    size.writeUInt32BE(length);
    const body = Buffer.concat([Buffer.alloc(16, 'r'), size, text, Buffer.from(receiver)]);
    const count = 32 - (body.length % 32);
    return Buffer.concat([body, Buffer.alloc(count, count)]);
  };

  it.each(['', '你好', 'x'.repeat(12), 'x'.repeat(500)])('open again what was sealed: %j', (message) => {
    expect(openCallback(sealCallback(message, at, keys), keys)).toMatchObject({ outcome: 'opened', message });
  });

  it('are refused with another token, time, nonce, message or signature', () => {
    const sealed = sealCallback('text', at, keys);
    const other = sealCallback('texu', at, keys);
    for (const change of [
      { timestamp: '1790000001' },
      { nonce: 'n2' },
      { encrypt: other.encrypt },
      { signature: other.signature },
      { signature: '' },
      { signature: sealed.signature.toUpperCase() },
    ]) {
      expect(openCallback({ ...sealed, ...change }, keys)).toEqual(fault('bad_signature'));
    }
    expect(openCallback(sealed, { ...keys, token: 'other' })).toEqual(fault('bad_signature'));
  });

  it('are undecryptable under another AES key', () => {
    const aesKey = Buffer.alloc(32, 7);
    expect(openCallback(sealCallback('text', at, { ...keys, aesKey }), keys)).toEqual(fault('undecryptable'));
  });

  it('are foreign when they were sealed for another receiver', () => {
    for (const receiveId of ['ww2', 'ww', 'ww11', '']) {
      expect(openCallback(sealCallback('text', at, { ...keys, receiveId }), keys)).toEqual(fault('foreign_receiver'));
    }
  });

  it('are undecryptable when cut, badly padded, of a false length or no UTF-8', () => {
    const text = Buffer.from('text');
    const good = framed(4, text);
    expect(openCallback(sealBytes(good), keys)).toMatchObject({ outcome: 'opened', message: 'text' });
    const unequalPadding = Buffer.from(good);
    unequalPadding[good.length - 2]! ^= 1;
    const damaged = [
      Buffer.alloc(0),
      good.subarray(0, 16),
      Buffer.concat([good.subarray(0, -1), Buffer.from([0])]),
      Buffer.concat([good.subarray(0, -1), Buffer.from([33])]),
      unequalPadding,
      Buffer.alloc(32, 32),
      framed(400, text),
      framed(2, Buffer.from([0xff, 0xfe])),
    ];
    const reasons = damaged.map((plain) => openCallback(sealBytes(plain), keys));
    expect(reasons).toEqual(damaged.map(() => fault('undecryptable')));
  });

  it.each(['', 'short', 'x'.repeat(44), `${'x'.repeat(42)}=`, `${'x'.repeat(42)} `])(
    'take %j for no EncodingAESKey',
    (text) => expect(decodeAesKey(text)).toBeNull(),
  );
});
