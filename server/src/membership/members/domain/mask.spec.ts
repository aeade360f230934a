import { maskNickname, maskPhone } from './mask.js';

describe('masking (R2.6)', () => {
  it('keeps the initial of a nickname, a character outside the basic plane whole', () => {
    expect(maskNickname('王小雨')).toBe('王**');
    expect(maskNickname('😀笑')).toBe('😀**');
  });

  it('calls somebody without a nickname 顾客', () => {
    expect(maskNickname(null)).toBe('顾客');
    expect(maskNickname('  ')).toBe('顾客');
  });

  it('keeps three digits and four of a phone number, and fewer of a short one', () => {
    expect(maskPhone('13800138001')).toBe('138****8001');
    expect(maskPhone('62345678')).toBe('****78');
  });
});
