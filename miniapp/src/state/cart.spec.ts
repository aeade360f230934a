import type { SkuSummary } from '@mall/shared/catalogue';
import { fen } from '@mall/shared/money';
import Taro from '@tarojs/taro';
import { addToCart, loadCart, reconcileCart, stepCart, useCart } from './cart';

const offered = (available: number) => ({
  skuId: 'sku_1',
  productId: 'prd_1',
  title: '茶壶',
  optionText: '',
  imageUrl: null,
  priceFen: fen(26_800),
  available,
});

function serverKnows(skus: SkuSummary[]): void {
  jest.mocked(Taro.request).mockResolvedValue({ statusCode: 200, data: JSON.stringify(skus) } as never);
}

describe('adding to the bag', () => {
  beforeEach(() => {
    loadCart();
    stepCart({ kind: 'remove', skuIds: ['sku_1'] });
  });

  it('shows at once and stays when the server agrees', async () => {
    serverKnows([offered(9)]);
    const answer = addToCart(offered(9), 2);
    expect(useCart.getState().lines).toHaveLength(1);
    await expect(answer).resolves.toBeNull();
    expect(useCart.getState().lines[0]).toMatchObject({ quantity: 2 });
  });

  it('is taken back with the reason when it has just sold out', async () => {
    serverKnows([offered(0)]);
    await expect(addToCart(offered(9), 1)).resolves.toBe('sold-out');
    expect(useCart.getState().lines).toEqual([]);
  });

  it('is reduced with the reason when there are fewer', async () => {
    serverKnows([offered(3)]);
    await expect(addToCart(offered(9), 5)).resolves.toBe('fewer');
    expect(useCart.getState().lines[0]).toMatchObject({ quantity: 3, available: 3 });
  });

  it('keeps the line when nobody answers, because checkout asks again', async () => {
    jest.mocked(Taro.request).mockRejectedValueOnce(new Error('down'));
    await expect(addToCart(offered(9), 1)).resolves.toBeNull();
    expect(useCart.getState().lines).toHaveLength(1);
  });

  it('follows the server when the bag is opened', async () => {
    serverKnows([offered(9)]);
    await addToCart(offered(9), 2);
    serverKnows([]);
    await reconcileCart();
    expect(useCart.getState().lines[0]).toMatchObject({ available: 0, selected: false });
  });
});
