import { fen } from '@mall/shared/money';
import { DEFAULT_FREIGHT_RULES } from './default-freight-rules.js';
import { faultsOfRules, quoteFreight } from './quote-freight.js';

const quote = (province: string, goods: number) => quoteFreight(DEFAULT_FREIGHT_RULES, province, fen(goods));

describe('freight', () => {
  it('charges the standard rate below the amount from which it is free, and nothing from there on', () => {
    expect(quote('上海市', 19_899)).toEqual({ served: true, freightFen: 1_200, name: '全国标准配送' });
    expect(quote('上海市', 19_900)).toEqual({ served: true, freightFen: 0, name: '全国标准配送' });
  });

  it('lets the rule that names the province decide, whatever its place in the list', () => {
    expect(quote('新疆', 39_899)).toEqual({ served: true, freightFen: 2_500, name: '边远地区配送' });
    expect(quote('西藏', 39_900)).toMatchObject({ freightFen: 0 });
  });

  it.each(['新疆维吾尔自治区', '新 疆', '西藏自治区'])('knows %s by its full name', (province) => {
    expect(quote(province, 100)).toMatchObject({ freightFen: 2_500 });
  });

  it.each(['香港特别行政区', '澳门', '台湾省'])('does not deliver to %s and says so', (province) => {
    expect(quote(province, 100_000)).toEqual({
      served: false,
      reason: `暂不支持配送到${province}，请换一个收货地址`,
    });
  });

  it('delivers nowhere that no rule covers', () => {
    expect(quoteFreight(DEFAULT_FREIGHT_RULES.slice(1), '上海市', fen(100))).toMatchObject({ served: false });
  });

  it('never becomes free without an amount', () => {
    const rules = [{ provinces: [], name: '到付', freightFen: 800, freeFromFen: null, served: true }];
    expect(quoteFreight(rules, '北京市', fen(9_999_999))).toMatchObject({ freightFen: 800 });
  });

  it('refuses rules that name a place twice', () => {
    const rule = { name: '配送', freightFen: 600, freeFromFen: null, served: true };
    expect(
      faultsOfRules([
        { ...rule, provinces: ['广东'] },
        { ...rule, provinces: ['广东省'] },
      ]),
    ).toHaveLength(1);
    expect(
      faultsOfRules([
        { ...rule, provinces: [] },
        { ...rule, provinces: [] },
      ]),
    ).toHaveLength(1);
    expect(faultsOfRules(DEFAULT_FREIGHT_RULES)).toEqual([]);
  });
});
