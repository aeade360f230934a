import { fen } from '@mall/shared/money';
import type { OrderDetail } from '@mall/shared/orders';
import { render, screen } from '@testing-library/react';
import { Goods, PickupBlock, Refunds, StateHead } from './parts';

const line = {
  id: 'oli_1',
  skuId: 'sku_1',
  productId: 'prd_1',
  title: '小样',
  optionText: '',
  imageUrl: null,
  quantity: 1,
  unitPriceFen: fen(0),
  goodsFen: fen(0),
  discountFen: fen(0),
  payableFen: fen(0),
  refundedFen: fen(0),
  isGift: true,
  giftValueFen: fen(4_000),
};
const refund = {
  id: 'rfd_1',
  state: 'succeeded',
  amountFen: fen(6_000),
  withheldFen: fen(4_000),
  reason: '退一件',
} as const;
const store = { id: 'str_1', name: '静安店', province: '上海市', city: '上海市' };

function order(part: Partial<OrderDetail>): OrderDetail {
  const rest = { state: 'pickup_ready', deliveryKind: 'pickup', payBefore: null, lines: [line], refunds: [] };
  return {
    ...rest,
    number: '01K9TESTORDERAAA111',
    pickup: { store, readyAt: 1_795_300_000_000, code: 'K7M2QX' },
    ...part,
  } as OrderDetail;
}

describe('an order that she collects (R5.2)', () => {
  it('shows the code in two groups while the goods wait, and no code before and after', () => {
    const { rerender } = render(<PickupBlock order={order({})} />);
    screen.getByText('K7M 2QX');
    screen.getByText('提货码 · 单号尾 AAA111');
    screen.getByText('到店自提 静安店', { normalizer: (text) => text.replace(/\s+/g, ' ') });
    rerender(<PickupBlock order={order({ pickup: { store, readyAt: null, code: null } })} />);
    expect(screen.queryByText(/提货码/)).toBeNull();
  });

  it('says that the store prepares, not that a parcel is packed', () => {
    render(<StateHead order={order({ state: 'paid' })} />);
    screen.getByText('备货中');
    screen.getByText('门店正在备货，备好后在订单里能看到提货码。');
  });
});

describe('a gift in an order (R6.6)', () => {
  it('says what it is worth, and what a refund kept back for it or paid out again', () => {
    const refunds = [
      { ...refund, goodwill: false, createdAt: 1, succeededAt: 2 },
      { ...refund, id: 'rfd_2', withheldFen: fen(-4_000), goodwill: false, createdAt: 1, succeededAt: 2 },
    ];
    const goods = {
      ...line,
      id: 'oli_2',
      title: '衬衫',
      isGift: false,
      giftValueFen: fen(0),
      refundedFen: fen(10_000),
    };
    const { rerender } = render(<Goods order={order({ lines: [goods, line] })} />);
    screen.getByText('赠品 价值 ¥40.00');
    screen.getByText('已退 ¥100.00');
    // Of these goods only ¥60 came back as money.
    rerender(<Goods order={order({ lines: [goods, line], refunds })} />);
    screen.getByText('退回商品 ¥100.00');
    render(<Refunds order={order({ refunds })} />);
    screen.getByText('赠品没有一起退回，已扣 ¥40.00');
    screen.getByText('赠品已退回，含之前扣下的 ¥40.00');
  });
});
