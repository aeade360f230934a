import { fen } from '@mall/shared/money';
import type { PickupStore, PlaceOrderRequest, Quote, QuoteRequest } from '@mall/shared/orders';
import { ProblemType } from '@mall/shared/problems';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { type Asked, Refusal, serveApi } from '../../../../test/fake-api';
import { storage } from '../../../../test/stubs/taro';
import { startCheckout } from '../../../state/checkout-draft';
import CheckoutPage from './index';

const stores: PickupStore[] = [
  { id: 'str_1', name: '静安店', province: '上海市', city: '上海市' },
  { id: 'str_2', name: '徐汇店', province: '上海市', city: '上海市' },
];

function quoted({ pickupStoreId = null }: QuoteRequest): Quote {
  const thing = { productId: 'p', optionText: '', imageUrl: null, quantity: 1, discountFen: fen(0) };
  const [price, nothing] = [fen(19_900), fen(0)];
  return {
    quoteHash: pickupStoreId ?? 'none',
    lines: [
      {
        ...thing,
        skuId: 'sku_1',
        title: '衬衫',
        unitPriceFen: price,
        goodsFen: price,
        payableFen: price,
        isGift: false,
        giftValueFen: nothing,
      },
      {
        ...thing,
        skuId: 'sku_1',
        title: '小样',
        unitPriceFen: nothing,
        goodsFen: nothing,
        payableFen: nothing,
        isGift: true,
        giftValueFen: fen(4_000),
      },
    ],
    goodsFen: price,
    discounts: [],
    discountFen: nothing,
    freightFen: pickupStoreId === null ? null : nothing,
    freightName: pickupStoreId === null ? null : '到店自提',
    totalFen: price,
    coupons: [],
  };
}

const press = (id: string) => fireEvent.click(document.getElementById(id) as HTMLElement);

beforeEach(() => {
  storage.clear();
  startCheckout([{ skuId: 'sku_1', quantity: 1 }], false);
});

describe('checkout: delivery or a store (R5.2)', () => {
  it('asks for stores only when she wants to collect, and orders to the store that she chose, without an address', async () => {
    const api = serveApi({
      'GET /me/addresses': [],
      'GET /pickup-stores': stores,
      'POST /quotes': ({ body }: Asked) => quoted(body as QuoteRequest),
      'POST /orders': new Refusal(409, ProblemType.StockInsufficient),
    });
    render(<CheckoutPage />);
    await screen.findByText('请先填地址');
    expect(api.times('GET /pickup-stores')).toBe(0);
    fireEvent.click(screen.getByText('到店自提'));
    await screen.findByText('选择自提门店');
    screen.getByText('请先选门店');
    press('checkout-store');
    fireEvent.click(await screen.findByText('徐汇店'));
    await screen.findByText('提交订单');
    await waitFor(() => expect(api.asked.at(-1)?.body).toMatchObject({ addressId: null, pickupStoreId: 'str_2' }));
    await waitFor(() => press('place-order'));
    await waitFor(() => expect(api.times('POST /orders')).toBe(1));
    const order = api.asked.find(({ path }) => path === '/orders')?.body as PlaceOrderRequest;
    expect(order).toMatchObject({ pickupStoreId: 'str_2', quoteHash: 'str_2' });
    expect(order).not.toHaveProperty('addressId');
  });

  it('takes the only store by itself, and says when the stores cannot be had', async () => {
    const api = serveApi({
      'GET /me/addresses': [],
      'POST /quotes': ({ body }: Asked) => quoted(body as QuoteRequest),
    });
    render(<CheckoutPage />);
    fireEvent.click(await screen.findByText('到店自提'));
    await screen.findByText('没有找到，可能已经不在了。');
    api.answer('GET /pickup-stores', stores.slice(0, 1));
    press('checkout-store');
    await screen.findByText('静安店');
    await screen.findByText('提交订单');
  });

  it('R6.1: shows a gift as a line of its own with what it is worth, even of a SKU that she buys too', async () => {
    serveApi({ 'GET /me/addresses': [], 'POST /quotes': ({ body }: Asked) => quoted(body as QuoteRequest) });
    render(<CheckoutPage />);
    await screen.findByText('小样');
    screen.getByText('衬衫');
    screen.getByText('赠品 价值 ¥40.00');
  });
});
