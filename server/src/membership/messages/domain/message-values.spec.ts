import { fitValue } from './message-values.js';

describe('values of subscribe messages (§4)', () => {
  it('cuts a thing at 20 characters and never through an emoji or a family of them', () => {
    expect(fitValue('thing', '亚麻衬衫')).toBe('亚麻衬衫');
    expect(fitValue('thing', '一二三四五六七八九十一二三四五六七八九十')).toHaveLength(20);
    expect(fitValue('thing', '一二三四五六七八九十一二三四五六七八九十一')).toBe(
      '一二三四五六七八九十一二三四五六七八九…',
    );
    const family = '👩‍👩‍👧‍👦';
    expect(fitValue('thing', `一二三四五六七八九十${family}${family}`)).toBe('一二三四五六七八九十…');
    expect(fitValue('thing', '')).toBeNull();
  });

  it('has no line breaks', () => {
    expect(fitValue('thing', '第一行\n第二行\t末')).toBe('第一行 第二行 末');
    expect(fitValue('thing', ' \n ')).toBeNull();
  });

  it('takes numbers to 32 digits, with decimals', () => {
    expect(fitValue('number', '12.5')).toBe('12.5');
    expect(fitValue('number', '1'.repeat(33))).toBeNull();
    expect(fitValue('number', '十二')).toBeNull();
  });

  it('takes letters and symbols of their kinds only', () => {
    expect(fitValue('letter', 'ABC')).toBe('ABC');
    expect(fitValue('letter', 'A1')).toBeNull();
    expect(fitValue('symbol', '+-*')).toBe('+-*');
    expect(fitValue('symbol', '******')).toBeNull();
  });

  it('takes no Chinese and no more than 32 characters as a character string', () => {
    expect(fitValue('character_string', 'SF20260101-9')).toBe('SF20260101-9');
    expect(fitValue('character_string', 'SF单号')).toBeNull();
    expect(fitValue('character_string', 'x'.repeat(33))).toBeNull();
  });

  it('takes times of 24 hours and dates', () => {
    expect(fitValue('time', '2026-11-28 09:30')).toBe('2026-11-28 09:30');
    expect(fitValue('time', '25:00')).toBeNull();
    expect(fitValue('date', '2026-11-28')).toBe('2026-11-28');
    expect(fitValue('date', '昨天')).toBeNull();
  });

  it('takes an amount of ten digits with one sign', () => {
    expect(fitValue('amount', '7.50元')).toBe('7.50元');
    expect(fitValue('amount', '¥7.50')).toBe('¥7.50');
    expect(fitValue('amount', '-7.50元')).toBeNull();
    expect(fitValue('amount', '12345678901元')).toBeNull();
  });

  it('takes phone and car numbers, names and phrases', () => {
    expect(fitValue('phone_number', '021-12345678')).toBe('021-12345678');
    expect(fitValue('phone_number', '1'.repeat(18))).toBeNull();
    expect(fitValue('car_number', '沪A12345')).toBe('沪A12345');
    expect(fitValue('car_number', '沪A123456X')).toBeNull();
    expect(fitValue('name', '欧阳娜娜娜娜娜娜娜娜娜')).toHaveLength(10);
    expect(fitValue('name', 'A'.repeat(21))).toBeNull();
    expect(fitValue('phrase', '已发货')).toBe('已发货');
    expect(fitValue('phrase', '顺丰速运公司')).toBeNull();
    expect(fitValue('phrase', 'EMS')).toBeNull();
  });

  it('knows no other type', () => {
    expect(fitValue('enum_string', '甲')).toBeNull();
  });
});
