import { shareCodeOf } from './landing-code';

describe('the code that the app was opened with (R2.2)', () => {
  it('is `s` of a card or a link', () => {
    expect(shareCodeOf({ id: 'prd_1', s: 'Ab3dEf9h' })).toBe('Ab3dEf9h');
  });

  it('is `scene` of a mini-program code, which WeChat delivers URL-encoded', () => {
    expect(shareCodeOf({ scene: 'QRCODE42' })).toBe('QRCODE42');
    expect(shareCodeOf({ scene: encodeURIComponent('s=QRCODE42') })).toBe('QRCODE42');
  });

  it('is nothing when the address holds none, or nonsense', () => {
    expect(shareCodeOf({ id: 'prd_1' })).toBeNull();
    expect(shareCodeOf({ s: '' })).toBeNull();
    expect(shareCodeOf({ s: '<script>' })).toBeNull();
    expect(shareCodeOf({ s: 'TOOLONGCODE' })).toBeNull();
    expect(shareCodeOf({ scene: '%E0%A4%A' })).toBeNull();
  });

  it('falls back to the scene when `s` is nonsense', () => {
    expect(shareCodeOf({ s: 'x', scene: 'QRCODE42' })).toBe('QRCODE42');
  });
});
