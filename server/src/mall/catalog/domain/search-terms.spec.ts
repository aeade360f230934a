import { afterPrefix, conditionsOf, searchTextOf, termsOf } from './search-terms.js';

describe('search terms', () => {
  it('indexes Chinese by character and by pair, so that two-character words are found', () => {
    expect(termsOf(['羊毛开衫'])).toEqual(['羊', '毛', '开', '衫', '羊毛', '毛开', '开衫']);
    expect(conditionsOf('开衫')).toEqual([{ kind: 'term', text: '开衫' }]);
    expect(conditionsOf('衫')).toEqual([{ kind: 'term', text: '衫' }]);
  });

  it('takes letters and Chinese apart', () => {
    expect(termsOf(['T恤'])).toEqual(['t', '恤']);
    expect(conditionsOf('V领T恤')).toEqual([
      { kind: 'prefix', text: 'v' },
      { kind: 'term', text: '领' },
      { kind: 'prefix', text: 't' },
      { kind: 'term', text: '恤' },
    ]);
  });

  it('tells no case, width or accent apart', () => {
    expect(termsOf(['ＣＡＦÉ No.５'])).toEqual(['cafe', 'no', '5']);
  });

  it('searches for nothing in a text without letters', () => {
    expect(conditionsOf(' ％！—  ')).toEqual([]);
  });

  it('finds every pair of a phrase in what was indexed for it', () => {
    const terms = new Set(termsOf(['亚麻混纺宽松衬衫']));
    expect(conditionsOf('宽松衬衫').every(({ text }) => terms.has(text))).toBe(true);
  });

  it('ends a prefix range after the last word that starts with it', () => {
    const words = ['car', 'card', 'carzzz', 'cas', 'cb'];
    expect(words.filter((word) => word >= 'car' && word < afterPrefix('car'))).toEqual(['car', 'card', 'carzzz']);
    expect('v9' < afterPrefix('v') && !('w' < afterPrefix('v'))).toBe(true);
  });

  it('puts a blank on both sides of every term', () => {
    expect(searchTextOf(['a', '开衫'])).toBe(' a 开衫 ');
  });

  it('keeps a very long text from filling the index', () => {
    expect(termsOf([Array.from({ length: 900 }, (_, index) => `w${index}`).join(' ')])).toHaveLength(300);
    expect(conditionsOf('a b c d e f g h i j')).toHaveLength(8);
  });
});
