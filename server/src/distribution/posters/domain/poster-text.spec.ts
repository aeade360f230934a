import { drawable, fitLines } from './poster-text.js';

/** A Chinese character is 10 wide, anything else 5. */
const measure = (text: string): number =>
  [...text].reduce((sum, character) => sum + (/[\u2e80-\uffef…]/u.test(character) ? 10 : 5), 0);
const hanOnly = (codePoint: number): boolean => codePoint < 0xa000;

describe('texts on a poster', () => {
  it('break where the line is full, and end in an ellipsis when there is more', () => {
    expect(fitLines('羊毛混纺圆领开衫', 80, 2, measure)).toEqual(['羊毛混纺圆领开衫']);
    expect(fitLines('羊毛混纺圆领开衫女款', 60, 2, measure)).toEqual(['羊毛混纺圆领', '开衫女款']);
    expect(fitLines('羊毛混纺圆领开衫女款秋冬新款', 60, 2, measure)).toEqual(['羊毛混纺圆领', '开衫女款秋…']);
  });

  it('begin no line with a closing mark and end none with an opening one', () => {
    expect(fitLines('羊毛混纺圆领，开衫', 60, 2, measure)).toEqual(['羊毛混纺圆', '领，开衫']);
    expect(fitLines('羊毛混纺圆（领开衫）', 60, 2, measure)).toEqual(['羊毛混纺圆', '（领开衫）']);
  });

  it('keep words and numbers together, unless a word alone is longer than the line', () => {
    expect(fitLines('羊毛开衫 Cashmere', 70, 2, measure)).toEqual(['羊毛开衫', 'Cashmere']);
    expect(fitLines('Supercalifragilistic', 50, 2, measure)).toEqual(['Supercalif', 'ragilistic']);
  });

  it('end in the ellipsis without a mark before it', () => {
    expect(fitLines('羊毛混纺，圆领开衫', 60, 1, measure)).toEqual(['羊毛混纺…']);
  });

  it('lose emoji, joiners, directions and controls, and show a box for a letter that the font lacks', () => {
    expect(drawable('  开衫👩‍👩‍👧\u202e\n新款\u0007 ✨🇨🇳 ', hanOnly)).toBe('开衫 新款');
    expect(drawable('陈𠮷', hanOnly)).toBe('陈□');
    expect(drawable('<b>2 & 1</b>', hanOnly)).toBe('<b>2 & 1</b>');
    expect(drawable('👍👍', hanOnly)).toBe('');
  });
});
