import { deepStrictEqual, match, notStrictEqual, strictEqual } from 'node:assert/strict';
import type { Bench } from './bench.js';
import { checksOf } from './check.js';
import { type Json, verdict } from './merchant.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Each change of a good order is answered so; a refused one leaves no order behind. */
function answered(verdictOf: string, changes: (prefix: string) => readonly Json[]) {
  return async (bench: Bench): Promise<void> => {
    const merchant = await bench.merchant();
    for (const [index, change] of changes('').entries()) {
      const number = `order-${String(index).padStart(4, '0')}`;
      const reply = await merchant.prepay(number, change);
      strictEqual(verdict(reply), verdictOf, JSON.stringify(change));
      if (reply.status !== 200) strictEqual(verdict(await merchant.order(number)), '404 ORDER_NOT_EXIST');
    }
  };
}

const refused = (...changes: Json[]) => answered('400 PARAM_ERROR', () => changes);
const taken = (...changes: Json[]) => answered('200', () => changes);
const url = (length: number): string => `https://mall.example.com/${'n'.repeat(length - 25)}`;

export const orderChecks = checksOf('§5', {
  'description is 1 to 127 characters': async (bench) => {
    await taken({ description: '衫' }, { description: '衫'.repeat(127) })(bench);
    await refused({ description: '' }, { description: '衫'.repeat(128) }, { description: undefined })(bench);
  },
  'out_trade_no is 6 to 32 of 0-9A-Za-z_-|*': async (bench) => {
    await taken({ out_trade_no: 'aB3_-|' }, { out_trade_no: '*'.repeat(32) })(bench);
    await refused({ out_trade_no: '12345' }, { out_trade_no: 'x'.repeat(33) }, { out_trade_no: 'order@1' })(bench);
  },
  'attach is at most 128 characters': async (bench) => {
    await taken({ attach: 'a'.repeat(128) })(bench);
    await refused({ attach: 'a'.repeat(129) })(bench);
  },
  'notify_url is https, without a query, at most 255 characters': async (bench) => {
    await taken({ notify_url: url(255) })(bench);
    await refused(
      { notify_url: url(256) },
      { notify_url: 'http://mall.example.com/n' },
      { notify_url: 'https://mall.example.com/n?a=1' },
      { notify_url: undefined },
    )(bench);
  },
  'amount is whole fen from 1, in CNY': async (bench) => {
    await taken({ amount: { total: 1 } })(bench);
    await refused(
      { amount: { total: 0 } },
      { amount: { total: 0.5 } },
      { amount: { total: '100' } },
      { amount: { total: 100, currency: 'USD' } },
      { amount: undefined },
    )(bench);
  },
  'time_expire is RFC 3339': async (bench) => {
    await taken({ time_expire: '2030-01-02T03:04:05+08:00' })(bench);
    await refused({ time_expire: '20300102030405' }, { time_expire: 1_893_528_245 })(bench);
  },
  'appid and mchid are at most 32 characters': refused({ appid: 'w'.repeat(33) }, { mchid: '1'.repeat(33) }),
  'a foreign appid is APPID_MCHID_NOT_MATCH': answered('400 APPID_MCHID_NOT_MATCH', () => [
    { appid: 'wx0000000000000000' },
  ]),
  'a foreign mchid is MCH_NOT_EXISTS': answered('400 MCH_NOT_EXISTS', () => [{ mchid: '1900000001' }]),
  'payer.openid is one of that appid': refused(
    { payer: { openid: 'o-of-nobody' } },
    { payer: {} },
    { payer: undefined },
  ),
  'settle_info.profit_sharing is a boolean': async (bench) => {
    await taken({ settle_info: { profit_sharing: true } })(bench);
    await refused({ settle_info: { profit_sharing: 'Y' } })(bench);
  },
  'a body that is no JSON object is PARAM_ERROR': async (bench) => {
    const merchant = await bench.merchant();
    for (const body of ['', '[]', '{', 'null']) {
      strictEqual(verdict(await merchant.call('POST', '/v3/pay/transactions/jsapi', body)), '400 PARAM_ERROR');
    }
  },
  'a prepay_id opens the cashier for 2 hours': async (bench) => {
    const merchant = await bench.merchant();
    const { prepay_id: early } = (await merchant.prepay('order-0001')).json;
    const { prepay_id: late } = (await merchant.prepay('order-0002')).json;
    await merchant.advance(2 * HOUR - 5_000);
    strictEqual((await merchant.pay(early)).status, 200);
    await merchant.advance(5_000);
    strictEqual((await merchant.pay(late)).json.error, 'expired');
    strictEqual((await merchant.order('order-0002')).json.trade_state, 'NOTPAY');
  },
  'the same body again is a new prepay_id of the same order, which is paid once': async (bench) => {
    const merchant = await bench.merchant();
    const [first, again] = [await merchant.prepay('order-0001'), await merchant.prepay('order-0001')];
    notStrictEqual(first.json.prepay_id, again.json.prepay_id);
    strictEqual((await merchant.pay(again.json.prepay_id)).status, 200);
    strictEqual((await merchant.pay(first.json.prepay_id)).json.error, 'paid');
  },
  'another body under the same number is INVALID_REQUEST, another time_expire too': async (bench) => {
    const merchant = await bench.merchant();
    await merchant.prepay('order-0001', { time_expire: '2030-01-02T03:04:05+08:00' });
    for (const change of [
      { time_expire: '2030-01-02T03:04:06+08:00' },
      { time_expire: '2030-01-02T03:04:05+08:00', amount: { total: 1 } },
      {},
    ]) {
      strictEqual(verdict(await merchant.prepay('order-0001', change)), '400 INVALID_REQUEST');
    }
  },
  'time_expire in the past is raised to one minute': async (bench) => {
    const merchant = await bench.merchant();
    await merchant.prepay('order-0001', { time_expire: '2020-01-01T00:00:00+08:00' });
    await merchant.advance(55_000);
    strictEqual((await merchant.order('order-0001')).json.trade_state, 'NOTPAY');
    await merchant.advance(5_000);
    strictEqual((await merchant.order('order-0001')).json.trade_state, 'CLOSED');
  },
  'an order without time_expire can be paid for 7 days': async (bench) => {
    const merchant = await bench.merchant();
    await merchant.prepay('order-0001');
    await merchant.advance(7 * DAY - 60_000);
    strictEqual((await merchant.order('order-0001')).json.trade_state, 'NOTPAY');
    await merchant.advance(60_000);
    strictEqual((await merchant.order('order-0001')).json.trade_state, 'CLOSED');
  },
  'a query shows NOTPAY, SUCCESS with its number, time, payer and sums, and REFUND': async (bench) => {
    const merchant = await bench.merchant();
    await merchant.prepay('order-0001');
    strictEqual((await merchant.order('order-0001')).json.trade_state, 'NOTPAY');
    const transactionId = await merchant.paid('order-0002', { attach: 'note' });
    const { json } = await merchant.order('order-0002');
    deepStrictEqual(
      [json.trade_state, json.transaction_id, json.mchid, json.appid, json.attach],
      ['SUCCESS', transactionId, merchant.agreed.mchId, merchant.agreed.appId, 'note'],
    );
    match(String(json.success_time), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/);
    deepStrictEqual(json.payer, { openid: await merchant.openid() });
    const { total, payer_total: paid } = json.amount as Json;
    deepStrictEqual([total, paid], [8_861, 8_861]);
    await merchant.refund('order-0002', 'refund-1', 61);
    strictEqual((await merchant.order('order-0002')).json.trade_state, 'REFUND');
  },
  'an unknown number is 404 ORDER_NOT_EXIST': async (bench) => {
    strictEqual(verdict(await (await bench.merchant()).order('never-was')), '404 ORDER_NOT_EXIST');
  },
  'a query needs mchid': async (bench) => {
    const merchant = await bench.merchant();
    await merchant.prepay('order-0001');
    strictEqual(verdict(await merchant.get('/v3/pay/transactions/out-trade-no/order-0001')), '400 PARAM_ERROR');
  },
  'closing an unpaid order is 204, again too, and a paid one cannot be closed': async (bench) => {
    const merchant = await bench.merchant();
    await merchant.prepay('order-0001');
    strictEqual((await merchant.close('order-0001')).status, 204);
    strictEqual((await merchant.close('order-0001')).status, 204);
    strictEqual((await merchant.order('order-0001')).json.trade_state, 'CLOSED');
    await merchant.paid('order-0002');
    strictEqual(verdict(await merchant.close('order-0002')), '400 INVALID_REQUEST');
    strictEqual(verdict(await merchant.close('never-was')), '404 ORDER_NOT_EXIST');
  },
  'a paid number is OUT_TRADE_NO_USED, a closed one ORDER_CLOSED': async (bench) => {
    const merchant = await bench.merchant();
    await merchant.paid('order-0001');
    strictEqual(verdict(await merchant.prepay('order-0001')), '403 OUT_TRADE_NO_USED');
    await merchant.prepay('order-0002');
    await merchant.close('order-0002');
    strictEqual(verdict(await merchant.prepay('order-0002')), '400 ORDER_CLOSED');
  },
  'late payment races close: whichever comes first decides, the other is refused': async (bench) => {
    const merchant = await bench.merchant();
    for (let turn = 0; turn < 8; turn += 1) {
      const number = `race-000${turn}`;
      const { prepay_id: prepayId } = (await merchant.prepay(number)).json;
      const pay = () => merchant.pay(prepayId);
      const close = () => merchant.close(number);
      const both = turn % 2 === 0 ? [pay(), close()] : [close(), pay()];
      const statuses = (await Promise.all(both)).map(({ status }) => status);
      const [paid, closed] = turn % 2 === 0 ? statuses : [statuses[1], statuses[0]];
      const { trade_state: state } = (await merchant.order(number)).json;
      const wanted = state === 'SUCCESS' ? [200, 400] : [409, 204];
      deepStrictEqual([paid, closed], wanted);
    }
  },
  'only the payer can pay': async (bench) => {
    const merchant = await bench.merchant();
    const { prepay_id: prepayId } = (await merchant.prepay('order-0001')).json;
    strictEqual((await merchant.pay(prepayId, { persona: 'azhe' })).json.error, 'not_the_payer');
  },
});
