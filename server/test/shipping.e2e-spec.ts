import { createHash } from 'node:crypto';
import type { CommissionEntry } from '@mall/shared/guides';
import type { OrderDetail } from '@mall/shared/orders';
import type { Page } from '@mall/shared/paging';
import { ProblemType } from '@mall/shared/problems';
import type { ShippingUploadView, WechatAlert, WechatReceipt } from '@mall/shared/shipping';
import { WallClock } from '../src/platform/clock/wall-clock.js';
import { type ShippingInfo, type ShippingOrder, WechatShippingClient } from '../src/wechat/wechat.public.js';
import { expectProblem, type RawAnswer, send } from './support/e2e-http.js';
import { type Person, Shop } from './support/e2e-shop.js';
import { ENGINES } from './support/test-database.js';

const TOKEN = 'PushTokenOfTests';
type Answer<T> =
  | { outcome: 'ok'; value: T }
  | { outcome: 'refused'; reason: string; code: string; message: string }
  | {
      outcome: 'unknown';
      reason: string;
      detail: string;
    };

describe.each(ENGINES)('§7 shipping and the message push over HTTP [%s]', (engine) => {
  let shop: Shop;
  const told: ShippingInfo[] = [];
  /** What the played WeChat answers: scripted refusals first, then yes. */
  let refusals: Answer<null>[] = [];
  let standing: ShippingOrder['state'] = 'shipped';
  let known: Partial<ShippingOrder> = {};

  beforeAll(async () => {
    shop = await Shop.open(engine, { WECHAT_PUSH_TOKEN: TOKEN });
    const client = shop.mall.app.get(WechatShippingClient, { strict: false });
    client.upload = async (info) => {
      told.push(info);
      return (refusals.shift() ?? { outcome: 'ok', value: null }) as never;
    };
    client.order = async () => ({
      outcome: 'ok',
      value: { transactionId: null, state: standing, logisticsType: 1, parcels: [], ...known },
    });
  });
  afterAll(() => shop.close());
  beforeEach(() => {
    told.length = 0;
    refusals = [];
    standing = 'shipped';
    known = {};
  });

  const refused = (code: string, reason: string): Answer<null> => ({ outcome: 'refused', reason, code, message: '' });
  const ship = (orderId: string, trackingNumber: string, carrier = 'SF') =>
    shop.hq(`/api/hq/orders/${orderId}/shipments`, { carrier, trackingNumber });
  const uploadsOf = (orderId: string) =>
    shop
      .hqGet<Page<ShippingUploadView>>('/api/hq/shipping-uploads?limit=100')
      .then(({ items }) => items.filter((upload) => upload.orderId === orderId));
  /** As though the wait before the next try were over. */
  const soon = async () => {
    await shop.execute('UPDATE shipping_uploads SET nextTryAt = 0');
    await shop.mall.settle();
  };

  async function shipped(trackingNumber: string): Promise<{ person: Person; order: OrderDetail }> {
    const person = await shop.newCustomer({ through: shop.guide.code });
    const order = await shop.pay(person, (await shop.place(person, { BAG: 2 })).id);
    await ship(order.id, trackingNumber);
    await shop.mall.settle();
    return { person, order };
  }

  function push(
    fields: object,
    change: { timestamp?: string; signature?: string; type?: string } = {},
  ): Promise<RawAnswer> {
    const timestamp = change.timestamp ?? '1790000000';
    const signature =
      change.signature ?? createHash('sha1').update([TOKEN, timestamp, 'n1'].sort().join('')).digest('hex');
    const path = `/api/wechat/push?timestamp=${timestamp}&nonce=n1&signature=${signature}`;
    const content = typeof fields === 'string' ? fields : JSON.stringify(fields);
    return send(shop.mall.apiUrl, 'POST', path, { raw: { type: change.type ?? 'application/json', content } });
  }

  const settlement = (order: OrderDetail, confirmedAt: number, method = 1) => ({
    Event: 'trade_manage_order_settlement',
    CreateTime: Math.floor(confirmedAt / 1000),
    merchant_id: shop.mall.running.credentials.mchId,
    merchant_trade_no: order.number,
    confirm_receive_method: method,
    confirm_receive_time: Math.floor(confirmedAt / 1000),
  });

  it('a shipped order is told to WeChat once, with its payer, its goods and the masked receiver', async () => {
    const { order, person } = await shipped('SF1000001');
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({
      outTradeNo: order.number,
      payerOpenid: shop.mall.running.emulator.personas.named(person.persona)?.openid,
      logisticsType: 1,
      carrier: 'SF',
      trackingNumber: 'SF1000001',
      itemDesc: '帆布托特包×2',
      receiverContact: '138****8000',
    });
    expect(await uploadsOf(order.id)).toMatchObject([{ state: 'uploaded', revision: 1, tries: 1, reason: null }]);
    await soon();
    expect(told).toHaveLength(1);
  });

  it('tells it again after 10060001 and after a time-out, each time with a later upload time', async () => {
    refusals = [refused('10060001', 'order_unknown'), { outcome: 'unknown', reason: 'timeout', detail: '' }];
    const { order } = await shipped('SF1000002');
    expect(await uploadsOf(order.id)).toMatchObject([{ state: 'waiting', refusalCode: '10060001' }]);
    await soon();
    expect(await uploadsOf(order.id)).toMatchObject([{ state: 'waiting', tries: 2 }]);
    await soon();
    expect(await uploadsOf(order.id)).toMatchObject([{ state: 'uploaded', tries: 3, refusalCode: null }]);
    const times = told.map(({ uploadTime }) => uploadTime);
    expect(new Set(times).size).toBe(3);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  it('10060002 is success with the same parcel, and a task with another one', async () => {
    refusals = [refused('10060002', 'already_shipped')];
    known = { parcels: [{ carrier: 'SF', trackingNumber: 'SF1000003' }] };
    const same = await shipped('SF1000003');
    expect(await uploadsOf(same.order.id)).toMatchObject([{ state: 'uploaded' }]);
    refusals = [refused('10060002', 'already_shipped')];
    const other = await shipped('SF1000004');
    expect(await uploadsOf(other.order.id)).toMatchObject([{ state: 'failed', refusalCode: '10060002' }]);
    expect((await uploadsOf(other.order.id))[0]?.reason).toContain('不一致');
  });

  it('a corrected number is told anew; a refused correction is a task that HQ can retry', async () => {
    const { order, person } = await shipped('SF1000005');
    refusals = [refused('10060003', 'reship_used')];
    const parcel = { carrier: 'ZTO', trackingNumber: 'ZT1000006' };
    const put = (body: object) =>
      send(shop.mall.apiUrl, 'PUT', `/api/hq/orders/${order.id}/shipment`, { token: shop.hqToken, body });
    expect((await put(parcel)).status).toBe(204);
    await shop.mall.settle();
    expect(told.at(-1)).toMatchObject({ ...parcel, receiverContact: null });
    expect((await shop.order(person, order.id)).shipment).toMatchObject(parcel);
    const [failed] = await uploadsOf(order.id);
    expect(failed).toMatchObject({ state: 'failed', revision: 2, reason: expect.stringContaining('更正一次') });
    const list = await shop.hqGet<Page<ShippingUploadView>>('/api/hq/shipping-uploads?state=failed');
    expect(list.items.map(({ orderId }) => orderId)).toContain(order.id);
    await shop.hq(`/api/hq/shipping-uploads/${failed?.id}/retry`);
    await shop.mall.settle();
    expect(await uploadsOf(order.id)).toMatchObject([{ state: 'uploaded' }]);
    expect((await put(parcel)).status).toBe(204);
    expect(told).toHaveLength(3);
    expectProblem(await put({ carrier: 'NOBODY', trackingNumber: 'X1000' }), 422, ProblemType.ValidationFailed);
    await shop.mall.api.post(`/api/orders/${order.id}/receipt`, {}, person.token);
    expectProblem(await put({ ...parcel, trackingNumber: 'ZT9000' }), 409, ProblemType.OrderStateConflict);
  });

  it('an order with nothing to pay is told nothing', async () => {
    const person = await shop.newCustomer({ province: '浙江省' });
    const couponId = await shop.grantCoupon(person, { kind: 'amount_off', thresholdFen: 0, discountFen: 999_900 });
    const order = await shop.place(person, { SOCKS: 1 }, [couponId]);
    expect(order.totalFen).toBe(0);
    await ship(order.id, 'SF1000007');
    await shop.mall.settle();
    expect([told, await uploadsOf(order.id)]).toEqual([[], []]);
  });

  it("R5.2: WeChat's settlement event makes us ask, and what WeChat's record says moves the order at its time", async () => {
    const { order, person } = await shipped('SF1000008');
    await shop.advance({ hours: 20 });
    const confirmedAt = shop.mall.app.get(WallClock).now() - 2_000;
    // The event alone is not believed: WeChat's record still says shipped.
    expect(await push(settlement(order, confirmedAt))).toMatchObject({ status: 200, text: 'success' });
    await shop.mall.settle();
    expect((await shop.order(person, order.id)).state).toBe('shipped');
    standing = 'received';
    await shop.execute('UPDATE shipping_uploads SET receiptCheckAt = 0 WHERE orderId = ?', [order.id]);
    await shop.mall.settle();
    const received = await shop.order(person, order.id);
    expect(received.state).toBe('received');
    const [row] = await shop.query<{ receiptOccurredAt: number; receiptRecordedAt: number; receiptMethod: string }>(
      'SELECT * FROM shipping_uploads WHERE orderId = ?',
      [order.id],
    );
    expect(row?.receiptMethod).toBe('customer');
    expect(received.receivedAt).toBe(Number(row?.receiptOccurredAt));
    expect(Number(row?.receiptRecordedAt)).toBeGreaterThan(confirmedAt);
    const { items } = await shop.mall.api.get<Page<CommissionEntry>>('/api/guide/commissions', shop.guide.token);
    expect(items.find(({ orderId }) => orderId === order.id)).toMatchObject({ state: 'frozen' });
    // Told twice, it happens once.
    expect((await push(settlement(order, confirmedAt))).status).toBe(200);
    await shop.mall.settle();
    expect((await shop.order(person, order.id)).receivedAt).toBe(received.receivedAt);
  });

  it('a lost event is found by asking once a day', async () => {
    const { order, person } = await shipped('SF1000009');
    standing = 'settling';
    await shop.mall.settle();
    expect((await shop.order(person, order.id)).state).toBe('shipped');
    await shop.execute('UPDATE shipping_uploads SET receiptCheckAt = receiptCheckAt - 86400000 WHERE orderId = ?', [
      order.id,
    ]);
    await shop.mall.settle();
    expect((await shop.order(person, order.id)).state).toBe('received');
  });

  it('an event of another merchant, of an unknown order or without a receipt changes nothing', async () => {
    const { order } = await shipped('SF1000010');
    standing = 'received';
    const event = settlement(order, shop.mall.app.get(WallClock).now());
    await push({ ...event, merchant_id: '1900000000' });
    await push({ ...event, merchant_trade_no: 'NOBODY' });
    await push({ ...event, confirm_receive_method: 0 });
    await shop.mall.settle();
    expect(
      await shop.count('shipping_uploads', 'orderId = ? AND receiptMethod IS NULL AND receiptOccurredAt IS NULL', [
        order.id,
      ]),
    ).toBe(1);
  });

  it("her own page at WeChat: the phone's word makes the server ask, and WeChat's record decides", async () => {
    const { order, person } = await shipped('SF1000011');
    const path = `/api/orders/${order.id}/wechat-receipt`;
    const { component } = await shop.mall.api.get<WechatReceipt>(path, person.token);
    expect(component).toMatchObject({ merchantTradeNo: order.number, merchantId: shop.mall.running.credentials.mchId });
    expect(await shop.mall.api.post(path, {}, person.token)).toEqual({ received: false });
    standing = 'received';
    expect(await shop.mall.api.post(path, {}, person.token)).toEqual({ received: true });
    expect((await shop.order(person, order.id)).state).toBe('received');
    expect(await shop.mall.api.get(path, person.token)).toEqual({ component: null });
    const other = await shop.newCustomer();
    expectProblem(
      await send(shop.mall.apiUrl, 'POST', path, { token: other.token, body: {} }),
      404,
      ProblemType.NotFound,
    );
  });

  it('a reminder to ship is one task for HQ, however often WeChat sends it, until somebody closes it', async () => {
    const person = await shop.newCustomer();
    const order = await shop.pay(person, (await shop.place(person, { BAG: 1 })).id);
    const event = {
      Event: 'trade_manage_remind_shipping',
      CreateTime: 1_790_000_000,
      merchant_trade_no: order.number,
      msg: '请尽快发货',
    };
    await push(event);
    await push({ ...event, CreateTime: 1_790_000_600 });
    const mine = async () =>
      (await shop.hqGet<WechatAlert[]>('/api/hq/wechat-alerts')).filter(({ orderId }) => orderId === order.id);
    const [alert, ...more] = await mine();
    expect([alert, more]).toMatchObject([{ kind: 'shipping_overdue', detail: '请尽快发货' }, []]);
    await shop.hq(`/api/hq/wechat-alerts/${alert?.id}/done`);
    expect(await mine()).toEqual([]);
  });

  it('control of trade is a task, in XML as in JSON; other events are answered and leave nothing', async () => {
    const xml = '<xml><Event><![CDATA[wxa_trade_controlled]]></Event><CreateTime>1790000001</CreateTime></xml>';
    expect(await push(xml as never, { type: 'text/xml' })).toMatchObject({ status: 200, text: 'success' });
    expect(await shop.hqGet('/api/hq/wechat-alerts')).toMatchObject([{ kind: 'trade_controlled', orderId: null }]);
    const before = await shop.count('wechat_pushes');
    expect((await push({ Event: 'something_else' })).text).toBe('success');
    expect(await shop.count('wechat_pushes')).toBe(before);
  });

  it('a forged push is a 401 and changes nothing; the URL check answers only WeChat', async () => {
    const before = await shop.count('wechat_pushes');
    const forged = await push({ Event: 'wxa_trade_controlled' }, { signature: 'f'.repeat(40) });
    expectProblem(forged, 401, ProblemType.SignatureInvalid);
    expect(await shop.count('wechat_pushes')).toBe(before);
    const signature = createHash('sha1').update(['5', 'n', TOKEN].sort().join('')).digest('hex');
    const check = (value: string) =>
      send(shop.mall.apiUrl, 'GET', `/api/wechat/push?timestamp=5&nonce=n&echostr=hello&signature=${value}`);
    expect(await check(signature)).toMatchObject({ status: 200, text: 'hello' });
    expectProblem(await check('0'), 401, ProblemType.SignatureInvalid);
  });
});
