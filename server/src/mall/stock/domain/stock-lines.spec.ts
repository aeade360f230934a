import { inLockOrder } from './stock-lines.js';

describe('stock lines', () => {
  it('R7.3: takes SKUs in one order, whatever the order of the cart, so that two buyers never deadlock', () => {
    const one = [
      { skuId: 'sku_b', quantity: 2 },
      { skuId: 'sku_a', quantity: 5 },
      { skuId: 'sku_c', quantity: 1 },
    ];
    expect(inLockOrder(one)).toEqual(inLockOrder([...one].reverse()));
    expect(inLockOrder(one).map(({ skuId }) => skuId)).toEqual(['sku_a', 'sku_b', 'sku_c']);
  });

  it('R7.3: asks for the sum when a SKU stands on two lines', () => {
    expect(
      inLockOrder([
        { skuId: 'sku_a', quantity: 3 },
        { skuId: 'sku_b', quantity: 1 },
        { skuId: 'sku_a', quantity: 4 },
      ]),
    ).toEqual([
      { skuId: 'sku_a', quantity: 7 },
      { skuId: 'sku_b', quantity: 1 },
    ]);
  });

  it.each([0, -1, 1.5, Number.NaN, 2 ** 60])('R7.3: takes no quantity of %p', (quantity) => {
    expect(() => inLockOrder([{ skuId: 'sku_a', quantity }])).toThrow(RangeError);
  });
});
