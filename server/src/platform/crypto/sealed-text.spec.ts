import { createCipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { SealedText } from './sealed-text.js';

const KEY = randomBytes(32);
const OTHER = randomBytes(32);
const sealed = new SealedText({ dataKey: KEY, dataKeysOld: [] });

describe('sealed text (§8)', () => {
  it('opens what it sealed, names its key, and seals the same text differently each time', () => {
    const [one, two] = [sealed.seal('13800138001'), sealed.seal('13800138001')];
    expect([sealed.open(one), sealed.open(two)]).toEqual(['13800138001', '13800138001']);
    expect(one).not.toBe(two);
    expect(one.startsWith(sealed.currentPrefix)).toBe(true);
    expect(new SealedText({ dataKey: OTHER, dataKeysOld: [] }).currentPrefix).not.toBe(sealed.currentPrefix);
  });

  it('refuses what was tampered with, cut, or sealed under a key that is not named', () => {
    const text = sealed.seal('南京西路 1 号');
    const at = text.length - 3;
    const changed = `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`;
    for (const bad of [changed, text.slice(0, -8), 'v3.x.y', '']) expect(() => sealed.open(bad)).toThrow();
    expect(() => new SealedText({ dataKey: OTHER, dataKeysOld: [] }).open(text)).toThrow('not among those');
  });

  it('opens texts of the first version, which named no key, under the current key and under an old one', () => {
    const cipherKey = Buffer.from(hkdfSync('sha256', KEY, '', 'mall seal', 32));
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', cipherKey, nonce);
    const body = Buffer.concat([cipher.update('林小雨', 'utf8'), cipher.final()]);
    const first = `v1.${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')}`;
    expect(sealed.open(first)).toBe('林小雨');
    expect(new SealedText({ dataKey: OTHER, dataKeysOld: [KEY] }).open(first)).toBe('林小雨');
    expect(() => new SealedText({ dataKey: OTHER, dataKeysOld: [] }).open(first)).toThrow('none of the data keys');
  });

  it('hashes under the current key first, and differently under each', () => {
    const rotated = new SealedText({ dataKey: OTHER, dataKeysOld: [KEY] });
    expect(rotated.lookupHashes('+86 1')).toEqual([rotated.lookupHash('+86 1'), sealed.lookupHash('+86 1')]);
    expect(new Set(rotated.lookupHashes('+86 1')).size).toBe(2);
  });
});
