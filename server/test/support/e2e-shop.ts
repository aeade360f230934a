/** A small open shop for HTTP tests: goods, freight, a store, a guide with a link, a rate, and people who buy. */
import type { CouponCampaignInput } from '@mall/shared/coupons';
import type { CommissionEntry, GuideInvitation, ShareLink, Store } from '@mall/shared/guides';
import type { BusinessTime, CommissionRule } from '@mall/shared/hq';
import type { Address, SessionResponse, TouchResponse } from '@mall/shared/membership';
import type { OrderDetail, PaymentParams, Quote, RefundRequest, RefundSummary } from '@mall/shared/orders';
import { Database } from '../../src/platform/database/database.js';
import type { SqlValue } from '../../src/platform/database/tx.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { eventually } from '../../tools/journey/api-client.js';
import { join, signIn } from '../../tools/journey/world.js';
import type { Engine } from './test-database.js';
import { startTestMall, type TestMall } from './test-mall.js';

/** SKU codes are the keys by which tests name goods. Prices are distinct on purpose. */
const CATALOGUE = [
  'Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Qty,Variant Price,Image Src',
  'linen-shirt,亚麻衬衫,<p>透气</p>,素野,上衣,,true,Title,Default Title,SHIRT,500,199.00,',
  'canvas-bag,帆布托特包,<p>耐用</p>,素野,包袋,,true,Title,Default Title,BAG,500,59.90,',
  'wool-scarf,羊毛围巾,<p>保暖</p>,山屋,配件,,true,Title,Default Title,SCARF,500,100.00,',
  'cotton-socks,棉袜,<p>三双</p>,山屋,配件,,true,Title,Default Title,SOCKS,500,30.00,',
  'silk-robe,真丝睡袍,<p>限量</p>,素野,家居,,true,Title,Default Title,RARE,10,888.88,',
  'felt-hat,呢帽,<p>售罄</p>,山屋,配件,,true,Title,Default Title,SOLDOUT,0,77.70,',
  'old-vest,旧款马甲,<p>下架</p>,山屋,上衣,,false,Title,Default Title,HIDDEN,40,66.60,',
].join('\n');

export type SkuCode = 'SHIRT' | 'BAG' | 'SCARF' | 'SOCKS' | 'RARE' | 'SOLDOUT' | 'HIDDEN';
const ALL_CODES: readonly SkuCode[] = ['SHIRT', 'BAG', 'SCARF', 'SOCKS', 'RARE', 'SOLDOUT', 'HIDDEN'];

export const RATE = { guideBps: 750, storeBps: 233 };
export const FREIGHT_FEN = 1_200;
/** Delivery is free here, so that an order can cost nothing (C13). */
export const FREE_PROVINCE = '浙江省';
export const UNSERVED_PROVINCE = '西藏自治区';

export interface Person {
  persona: string;
  token: string;
  memberId: string;
  addressId: string;
}

export interface GuidePerson extends Person {
  guideId: string;
  name: string;
  code: string;
}

export type Basket = Partial<Record<SkuCode, number>>;

export interface CustomerWish {
  /** Opens this share code first. */
  through?: string;
  joins?: boolean;
  province?: string;
}

let people = 0;

/** Where a shop can stand: a mall in this process, or one in a process of its own whose database is looked into. */
export type Ground = Omit<TestMall, 'app'> & { app: Pick<TestMall['app'], 'get'> };

export class Shop {
  hqToken = '';
  store!: Store;
  guide!: GuidePerson;
  skus = {} as Record<SkuCode, string>;
  private templates = 0;

  private constructor(readonly mall: Ground) {}

  /** Starts a mall of its own and opens the shop in it. */
  static async open(engine: Engine, overrides: Record<string, string> = {}): Promise<Shop> {
    return Shop.openIn(await startTestMall(engine, overrides));
  }

  static async openIn(mall: Ground): Promise<Shop> {
    const shop = new Shop(mall);
    const admin = { username: 'admin', password: mall.hqPassword };
    shop.hqToken = (await mall.api.post<{ token: string }>('/api/hq/sessions', admin)).token;
    const text = { type: 'text/csv', content: CATALOGUE };
    await mall.api.call('POST', '/api/hq/catalogue/imports', { text, token: shop.hqToken });
    await shop.findSkus();
    const everywhere = { provinces: [], name: '普通快递', freightFen: FREIGHT_FEN, freeFromFen: null, served: true };
    const rules = [
      everywhere,
      { ...everywhere, provinces: [FREE_PROVINCE], name: '包邮', freightFen: 0 },
      { ...everywhere, provinces: [UNSERVED_PROVINCE], name: '不配送', served: false },
    ];
    await mall.api.call('PUT', '/api/hq/freight-rules', { body: { rules }, token: shop.hqToken });
    const store = { code: 'E2E-1', name: '静安店', type: 'direct', province: '上海市', city: '上海市' };
    shop.store = await shop.hq<Store>('/api/hq/stores', store);
    await shop.publishRate(RATE.guideBps, RATE.storeBps);
    shop.guide = await shop.newGuide('陈静');
    return shop;
  }

  close(): Promise<void> {
    return this.mall.close();
  }

  /** POST as HQ's owner. */
  hq<T>(path: string, body: unknown = {}): Promise<T> {
    return this.mall.api.post<T>(path, body, this.hqToken);
  }

  hqGet<T>(path: string): Promise<T> {
    return this.mall.api.get<T>(path, this.hqToken);
  }

  query<Row>(sql: string, values: readonly SqlValue[] = []): Promise<Row[]> {
    return this.mall.app.get(Database).query<Row>(sql, values);
  }

  execute(sql: string, values: readonly SqlValue[] = []): Promise<number> {
    return this.mall.app.get(UnitOfWork).run((tx) => tx.execute(sql, values));
  }

  async count(table: string, where = '1 = 1', values: readonly SqlValue[] = []): Promise<number> {
    const [row] = await this.query<{ n: number }>(`SELECT COUNT(*) AS n FROM ${table} WHERE ${where}`, values);
    return Number(row?.n);
  }

  publishRate(guideBps: number, storeBps: number, effectiveFrom?: number): Promise<CommissionRule> {
    const scope = { productScope: { kind: 'any' }, sellerScope: { kind: 'any' } };
    return this.hq('/api/hq/commission-rules', { ...scope, guideBps, storeBps, effectiveFrom, reason: '测试费率' });
  }

  async now(): Promise<number> {
    return (await this.mall.api.get<BusinessTime>('/api/demo/clock')).now;
  }

  async advance(by: { days?: number; hours?: number }): Promise<number> {
    return (await this.mall.api.post<BusinessTime>('/api/demo/clock/advance', by)).now;
  }

  async newGuide(name: string): Promise<GuidePerson> {
    const person = await this.newCustomer({ joins: true });
    const invitation = { storeId: this.store.id, guideName: name };
    const { code: invited } = await this.hq<GuideInvitation>('/api/hq/guide-invitations', invitation);
    const path = `/api/guide-invitations/${invited}/accept`;
    const me = await this.mall.api.post<SessionResponse['me']>(path, {}, person.token);
    const link = await this.share(person.token);
    return { ...person, guideId: me.guide?.id ?? '', name, code: link.code };
  }

  share(token: string): Promise<ShareLink> {
    return this.mall.api.post<ShareLink>('/api/guide/share-links', { placement: 'card' }, token);
  }

  touch(person: Pick<Person, 'token'>, shareCode: string): Promise<TouchResponse> {
    return this.mall.api.post<TouchResponse>('/api/touches', { shareCode, scene: 1007 }, person.token);
  }

  /** Somebody new with an address; a visitor unless she joins. */
  async newCustomer({ through, joins = false, province = '上海市' }: CustomerWish = {}): Promise<Person> {
    people += 1;
    const persona = `e2e-${process.pid}-${people}`;
    const session = await signIn(this.mall, persona);
    if (through !== undefined) await this.touch(session, through);
    if (joins) await join(this.mall as never, persona, session);
    const address = await this.newAddress(session.token, province);
    return { persona, token: session.token, memberId: session.me.id, addressId: address.id };
  }

  newAddress(token: string, province: string): Promise<Address> {
    const place = { province, city: province, district: '静安区', detail: '南京西路 1 号' };
    const input = { recipient: '林小雨', phone: '13800138000', ...place, isDefault: true };
    return this.mall.api.post<Address>('/api/me/addresses', input, token);
  }

  lines(basket: Basket): { skuId: string; quantity: number }[] {
    return Object.entries(basket).map(([code, quantity]) => ({ skuId: this.skus[code as SkuCode], quantity }));
  }

  quote(person: Person, basket: Basket, couponIds: string[] = []): Promise<Quote> {
    const body = { lines: this.lines(basket), addressId: person.addressId, couponIds };
    return this.mall.api.post<Quote>('/api/quotes', body, person.token);
  }

  /** A placement's body that is good at this moment. */
  async placement(person: Person, basket: Basket, couponIds: string[] = []) {
    const { quoteHash } = await this.quote(person, basket, couponIds);
    return { lines: this.lines(basket), addressId: person.addressId, couponIds, quoteHash };
  }

  async place(person: Person, basket: Basket, couponIds: string[] = []): Promise<OrderDetail> {
    const request = await this.placement(person, basket, couponIds);
    return this.mall.api.postOnce<OrderDetail>('/api/orders', request, person.token);
  }

  order(person: Person, orderId: string): Promise<OrderDetail> {
    return this.mall.api.get<OrderDetail>(`/api/orders/${orderId}`, person.token);
  }

  openPayment(person: Person, orderId: string): Promise<PaymentParams> {
    return this.mall.api.post<PaymentParams>(`/api/orders/${orderId}/payment`, {}, person.token);
  }

  /** Presses "pay" in the emulator; the notice goes out afterwards. */
  async pressPay(person: Person, params: PaymentParams, expect: readonly number[] = [200]): Promise<number> {
    const { appId } = this.mall.running.credentials;
    const body = { ...params, appId, prepay_id: params.prepayId, persona: person.persona };
    return (await this.mall.emulator.call('POST', '/cashier/pay', { body, expect })).status;
  }

  /** Pays and waits until the server knows, its events told. */
  async pay(person: Person, orderId: string): Promise<OrderDetail> {
    await this.pressPay(person, await this.openPayment(person, orderId));
    const paid = await this.untilState(person, orderId, 'paid');
    await this.mall.settle();
    return paid;
  }

  async buy(person: Person, basket: Basket, couponIds: string[] = []): Promise<OrderDetail> {
    return this.pay(person, (await this.place(person, basket, couponIds)).id);
  }

  untilState(person: Person, orderId: string, state: OrderDetail['state']): Promise<OrderDetail> {
    return eventually(
      `order ${orderId} being ${state}`,
      () => this.order(person, orderId),
      (order) => order.state === state,
    );
  }

  ship(orderId: string): Promise<unknown> {
    return this.hq(`/api/hq/orders/${orderId}/shipments`, { carrier: 'SF', trackingNumber: `SF${orderId.slice(-10)}` });
  }

  async receive(person: Person, orderId: string): Promise<OrderDetail> {
    const order = await this.mall.api.post<OrderDetail>(`/api/orders/${orderId}/receipt`, {}, person.token);
    await this.mall.settle();
    return order;
  }

  /** Refunds as HQ and waits until the money is back and the commission has given its share. */
  async refund(orderId: string, request: Omit<RefundRequest, 'reason'>): Promise<RefundSummary> {
    const body = { ...request, reason: '测试退款' };
    const path = `/api/hq/orders/${orderId}/refunds`;
    const refund = await this.mall.api.postOnce<RefundSummary>(path, body, this.hqToken);
    return this.untilRefund(refund.id, 'succeeded');
  }

  async untilRefund(refundId: string, state: RefundSummary['state']): Promise<RefundSummary> {
    const [row] = await eventually(
      `refund ${refundId} being ${state}`,
      () => this.query<RefundSummary>('SELECT * FROM refunds WHERE id = ?', [refundId]),
      ([found]) => found?.state === state,
    );
    await this.mall.settle();
    return row as RefundSummary;
  }

  entries(orderId: string): Promise<(CommissionEntry & { payeeKind: string; payeeId: string })[]> {
    return this.hqGet(`/api/hq/orders/${orderId}/commissions`);
  }

  /** What the guides hold of an order, in fen. */
  async guideFen(orderId: string): Promise<number> {
    const entries = await this.entries(orderId);
    return entries.filter((entry) => entry.payeeKind === 'guide').reduce((sum, { amountFen }) => sum + amountFen, 0);
  }

  /** Gives a coupon by HQ grant: an ended campaign's template, so that nothing else issues it. */
  async grantCoupon(
    person: Person,
    coupon: Omit<CouponCampaignInput['coupon'], 'name' | 'validDays' | 'kind'> & { kind: string },
  ) {
    this.templates += 1;
    const name = `测试券 ${this.templates}`;
    const input = { name, trigger: 'received', holdoutBps: 0, coupon: { name, validDays: 30, ...coupon } };
    const { id } = await this.hq<{ id: string }>('/api/hq/coupon-campaigns', input);
    await this.hq(`/api/hq/coupon-campaigns/${id}/end`);
    const templates = await this.hqGet<{ id: string; name: string }[]>('/api/hq/coupon-templates');
    const template = templates.find((each) => each.name === name);
    const path = `/api/hq/coupon-templates/${template?.id}/grants`;
    const body = { memberId: person.memberId, reason: '测试' };
    return (await this.mall.api.postOnce<{ couponId: string }>(path, body, this.hqToken)).couponId;
  }

  async couponState(couponId: string): Promise<string> {
    const [row] = await this.query<{ state: string }>('SELECT state FROM coupons WHERE id = ?', [couponId]);
    return row?.state ?? 'absent';
  }

  async stock(code: SkuCode): Promise<{ available: number; reserved: number; sold: number; received: number }> {
    const [level] = await this.query<{ available: number; reserved: number; sold: number; received: number }>(
      'SELECT available, reserved, sold, received FROM stock_levels WHERE skuId = ?',
      [this.skus[code]],
    );
    if (level === undefined) throw new Error(`no stock level of ${code}`);
    return level;
  }

  private async findSkus(): Promise<void> {
    const rows = await this.query<{ id: string; code: string }>('SELECT id, code FROM skus');
    for (const code of ALL_CODES) this.skus[code] = rows.find((row) => row.code === code)?.id ?? '';
  }
}
