import { fen } from '@mall/shared/money';
import { chosenSku, firstChoice, openOptions, valueState } from './sku-choice';

const sku = (id: string, optionValues: string[], available: number) => ({
  id,
  optionValues,
  available,
  priceFen: fen(9_900),
  compareAtFen: null,
  imageUrl: null,
});
const shirt = {
  options: [
    { name: '颜色', values: ['米白', '松绿'] },
    { name: '尺寸', values: ['S', 'M'] },
  ],
  skus: [sku('ws', ['米白', 'S'], 4), sku('wm', ['米白', 'M'], 0), sku('gs', ['松绿', 'S'], 2)],
};

describe('choosing a SKU', () => {
  it('starts open when there is a choice, and decided when there is none', () => {
    expect(firstChoice(shirt)).toEqual([null, null]);
    expect(firstChoice({ options: [{ name: '款式', values: ['单件'] }], skus: [sku('o', ['单件'], 1)] })).toEqual([
      '单件',
    ]);
    expect(firstChoice({ options: [], skus: [sku('o', [], 1)] })).toEqual([]);
  });

  it('finds the SKU only once every option is chosen', () => {
    expect(chosenSku(shirt, ['松绿', null])).toBeNull();
    expect(chosenSku(shirt, ['松绿', 'S'])?.id).toBe('gs');
    expect(chosenSku(shirt, ['松绿', 'M'])).toBeNull();
    expect(chosenSku({ skus: [sku('o', [], 1)] }, [])?.id).toBe('o');
  });

  it('says which values are sold out and which do not exist, given the other choices', () => {
    expect(valueState(shirt, [null, null], 1, 'M')).toBe('sold-out');
    expect(valueState(shirt, ['松绿', null], 1, 'M')).toBe('absent');
    expect(valueState(shirt, ['米白', null], 1, 'S')).toBe('open');
  });

  it('names what is still to be chosen', () => {
    expect(openOptions(shirt, ['米白', null])).toEqual(['尺寸']);
    expect(openOptions(shirt, ['米白', 'S'])).toEqual([]);
  });
});
