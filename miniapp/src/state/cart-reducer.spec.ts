import type { SkuSummary } from '@mall/shared/catalogue';
import { fen } from '@mall/shared/money';
import { type CartLine, cartAfter, MOST, parseCart, pieces, selectedLines, selectedTotal } from './cart-reducer';

const offered = (skuId: string, available: number, priceFen = 12_900) => ({
  skuId,
  productId: 'prd_1',
  title: '茶壶',
  optionText: '松绿',
  imageUrl: null,
  priceFen: fen(priceFen),
  available,
});
const line = (skuId: string, part: Partial<CartLine> = {}): CartLine => ({
  ...offered(skuId, 7),
  quantity: 2,
  selected: true,
  ...part,
});
const summary = (skuId: string, available: number, priceFen: number): SkuSummary => offered(skuId, available, priceFen);

describe('the bag', () => {
  it('puts a new line first and selects it', () => {
    const lines = cartAfter([line('a')], { kind: 'add', line: offered('b', 5), quantity: 1 });
    expect(lines.map((entry) => [entry.skuId, entry.quantity, entry.selected])).toEqual([
      ['b', 1, true],
      ['a', 2, true],
    ]);
  });

  it('adds to a line that is there already, up to what is in stock', () => {
    const [first, ...others] = cartAfter([line('a', { quantity: 4 })], {
      kind: 'add',
      line: offered('a', 6),
      quantity: 5,
    });
    expect(first?.quantity).toBe(6);
    expect(others).toEqual([]);
  });

  it('never holds less than one piece or more than an order line takes', () => {
    const lines = [line('a', { available: 500 })];
    expect(cartAfter(lines, { kind: 'quantity', skuId: 'a', quantity: 0 })[0]?.quantity).toBe(1);
    expect(cartAfter(lines, { kind: 'quantity', skuId: 'a', quantity: 1_000_000_000 })[0]?.quantity).toBe(MOST);
  });

  it('follows the server in price and stock, and unselects what can no longer be bought', () => {
    const before = [line('a', { quantity: 5 }), line('b'), line('c', { quantity: 3 })];
    const after = cartAfter(before, {
      kind: 'reconcile',
      asked: ['a', 'b'],
      known: [summary('a', 3, 9_900)],
    });
    expect(after[0]).toMatchObject({ quantity: 3, priceFen: 9_900, available: 3, selected: true });
    expect(after[1]).toMatchObject({ available: 0, selected: false });
    expect(after[2]).toBe(before[2]);
  });

  it('does not select a sold-out line, neither alone nor with all', () => {
    const lines = [line('a', { available: 0, selected: false }), line('b', { selected: false })];
    expect(selectedLines(cartAfter(lines, { kind: 'select', skuId: 'a', selected: true }))).toEqual([]);
    const all = cartAfter(lines, { kind: 'select-all', selected: true });
    expect(selectedLines(all).map((entry) => entry.skuId)).toEqual(['b']);
  });

  it('sums the selected lines in whole fen (R1.1)', () => {
    const lines = [
      line('a', { quantity: 3, priceFen: fen(3_333) }),
      line('b', { selected: false }),
      line('c', { quantity: 1 }),
    ];
    expect(selectedTotal(lines)).toBe(3 * 3_333 + 12_900);
    expect(pieces(lines)).toBe(6);
  });

  it('drops stored lines of another shape and keeps the others', () => {
    const good = line('a');
    expect(parseCart([good, { skuId: 'b' }, null, { ...good, priceFen: 12.5 }])).toEqual([good]);
    expect(parseCart({ lines: [] })).toBeNull();
  });
});
