import { bps, fen } from '@mall/shared/money';
import { conditionText, originText, valueText } from './coupon-words';

describe('what a coupon says', () => {
  it('names what it gives', () => {
    expect(valueText({ kind: 'amount_off', discountFen: fen(3_050), rateBps: null })).toBe('¥30.50');
    expect(valueText({ kind: 'percent_off', discountFen: null, rateBps: bps(1_500) })).toBe('8.5折');
    expect(valueText({ kind: 'percent_off', discountFen: null, rateBps: bps(2_000) })).toBe('8折');
    expect(valueText({ kind: 'free_freight', discountFen: null, rateBps: null })).toBe('免运费');
  });

  it('names its threshold and its cap', () => {
    expect(conditionText({ thresholdFen: fen(20_000), capFen: fen(5_000) })).toBe('满 ¥200 可用，最多减 ¥50');
    expect(conditionText({ thresholdFen: fen(0), capFen: null })).toBe('无门槛');
  });

  it('does not say its name twice', () => {
    expect(originText({ name: '复购券', sourceText: '复购券 · 感谢您的上次购买' })).toBe('感谢您的上次购买');
    expect(originText({ name: '生日券', sourceText: '品牌赠送' })).toBe('品牌赠送');
  });
});
