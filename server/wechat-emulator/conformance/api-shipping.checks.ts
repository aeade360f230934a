import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import type { Bench } from './bench.js';
import { checksOf } from './check.js';
import type { Json } from './merchant.js';
import { list, parcel, ShippingDesk, UPLOAD } from './shipping-desk.js';

const DAY = 86_400_000;

async function split(bench: Bench): Promise<ShippingDesk> {
  const desk = await ShippingDesk.open(bench);
  const first = { delivery_mode: 2, is_all_delivered: false };
  strictEqual(await desk.upload(first), 0);
  return desk;
}

export const shippingChecks = checksOf('§7', {
  'a call without a good access token is 40001, a GET is 43002': async (bench) => {
    const desk = await ShippingDesk.open(bench);
    strictEqual((await desk.ask(UPLOAD, desk.uploadOf(), 'nonsense')).errcode, 40001);
    strictEqual((await desk.merchant.plain('GET', `/wxa/sec/order/${UPLOAD}`)).json.errcode, 43002);
  },
  'an order of nobody is 10060001, by either number': async (bench) => {
    const desk = await ShippingDesk.open(bench);
    const { mchId } = desk.merchant.agreed;
    strictEqual(await desk.upload({ order_key: { order_number_type: 2, transaction_id: '42' } }), 10060001);
    const byNumber = { order_number_type: 1, mchid: mchId, out_trade_no: 'order-0002' };
    strictEqual(await desk.upload({ order_key: byNumber }), 10060001);
    strictEqual(await desk.upload({ order_key: { ...byNumber, out_trade_no: 'order-0001' } }), 0);
  },
  'right after payment the order may not be there yet: 10060001, later it is': async (bench) => {
    const desk = await ShippingDesk.open(bench);
    await desk.merchant.control('shipping', { invisibleMs: 60_000 });
    strictEqual(await desk.upload(), 10060001);
    await desk.merchant.advance(60_000);
    strictEqual(await desk.upload(), 0);
  },
  'an unpaid order is not there': async (bench) => {
    const desk = await ShippingDesk.open(bench);
    await desk.merchant.prepay('order-0003');
    const key = { order_number_type: 1, mchid: desk.merchant.agreed.mchId, out_trade_no: 'order-0003' };
    strictEqual(await desk.upload({ order_key: key }), 10060001);
  },
  'another openid than the payer is 10060031': async (bench) => {
    const desk = await ShippingDesk.open(bench);
    strictEqual(await desk.upload({ payer: { openid: await desk.merchant.openid('chenjing') } }), 10060031);
  },
  'the same upload again is 10060023 and changes nothing': async (bench) => {
    const desk = await ShippingDesk.open(bench);
    strictEqual(await desk.upload(), 0);
    strictEqual(await desk.upload({}, 1), 10060023);
    strictEqual(await desk.state(), 2);
  },
  'what is shipped may be shipped again once, then 10060003': async (bench) => {
    const desk = await ShippingDesk.open(bench);
    strictEqual(await desk.upload(), 0);
    strictEqual(await desk.upload(list(parcel('YT0002')), 1), 0);
    strictEqual(await desk.upload(list(parcel('YT0003')), 2), 10060003);
  },
  'upload_time must be later than the one before': async (bench) => {
    const desk = await ShippingDesk.open(bench);
    strictEqual(await desk.upload({}, 5), 0);
    strictEqual(await desk.upload(list(parcel('YT0002')), 5), 268485216);
    strictEqual(await desk.upload(list(parcel('YT0002')), 6), 0);
  },
  'upload_time is RFC 3339 with milliseconds': async (bench) => {
    const desk = await ShippingDesk.open(bench);
    strictEqual(await desk.upload({ upload_time: '2026-11-22T03:00:00Z' }), 268485216);
    strictEqual(await desk.upload({ upload_time: '2026-11-22T11:00:00.000+08:00' }), 0);
  },
  'single delivery has exactly one parcel, split delivery up to fifteen': async (bench) => {
    const desk = await ShippingDesk.open(bench);
    const many = (count: number): Json[] => Array.from({ length: count }, (_, index) => parcel(`YT${index}`));
    strictEqual(await desk.upload(list(...many(2))), 268485228);
    const split15 = { delivery_mode: 2, is_all_delivered: true };
    strictEqual(await desk.upload({ ...split15, ...list(...many(16)) }), 10060024);
    strictEqual(await desk.upload({ ...split15, ...list(...many(15)) }), 0);
  },
  'split delivery is for express only (10060006) and says whether all is sent (10060007)': async (bench) => {
    const desk = await ShippingDesk.open(bench);
    strictEqual(await desk.upload({ delivery_mode: 2, is_all_delivered: true, logistics_type: 4 }), 10060006);
    strictEqual(await desk.upload({ delivery_mode: 2 }), 10060007);
  },
  'split parcels add up, and the last one ships the order': async (bench) => {
    const desk = await split(bench);
    strictEqual(await desk.state(), 1);
    const rest = { delivery_mode: 2, is_all_delivered: true, ...list(parcel('YT0002')) };
    strictEqual(await desk.upload(rest, 1), 0);
    strictEqual(await desk.state(), 2);
    const more = { delivery_mode: 2, is_all_delivered: false, ...list(parcel('YT0003')) };
    strictEqual(await desk.upload(more, 2), 10060002);
  },
  'item_desc is needed (10060008), and 120 characters at most (10060009)': async (bench) => {
    const desk = await ShippingDesk.open(bench);
    strictEqual(await desk.upload(list(parcel('YT0001', { item_desc: '' }))), 10060008);
    strictEqual(await desk.upload(list(parcel('YT0001', { item_desc: '衫'.repeat(121) }))), 10060009);
    strictEqual(await desk.upload(list(parcel('YT0001', { item_desc: '衫'.repeat(120) }))), 0);
  },
  'express needs number and carrier, 128 characters at most': async (bench) => {
    const desk = await ShippingDesk.open(bench);
    strictEqual(await desk.upload(list(parcel(''))), 268485226);
    strictEqual(await desk.upload(list(parcel('YT1', { express_company: '' }))), 268485227);
    strictEqual(await desk.upload(list(parcel('Y'.repeat(129)))), 10060026);
    strictEqual(await desk.upload(list(parcel('Y'.repeat(128)))), 0);
  },
  'SF needs a contact, masked but for its last four digits': async (bench) => {
    const desk = await ShippingDesk.open(bench);
    const sf = (contact?: Json): Json => list(parcel('SF1', { express_company: 'SF', ...(contact && { contact }) }));
    strictEqual(await desk.upload(sf()), 10060014);
    strictEqual(await desk.upload(sf({ receiver_contact: '18900001234' })), 10060014);
    strictEqual(await desk.upload(sf({ receiver_contact: '189********' })), 10060014);
    strictEqual(await desk.upload(sf({ receiver_contact: '189****1234' })), 0);
  },
  'a wholly refunded order is 10060004 and in state 5': async (bench) => {
    const desk = await ShippingDesk.open(bench);
    await desk.merchant.refund('order-0001', 'refund-1', 8_861);
    strictEqual(await desk.until(5), 5);
    strictEqual(await desk.upload(), 10060004);
  },
  'express is received by time ten days after shipping, pickup after two': async (bench) => {
    for (const [type, days] of [
      [1, 10],
      [4, 2],
    ] as const) {
      const desk = await ShippingDesk.open(bench);
      await desk.merchant.control('shipping', { holdSettlement: true });
      strictEqual(await desk.upload({ logistics_type: type }), 0);
      await desk.merchant.advance(days * DAY - 60_000);
      await wait(150);
      strictEqual(await desk.state(), 2);
      await desk.merchant.advance(60_000);
      strictEqual(await desk.until(6), 6);
    }
  },
  'the buyer alone confirms, once; then the money settles: 3 or 4': async (bench) => {
    const desk = await ShippingDesk.open(bench);
    strictEqual((await desk.confirm('confirm')).json.status, 'fail');
    strictEqual(await desk.upload(), 0);
    strictEqual((await desk.confirm('confirm', 'chenjing')).json.status, 'fail');
    strictEqual((await desk.confirm('cancel')).json.status, 'cancel');
    strictEqual(await desk.state(), 2);
    strictEqual((await desk.confirm('confirm')).json.status, 'success');
    strictEqual(await desk.until(4), 4);
    strictEqual((await desk.confirm('confirm')).json.status, 'fail');
  },
  'notify_confirm_receive is for express, after shipping, once': async (bench) => {
    const desk = await ShippingDesk.open(bench);
    const remind = async (): Promise<unknown> =>
      (
        await desk.ask('notify_confirm_receive', {
          transaction_id: desk.transactionId,
          received_time: Math.ceil(performance.timeOrigin / 1000) + 86_400,
        })
      ).errcode;
    strictEqual(await remind(), 10060028);
    strictEqual(await desk.upload(), 0);
    strictEqual(await remind(), 0);
    strictEqual(await remind(), 10060030);
  },
  'is_trade_managed says whether orders are managed': async (bench) => {
    const desk = await ShippingDesk.open(bench);
    const { appId } = desk.merchant.agreed;
    strictEqual((await desk.ask('is_trade_managed', { appid: appId })).is_trade_managed, true);
    await desk.merchant.control('shipping', { managed: false });
    strictEqual((await desk.ask('is_trade_managed', { appid: appId })).is_trade_managed, false);
    strictEqual((await desk.ask('is_trade_managed', { appid: 'wx1' })).errcode, 40013);
  },
  'update_order_detail_path needs the place of the order number': async (bench) => {
    const desk = await ShippingDesk.open(bench);
    strictEqual((await desk.ask('update_order_detail_path', { path: 'pages/home/index' })).errcode, 10060035);
    const path = `packages/shop/order/index?no=\${商品订单号}`;
    strictEqual((await desk.ask('update_order_detail_path', { path })).errcode, 0);
  },
  'get_order_list pages through all orders of the shop': async (bench) => {
    const desk = await ShippingDesk.open(bench);
    await desk.merchant.paid('order-0002');
    const first = await desk.ask('get_order_list', { page_size: 1 });
    strictEqual(first.has_more, true);
    const second = await desk.ask('get_order_list', { page_size: 1, last_index: first.last_index });
    const numbers = [first, second].flatMap((page) => (page.order_list as Json[]).map((one) => one.merchant_trade_no));
    deepStrictEqual([numbers.sort(), second.has_more], [['order-0001', 'order-0002'], false]);
  },
});
