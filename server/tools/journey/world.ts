import type { CatalogueImportReport, ProductCard, ProductDetail, Sku } from '@mall/shared/catalogue';
import type { CommissionEntry, ShareLink } from '@mall/shared/guides';
import type { SessionResponse } from '@mall/shared/membership';
import type { OrderDetail, PaymentParams, Quote } from '@mall/shared/orders';
import type { Page } from '@mall/shared/paging';
import type { ApiClient } from './api-client.js';
import { type RememberedOrder, spread } from './arithmetic.js';

/** Something to buy. */
export interface Item {
  product: ProductDetail;
  sku: Sku;
}

/** What the journey has made so far. */
export interface World {
  api: ApiClient;
  emulator: ApiClient;
  hqPassword: string;
  catalogue: { name: string; content: Buffer };
  hqToken: string;
  storeId: string;
  guideId: string;
  guide: SessionResponse;
  customer: SessionResponse;
  customerPersona: string;
  guidePersona: string;
  items: Item[];
  link: ShareLink;
  addressId: string;
  rates: { guideBps: number; storeBps: number };
  orders: RememberedOrder[];
  couponsIssued: number;
  couponsRedeemed: number;
  importReport: CatalogueImportReport;
}

/** Fails the step with one sentence. */
export function demand(condition: boolean, sentence: string): asserts condition {
  if (!condition) throw new Error(sentence);
}

/** A person opens the mini-program. */
export async function signIn(world: Pick<World, 'api' | 'emulator'>, persona: string): Promise<SessionResponse> {
  const { code } = await world.emulator.post<{ code: string }>('/device/login-code', { persona });
  return world.api.post<SessionResponse>('/api/sessions/wechat', { code });
}

/** A person joins, and says by whose customer she becomes. */
export async function join(world: World, persona: string, session: SessionResponse) {
  const { api, emulator } = world;
  const offer = await api.get<{ policyVersion: string; offerTouchId: string | null; guide: { name: string } | null }>(
    '/api/me/join-offer',
    session.token,
  );
  const { code: phoneCode } = await emulator.post<{ code: string }>('/device/phone-code', { persona });
  const { policyVersion, offerTouchId } = offer;
  const body = { phoneCode, policyVersion, offerTouchId, purposes: ['membership', 'guide_service'] };
  const me = await api.post<SessionResponse['me']>('/api/me/join', body, session.token);
  return { offer, me };
}

/** Up to `count` SKUs of different products that can be bought now. */
export async function findItems(api: ApiClient, count: number): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | null = '';
  while (items.length < count && cursor !== null) {
    const query: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page: Page<ProductCard> = await api.get(`/api/products?limit=50&inStock=true${query}`);
    for (const { id } of page.items) {
      if (items.length === count) break;
      const product = await api.get<ProductDetail>(`/api/products/${id}`);
      const sku = product.skus.find(({ available, priceFen }) => available > 0 && priceFen >= 1_000);
      if (sku) items.push({ product, sku });
    }
    cursor = page.nextCursor;
  }
  return items;
}

/** Quotes and places an order, twice with one key: the second answer must be the same order (R7.2). */
export async function placeOrder(world: World, items: readonly Item[], couponId: string | null) {
  const { api, customer, addressId } = world;
  const lines = items.map(({ sku }) => ({ skuId: sku.id, quantity: 1 }));
  const couponIds = couponId === null ? [] : [couponId];
  const quote = await api.post<Quote>('/api/quotes', { lines, addressId, couponIds }, customer.token);
  const request = { lines, addressId, couponIds, quoteHash: quote.quoteHash };
  const key = `journey-${world.orders.length}-${Math.floor(performance.now())}`;
  const order = await api.postOnce<OrderDetail>('/api/orders', request, customer.token, key);
  const again = await api.postOnce<OrderDetail>('/api/orders', request, customer.token, key);
  demand(again.id === order.id, `one Idempotency-Key made two orders, ${order.id} and ${again.id}`);
  return { quote, order, remembered: remember(world, items, order, quote) };
}

/** Writes down what the order must cost, worked out from the prices on the shelf and the coupon's face value. */
function remember(world: World, items: readonly Item[], order: OrderDetail, quote: Quote): RememberedOrder {
  const prices = items.map(({ sku }) => BigInt(sku.priceFen));
  const goods = prices.reduce((sum, price) => sum + price, 0n);
  const coupon = quote.coupons.find(({ applied }) => applied);
  const couponFen = coupon ? BigInt(coupon.givesFen) : 0n;
  const parts = spread(couponFen, prices);
  const freightFen = BigInt(order.freightFen);
  const paidFen = goods - couponFen + freightFen;
  demand(BigInt(order.totalFen) === paidFen, `the order costs ${order.totalFen} fen, the shelf says ${paidFen}`);
  const lines = items.map(({ sku }, index) => {
    const line = order.lines[index];
    demand(line?.skuId === sku.id, `line ${index} of the order is not ${sku.id}`);
    return {
      orderLineId: line.id,
      skuId: sku.id,
      quantity: 1,
      unitPriceFen: sku.priceFen,
      baseFen: (prices[index] ?? 0n) - (parts[index] ?? 0n),
      guideBps: world.rates.guideBps,
      storeBps: world.rates.storeBps,
      refundedFen: 0n,
    };
  });
  return { orderId: order.id, paidFen, freightFen, refundedFen: 0n, lines };
}

/** Pays in the emulator as the phone would, and waits for WeChat's notice to reach the server. */
export async function pay(world: World, orderId: string): Promise<OrderDetail> {
  const { api, emulator, customer, customerPersona } = world;
  const params = await api.post<PaymentParams>(`/api/orders/${orderId}/payment`, {}, customer.token);
  const { appId } = await api.get<{ appId: string }>('/api/client-config');
  await emulator.post('/cashier/pay', { ...params, appId, prepay_id: params.prepayId, persona: customerPersona });
  const until = performance.now() + 20_000;
  for (;;) {
    const order = await api.get<OrderDetail>(`/api/orders/${orderId}`, customer.token);
    if (order.state === 'paid') return order;
    demand(performance.now() < until, `order ${orderId} is ${order.state} 20 s after payment`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The guide's entries of one order. */
export async function entriesOf(world: World, orderId: string): Promise<CommissionEntry[]> {
  const page = await world.api.get<Page<CommissionEntry>>('/api/guide/commissions', world.guide.token);
  return page.items.filter((entry) => entry.orderId === orderId);
}
