import { TestApi } from '../api-for-tests.js';
import { eventually } from '../merchant-for-tests.js';

const DAY_MS = 86_400_000;
const UPLOAD = '/wxa/sec/order/upload_shipping_info';
let api: TestApi;

beforeEach(async () => {
  api = await TestApi.open();
  api.running.emulator.notices.mode = 'hold';
  await api.merchant.paidOrder('order-0001');
});
afterEach(() => api.close());

const parcel = { tracking_no: 'YT1001', express_company: 'YTO', item_desc: '羊毛开衫*1' };

function upload(change: Record<string, unknown> = {}) {
  return {
    order_key: { order_number_type: 1, mchid: api.running.credentials.mchId, out_trade_no: 'order-0001' },
    logistics_type: 1,
    delivery_mode: 1,
    shipping_list: [parcel],
    upload_time: '2026-11-28T10:00:00.000+08:00',
    payer: { openid: api.openid('xiaoyu') },
    ...change,
  };
}

const later = { upload_time: '2026-11-28T10:00:00.001+08:00' };
const latest = { upload_time: '2026-11-28T10:00:00.002+08:00' };

async function order(): Promise<Record<string, unknown>> {
  const key = { merchant_id: api.running.credentials.mchId, merchant_trade_no: 'order-0001' };
  return (await api.call('/wxa/sec/order/get_order', key)).json.order as Record<string, unknown>;
}

function settlements() {
  return api.running.emulator.push.all().filter(({ event }) => event.Event === 'trade_manage_order_settlement');
}

describe('§7 upload_shipping_info', () => {
  it('ships an order: state 1 to 2, with its parcel', async () => {
    expect((await order()).order_state).toBe(1);
    expect(await api.errcode(UPLOAD, upload())).toBe(0);
    const shipped = await order();
    expect(shipped.order_state).toBe(2);
    expect(shipped.shipping).toMatchObject({ finish_shipping: true, finish_shipping_count: 1, delivery_mode: 1 });
    expect(shipped.shipping).toMatchObject({ shipping_list: [{ tracking_no: 'YT1001', goods_desc: '羊毛开衫*1' }] });
  });

  it('answers 10060023 to the same upload, 0 to one change, 10060003 to a second', async () => {
    expect(await api.errcode(UPLOAD, upload())).toBe(0);
    expect(await api.errcode(UPLOAD, upload())).toBe(10060023);
    const second = { shipping_list: [{ ...parcel, tracking_no: 'YT1002' }], ...later };
    expect(await api.errcode(UPLOAD, upload(second))).toBe(0);
    expect(await api.errcode(UPLOAD, upload(second))).toBe(10060023);
    const third = { shipping_list: [{ ...parcel, tracking_no: 'YT1003' }], ...latest };
    expect(await api.errcode(UPLOAD, upload(third))).toBe(10060003);
    expect((await order()).shipping).toMatchObject({
      finish_shipping_count: 2,
      shipping_list: [{ tracking_no: 'YT1002' }],
    });
  });

  it('refuses a change whose upload_time is not later than the one before', async () => {
    expect(await api.errcode(UPLOAD, upload())).toBe(0);
    const changed = { shipping_list: [{ ...parcel, tracking_no: 'YT1002' }] };
    expect(await api.errcode(UPLOAD, upload(changed))).toBe(268485216);
    expect(await api.errcode(UPLOAD, upload({ ...changed, ...later }))).toBe(0);
  });

  it('adds parcels of a split delivery until all is delivered, then takes no more (10060002)', async () => {
    const first = upload({ delivery_mode: 2, is_all_delivered: false });
    expect(await api.errcode(UPLOAD, first)).toBe(0);
    expect((await order()).order_state).toBe(1);
    const last = { ...first, shipping_list: [{ ...parcel, tracking_no: 'YT1002' }], is_all_delivered: true, ...later };
    expect(await api.errcode(UPLOAD, last)).toBe(0);
    expect((await order()).order_state).toBe(2);
    expect(((await order()).shipping as { shipping_list: unknown[] }).shipping_list).toHaveLength(2);
    expect([await api.errcode(UPLOAD, last), await api.errcode(UPLOAD, first)]).toEqual([10060023, 10060023]);
    const more = { ...last, shipping_list: [{ ...parcel, tracking_no: 'YT1003' }], is_all_delivered: false, ...latest };
    expect(await api.errcode(UPLOAD, more)).toBe(10060002);
  });

  it('counts a change of mode as the one second shipping', async () => {
    expect(await api.errcode(UPLOAD, upload({ delivery_mode: 2, is_all_delivered: false }))).toBe(0);
    expect(await api.errcode(UPLOAD, upload(later))).toBe(0);
    expect(await api.errcode(UPLOAD, upload({ delivery_mode: 2, is_all_delivered: true, ...latest }))).toBe(10060003);
  });

  it.each([
    [{ order_key: {} }, 268485194],
    [{ order_key: { order_number_type: 2 } }, 268485195],
    [{ order_key: { order_number_type: 1, out_trade_no: 'order-0001' } }, 268485196],
    [{ order_key: { order_number_type: 1, mchid: '1' } }, 268485197],
    [{ order_key: { order_number_type: 2, transaction_id: 'no' } }, 10060001],
    [{ order_key: { order_number_type: 1, mchid: '1900000000', out_trade_no: 'order-0001' } }, 10060001],
    [{ logistics_type: 5 }, 10060005],
    [{ delivery_mode: 3 }, 268485224],
    [{ logistics_type: 4, delivery_mode: 2, is_all_delivered: true }, 10060006],
    [{ delivery_mode: 2 }, 10060007],
    [{ shipping_list: [{ ...parcel, item_desc: '' }] }, 10060008],
    [{ shipping_list: [{ ...parcel, item_desc: '衫'.repeat(121) }] }, 10060009],
    [{ shipping_list: [{ ...parcel, tracking_no: '' }] }, 268485226],
    [{ shipping_list: [{ ...parcel, express_company: '' }] }, 268485227],
    [{ shipping_list: [{ ...parcel, tracking_no: '1'.repeat(129) }] }, 10060026],
    [{ shipping_list: [{ ...parcel, express_company: 'Y'.repeat(129) }] }, 10060025],
    [{ shipping_list: [parcel, parcel] }, 268485228],
    [{ shipping_list: [] }, 268485228],
    [{ delivery_mode: 2, is_all_delivered: true, shipping_list: Array(16).fill(parcel) }, 10060024],
    [{ shipping_list: [{ ...parcel, express_company: 'SF' }] }, 10060014],
    [{ shipping_list: [{ ...parcel, express_company: 'SF', contact: { receiver_contact: '13800138001' } }] }, 10060014],
    [{ shipping_list: [{ ...parcel, express_company: 'SF', contact: { receiver_contact: '138****800*' } }] }, 10060014],
    [{ upload_time: '2026-11-28 10:00:00' }, 268485216],
    [{ upload_time: '2026-11-28T10:00:00+08:00' }, 268485216],
    [{ payer: { openid: 'o-somebody' } }, 10060031],
  ])('answers %j by %d and ships nothing', async (change, errcode) => {
    expect(await api.errcode(UPLOAD, upload(change))).toBe(errcode);
    expect((await order()).order_state).toBe(1);
  });

  it.each(['138****8001', '021-****1234', '****123-8008', '0**2-******23-10'])(
    'takes SF with contact %s',
    async (contact) => {
      const list = [{ ...parcel, express_company: 'SF', contact: { receiver_contact: contact } }];
      expect(await api.errcode(UPLOAD, upload({ shipping_list: list }))).toBe(0);
    },
  );

  it('does not know an unpaid order, nor a paid one within the time that was set (10060001)', async () => {
    await api.merchant.prepay('order-0002');
    const key = { order_number_type: 1, mchid: api.running.credentials.mchId, out_trade_no: 'order-0002' };
    expect(await api.errcode(UPLOAD, upload({ order_key: key }))).toBe(10060001);
    await api.person('/control/shipping', { invisibleMs: 60_000 });
    expect(await api.errcode(UPLOAD, upload())).toBe(10060001);
    api.clock.advance(60_000);
    expect(await api.errcode(UPLOAD, upload())).toBe(0);
  });

  it('refuses a refunded order (10060004, state 5) and one that was received', async () => {
    await api.merchant.paidOrder('order-0003');
    await api.merchant.refund('order-0003', 'refund-0003', 12_345);
    expect(await eventually(() => api.running.emulator.refunds.find('refund-0003')?.status === 'SUCCESS')).toBe(true);
    const key = { order_number_type: 1, mchid: api.running.credentials.mchId, out_trade_no: 'order-0003' };
    expect(await api.errcode(UPLOAD, upload({ order_key: key }))).toBe(10060004);
    await api.call(UPLOAD, upload());
    const named = { merchant_id: api.running.credentials.mchId, merchant_trade_no: 'order-0001', persona: 'xiaoyu' };
    expect((await api.person('/device/confirm-receive', named)).json).toEqual({ status: 'success' });
    const changed = { shipping_list: [{ ...parcel, tracking_no: 'YT1002' }], ...later };
    expect(await api.errcode(UPLOAD, upload(changed))).toBe(10060004);
  });
});

describe('§7 receipt and settlement', () => {
  it.each([
    [1, 10],
    [2, 2],
    [3, 2],
    [4, 2],
  ])('receives logistics type %d by itself after %d days, and pushes method 2', async (type, days) => {
    await api.call(UPLOAD, upload({ logistics_type: type }));
    api.clock.advance(days * DAY_MS - 1);
    api.running.emulator.sweep();
    expect((await order()).order_state).toBe(2);
    api.clock.advance(1);
    api.running.emulator.sweep();
    expect((await order()).order_state).toBe(3);
    api.clock.advance(1000);
    api.running.emulator.sweep();
    expect((await order()).order_state).toBe(4);
    expect(settlements().at(-1)?.event).toMatchObject({ confirm_receive_method: 2, merchant_trade_no: 'order-0001' });
  });

  it('lets the buyer alone confirm what is shipped, once, and pushes method 1 at settlement', async () => {
    const named = { merchant_id: api.running.credentials.mchId, merchant_trade_no: 'order-0001' };
    const confirm = (persona: string, action = 'confirm') =>
      api.person('/device/confirm-receive', { ...named, persona, action }).then(({ json }) => json.status);
    expect(await confirm('xiaoyu')).toBe('fail');
    await api.call(UPLOAD, upload());
    expect([await confirm('azhe'), await confirm('xiaoyu', 'cancel')]).toEqual(['fail', 'cancel']);
    expect((await order()).order_state).toBe(2);
    await api.person('/control/shipping', { holdSettlement: true });
    expect([await confirm('xiaoyu'), await confirm('xiaoyu')]).toEqual(['success', 'fail']);
    expect((await order()).order_state).toBe(6);
    await api.person('/control/shipping', { holdSettlement: false });
    api.clock.advance(1000);
    api.running.emulator.sweep();
    expect((await order()).order_state).toBe(4);
    const [estimate, fact] = settlements().map(({ event }) => event);
    expect(settlements()).toHaveLength(2);
    expect(estimate).toMatchObject({ estimated_settlement_time: expect.any(Number) });
    expect(estimate).not.toHaveProperty('confirm_receive_method');
    expect(fact).toMatchObject({ confirm_receive_method: 1, FromUserName: api.openid('xiaoyu') });
  });

  it('shows a page whose buttons lead back with the status', async () => {
    await api.call(UPLOAD, upload());
    const back = 'http://127.0.0.1:3000/#/packages/shop/order/index?id=ord_1';
    const fields = {
      merchant_id: api.running.credentials.mchId,
      merchant_trade_no: 'order-0001',
      persona: 'xiaoyu',
      return: back,
    };
    const url = `${api.running.baseUrl}/device/confirm-receive`;
    const shown = await fetch(`${url}?${new URLSearchParams(fields)}`);
    expect([shown.status, await shown.text()]).toEqual([200, expect.stringContaining('确认收货')]);
    const press = (change: Record<string, string>) =>
      fetch(`${url}/decision`, {
        method: 'POST',
        redirect: 'manual',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ ...fields, action: 'confirm', ...change }),
      });
    expect((await press({ return: 'https://evil.example.com/' })).status).toBe(400);
    expect((await press({ action: 'cancel' })).headers.get('location')).toBe(`${back}&confirmResult=cancel`);
    expect((await press({})).headers.get('location')).toBe(`${back}&confirmResult=success`);
    expect((await press({})).headers.get('location')).toBe(`${back}&confirmResult=fail`);
  });

  it('keeps a disputed order from being received by the clock', async () => {
    await api.call(UPLOAD, upload());
    await api.person('/control/shipping', { complaints: ['order-0001'] });
    api.clock.advance(11 * DAY_MS);
    api.running.emulator.sweep();
    expect(await order()).toMatchObject({ order_state: 2, in_complaint: true });
  });
});

describe('§7 around it', () => {
  it('reminds of a receipt once, for express only, after shipping', async () => {
    const path = '/wxa/sec/order/notify_confirm_receive';
    const now = Math.floor(api.clock.now() / 1000);
    const body = { merchant_id: api.running.credentials.mchId, merchant_trade_no: 'order-0001', received_time: now };
    expect(await api.errcode(path, body)).toBe(10060028);
    await api.call(UPLOAD, upload({ logistics_type: 4 }));
    expect(await api.errcode(path, body)).toBe(10060032);
    await api.call(UPLOAD, upload(later));
    expect(await api.errcode(path, { ...body, received_time: now - 1 })).toBe(10060029);
    expect([await api.errcode(path, body), await api.errcode(path, body)]).toEqual([0, 10060030]);
  });

  it('lists orders by state, person and time, page by page', async () => {
    await api.merchant.paidOrder('order-0002');
    await api.merchant.paidOrder('order-0003');
    await api.call(UPLOAD, upload());
    const path = '/wxa/sec/order/get_order_list';
    const numbers = async (body: object) =>
      ((await api.call(path, body)).json.order_list as { merchant_trade_no: string }[]).map(
        (one) => one.merchant_trade_no,
      );
    expect(await numbers({ order_state: 1 })).toEqual(['order-0002', 'order-0003']);
    expect(await numbers({ openid: 'o-nobody' })).toEqual([]);
    expect(await numbers({ pay_time_range: { end_time: 1 } })).toEqual([]);
    const first = (await api.call(path, { page_size: 2 })).json;
    expect(first).toMatchObject({ has_more: true });
    expect(await numbers({ page_size: 2, last_index: first.last_index })).toEqual(['order-0003']);
    expect(await api.errcode(path, { last_index: 'nonsense' })).toBe(10060011);
  });

  it('reminds of access while nothing was ever shipped, and of an order after 48 hours or its presale date', async () => {
    const names = () => api.running.emulator.push.all().map(({ event }) => event.Event);
    api.running.emulator.sweep();
    api.running.emulator.sweep();
    expect(names()).toEqual(['trade_manage_remind_access_api']);
    await api.call(UPLOAD, upload());
    const transaction = await api.merchant.paidOrder('order-0002');
    await api.merchant.paidOrder('order-0003');
    const path = '/wxa/sec/order/opspecialorder';
    const until = (days: number) => Math.floor((api.clock.now() + days * DAY_MS) / 1000);
    expect(await api.errcode(path, { order_id: transaction, type: 1, delay_to: until(14) })).toBe(10060014);
    expect(await api.errcode(path, { order_id: transaction, type: 1, delay_to: until(331) })).toBe(10060014);
    expect(await api.errcode(path, { order_id: 'order-none', type: 2 })).toBe(10060001);
    expect(await api.errcode(path, { order_id: transaction, type: 1, delay_to: until(20) })).toBe(0);
    api.clock.advance(2 * DAY_MS);
    api.running.emulator.sweep();
    api.running.emulator.sweep();
    const reminded = api.running.emulator.push
      .all()
      .filter(({ event }) => event.Event === 'trade_manage_remind_shipping');
    expect(reminded.map(({ event }) => event.merchant_trade_no)).toEqual(['order-0003']);
  });

  it('answers for its own appid only, and wants a path that holds the order number', async () => {
    const { appId } = api.running.credentials;
    expect((await api.call('/wxa/sec/order/is_trade_managed', { appid: appId })).json.is_trade_managed).toBe(true);
    expect(await api.errcode('/wxa/sec/order/is_trade_managed', { appid: 'wxother' })).toBe(40013);
    expect(await api.errcode('/wxa/sec/order/set_msg_jump_path', { path: 'packages/shop/order/index' })).toBe(0);
    expect(await api.errcode('/wxa/sec/order/set_msg_jump_path', { path: '' })).toBe(10060014);
    const path = '/wxa/sec/order/update_order_detail_path';
    expect(await api.errcode(path, { path: 'packages/shop/order/index' })).toBe(10060035);
    expect(await api.errcode(path, { path: `packages/shop/order/index?no=\${商品订单号}` })).toBe(0);
  });

  it('wants a token, POST and JSON', async () => {
    expect((await api.person(UPLOAD, upload())).json.errcode).toBe(41001);
    const got = await fetch(`${api.running.baseUrl}${UPLOAD}`);
    expect(((await got.json()) as { errcode: number }).errcode).toBe(43002);
    expect([await api.errcode(UPLOAD, ''), await api.errcode(UPLOAD, '{')]).toEqual([44002, 47001]);
  });
});
