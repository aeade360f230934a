import type { ProductCard } from '@mall/shared/catalogue';
import type { CouponCampaignInput } from '@mall/shared/coupons';
import type { ShareLink } from '@mall/shared/guides';
import type { Me, SessionResponse } from '@mall/shared/membership';
import type { OrderDetail, OrderSummary, PaymentParams, Quote, RefundSummary } from '@mall/shared/orders';
import type { Page } from '@mall/shared/paging';
import { Database } from '../../server/src/platform/database/database.js';
import type { TestMall } from '../../server/test/support/test-mall.js';
import { eventually } from '../../server/tools/journey/api-client.js';
import { findItems, join, signIn } from '../../server/tools/journey/world.js';

/** The thing of the demo shop that most stories are about: it has colours and sizes. */
export const CARDIGAN = '美利奴羊毛开衫';

/** What happens beside the phone that a test looks at: over the API, because it is not what the test is about. */
export class Shopping {
  private readonly sessions = new Map<string, SessionResponse>();
  hqToken = '';
  private skuId = '';

  constructor(private readonly mall: TestMall) {}

  async opens(): Promise<void> {
    const { api, hqPassword: password } = this.mall;
    this.hqToken = (await api.post<{ token: string }>('/api/hq/sessions', { username: 'admin', password })).token;
    this.skuId = (await findItems(api, 1))[0]?.sku.id ?? '';
  }

  async token(persona: string): Promise<string> {
    const known = this.sessions.get(persona) ?? (await signIn(this.mall, persona));
    this.sessions.set(persona, known);
    return known.token;
  }

  hq<T>(path: string, body: unknown = {}): Promise<T> {
    return this.mall.api.post<T>(path, body, this.hqToken);
  }

  async shareCode(guide: string): Promise<string> {
    const link = { placement: 'card' };
    return (await this.mall.api.post<ShareLink>('/api/guide/share-links', link, await this.token(guide))).code;
  }

  async touches(persona: string, shareCode: string): Promise<void> {
    await this.mall.api.post('/api/touches', { shareCode, scene: 1007 }, await this.token(persona));
  }

  async joins(persona: string): Promise<void> {
    await this.token(persona);
    await join(this.mall as never, persona, this.sessions.get(persona) as SessionResponse);
  }

  /** Her session is gone: the next question signs her in anew. */
  forgets(persona: string): void {
    this.sessions.delete(persona);
  }

  /** Gives her an address; returns its id. */
  async lives(persona: string): Promise<string> {
    const place = { province: '上海市', city: '上海市', district: '静安区', detail: '南京西路 1 号' };
    const to = { recipient: '林小雨', phone: '13800138000', ...place, isDefault: true };
    return (await this.mall.api.post<{ id: string }>('/api/me/addresses', to, await this.token(persona))).id;
  }

  /** HQ puts more pieces of the first thing on the shelf. */
  async restocks(delta: number): Promise<void> {
    await this.hq(`/api/hq/skus/${this.skuId}/stock-adjustments`, { delta, reason: '补货' });
  }

  /** Orders two of the first thing on the shelf and does not pay; returns the order's id. */
  async places(persona: string, given?: { addressId: string } | { pickupStoreId: string }): Promise<string> {
    const { api } = this.mall;
    const token = await this.token(persona);
    const lines = [{ skuId: this.skuId, quantity: 2 }];
    const to = given ?? { addressId: await this.lives(persona) };
    const wanted = { lines, ...to, couponIds: [] };
    const { quoteHash } = await api.post<Quote>('/api/quotes', wanted, token);
    return (await api.postOnce<OrderDetail>('/api/orders', { ...wanted, quoteHash }, token)).id;
  }

  /** Buys two of the first thing on the shelf and pays; with a store she collects them there. */
  async buys(persona: string, pickupStoreId?: string): Promise<OrderDetail> {
    const { api, emulator, running } = this.mall;
    const token = await this.token(persona);
    const id = await this.places(persona, pickupStoreId === undefined ? undefined : { pickupStoreId });
    const params = await api.post<PaymentParams>(`/api/orders/${id}/payment`, {}, token);
    const { appId } = running.credentials;
    const pressed = { ...params, appId, prepay_id: params.prepayId, persona };
    await emulator.call('POST', '/cashier/pay', { body: pressed });
    const paid = await eventually(
      `order ${id} being paid`,
      () => api.get<OrderDetail>(`/api/orders/${id}`, token),
      ({ state }) => state === 'paid',
    );
    await this.mall.settle();
    return paid;
  }

  async receives(persona: string, orderId: string): Promise<void> {
    await this.hq(`/api/hq/orders/${orderId}/shipments`, { carrier: 'SF', trackingNumber: 'SF1234567890' });
    await this.mall.api.post(`/api/orders/${orderId}/receipt`, {}, await this.token(persona));
    await this.mall.settle();
  }

  /** HQ gives her a coupon of a template that nobody else has. */
  async grants(persona: string, coupon: Omit<CouponCampaignInput['coupon'], 'validDays'>): Promise<void> {
    const { api } = this.mall;
    const { id: memberId } = await api.get<Me>('/api/me', await this.token(persona));
    const input = { name: coupon.name, trigger: 'received', holdoutBps: 0, coupon: { validDays: 30, ...coupon } };
    const { id } = await this.hq<{ id: string }>('/api/hq/coupon-campaigns', input);
    await this.hq(`/api/hq/coupon-campaigns/${id}/end`);
    const templates = await api.get<{ id: string; name: string }[]>('/api/hq/coupon-templates', this.hqToken);
    const template = templates.find(({ name }) => name === coupon.name);
    const grant = { memberId, reason: '测试' };
    await api.postOnce(`/api/hq/coupon-templates/${template?.id}/grants`, grant, this.hqToken);
  }

  /** What the server says about her orders, newest first. */
  async ordersOf(persona: string): Promise<OrderSummary[]> {
    return (await this.mall.api.get<Page<OrderSummary>>('/api/orders', await this.token(persona))).items;
  }

  async newestOrder(persona: string): Promise<OrderDetail> {
    const [newest] = await this.ordersOf(persona);
    return this.mall.api.get<OrderDetail>(`/api/orders/${newest?.id}`, await this.token(persona));
  }

  /** The id of what the search finds under its title. */
  async productOf(title: string): Promise<string> {
    const { items } = await this.mall.api.get<Page<ProductCard>>(`/api/products?q=${encodeURIComponent(title)}`);
    const found = items.find((product) => product.title === title);
    if (found === undefined) throw new Error(`the search does not find ${title}`);
    return found.id;
  }

  /** One piece of the first line comes back; a gift is kept. */
  async refundsOne({ id, lines }: OrderDetail): Promise<void> {
    await this.refunds(id, lines.find(({ isGift }) => !isGift)?.unitPriceFen ?? 0);
  }

  /** HQ gives back so much of the first line that was paid for, and WeChat has done it. */
  async refunds(orderId: string, amountFen: number): Promise<void> {
    const { api } = this.mall;
    const path = `/api/hq/orders/${orderId}`;
    const order = await api.get<OrderDetail>(path, this.hqToken);
    const line = order.lines.find(({ isGift }) => !isGift);
    const lines = [{ orderLineId: line?.id, amountFen }];
    const request = { lines, freightFen: 0, goodwill: false, reason: '尺寸不合适' };
    const { id } = await api.postOnce<RefundSummary>(`${path}/refunds`, request, this.hqToken);
    await eventually(
      'the refund being done',
      () => this.mall.app.get(Database).first<{ state: string }>('SELECT state FROM refunds WHERE id = ?', [id]),
      (refund) => refund?.state === 'succeeded',
    );
    await this.mall.settle();
  }

  async daysPass(days: number): Promise<void> {
    await this.mall.api.post('/api/demo/clock/advance', { days });
    await this.mall.settle();
  }
}
