import { loadVectors } from '../../test/support/vectors.js';
import { isRawDataSignature, openUserData, sessionSignature } from './open-data.js';

interface OpenDataVectors {
  readonly vectors: readonly {
    readonly session_key: string;
    readonly iv: string;
    readonly encrypted_data: string;
    readonly plaintext: string;
  }[];
  readonly raw_data_signature: readonly {
    readonly raw_data: string;
    readonly session_key: string;
    readonly signature: string;
  }[];
  readonly checksession_signature: { readonly derived_example: { session_key: string; signature: string } };
}

const file = loadVectors<OpenDataVectors>('miniprogram_open_data.json');

describe('§1 user data, by the published vectors', () => {
  it.each(file.vectors)('opens encryptedData of session $session_key, of its own mini-program only', (vector) => {
    const data = JSON.parse(vector.plaintext) as { watermark: { appid: string } };
    const sealed = { encryptedData: vector.encrypted_data, iv: vector.iv };
    expect(openUserData(sealed, vector.session_key, data.watermark.appid)).toEqual({ outcome: 'opened', data });
    expect(openUserData(sealed, vector.session_key, 'wx0000000000000000')).toEqual({
      outcome: 'failed',
      reason: 'foreign_appid',
    });
  });

  it.each(file.vectors)('opens nothing under another key, a short key or iv, or from a cut text', (vector) => {
    const { encrypted_data: encryptedData, iv, session_key: key } = vector;
    const other = Buffer.alloc(16, 7).toString('base64');
    const opened = [
      openUserData({ encryptedData, iv }, other, 'wx'),
      openUserData({ encryptedData, iv }, 'short', 'wx'),
      openUserData({ encryptedData, iv: 'short' }, key, 'wx'),
      openUserData({ encryptedData: encryptedData.slice(0, -8), iv }, key, 'wx'),
      openUserData({ encryptedData: '', iv }, key, 'wx'),
    ];
    expect(opened).toEqual(opened.map(() => ({ outcome: 'failed', reason: 'undecryptable' })));
  });

  it.each(file.raw_data_signature)('believes $signature for its raw data and for no other', (vector) => {
    const { signature, raw_data: rawData, session_key: key } = vector;
    expect(isRawDataSignature(signature, rawData, key)).toBe(true);
    expect(isRawDataSignature(signature, `${rawData} `, key)).toBe(false);
    expect(isRawDataSignature(signature.slice(1), rawData, key)).toBe(false);
  });

  it('signs for checksession with the session key as it is written', () => {
    const { session_key: key, signature } = file.checksession_signature.derived_example;
    expect(sessionSignature(key)).toBe(signature);
  });
});
