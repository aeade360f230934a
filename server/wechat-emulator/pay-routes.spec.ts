import { generateCredentials } from './generate-credentials.js';
import { type Answer, type Bend, HandClock, TestMerchant } from './merchant-for-tests.js';
import { type RunningEmulator, startEmulator } from './start-emulator.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const PREPAY = '/v3/pay/transactions/jsapi';
const credentials = generateCredentials();
let clock: HandClock;
let running: RunningEmulator;
let merchant: TestMerchant;

beforeEach(async () => {
  clock = new HandClock();
  running = await startEmulator({ clock, credentials });
  running.emulator.notices.mode = 'hold';
  merchant = new TestMerchant(running, clock);
});
afterEach(() => running.close());

function verdict({ status, json }: Answer): [number, unknown] {
  return [status, json.code];
}

describe('the signature of a request', () => {
  async function bent(bend: Bend): Promise<Answer> {
    return merchant.call('POST', PREPAY, merchant.order('order-0001'), bend);
  }

  it.each<[string, Bend]>([
    ['no Authorization', { authorization: '' }],
    ['another scheme', { authorization: 'Bearer x' }],
    ['a field missing', { authorization: 'WECHATPAY2-SHA256-RSA2048 mchid="1",nonce_str="a"' }],
    ['a foreign merchant', { mchid: '1900000001' }],
    ['a foreign certificate', { serial: 'ABCDEF' }],
    ['a body other than the signed one', { signedBody: '{}' }],
    ['a body that differs by one space', { signedBody: `${JSON.stringify({ a: 1 })} ` }],
    ['a time 300 s old', { timestamp: 1_790_000_000 - 300 }],
    ['a time 300 s ahead', { timestamp: 1_790_000_000 + 300 }],
  ])('with %s is 401 SIGN_ERROR, unsigned, and opens no order', async (_fault, bend) => {
    const answer = await bent(bend);
    expect(verdict(answer)).toEqual([401, 'SIGN_ERROR']);
    expect(answer.headers.has('wechatpay-signature')).toBe(false);
    expect(running.emulator.orders.all()).toEqual([]);
  });

  it('is taken 299 s before and after', async () => {
    expect((await bent({ timestamp: 1_790_000_000 - 299 })).status).toBe(200);
    expect((await bent({ timestamp: 1_790_000_000 + 299 })).status).toBe(200);
  });

  it('covers the query of a GET', async () => {
    await merchant.prepay('order-0001');
    const path = '/v3/pay/transactions/out-trade-no/order-0001';
    expect((await merchant.query('order-0001')).status).toBe(200);
    expect(verdict(await merchant.call('GET', path))).toEqual([400, 'PARAM_ERROR']);
    expect(verdict(await merchant.call('GET', `${path}?mchid=1`))).toEqual([400, 'PARAM_ERROR']);
  });

  it('must name the platform key under which the answer is wanted', async () => {
    expect(verdict(await bent({ platformSerial: null }))).toEqual([400, 'PARAM_ERROR']);
    expect(verdict(await bent({ platformSerial: 'PUB_KEY_ID_0' }))).toEqual([400, 'PARAM_ERROR']);
  });

  it('is answered under the platform key: success, refusal and empty body', async () => {
    for (const answer of [
      await merchant.prepay('order-0001'),
      await merchant.prepay('order-0001', { amount: { total: 1 } }),
      await merchant.close('order-0001'),
    ]) {
      expect(merchant.isSignedByPlatform((name) => answer.headers.get(name), answer.text)).toBe(true);
      expect(merchant.isSignedByPlatform((name) => answer.headers.get(name), `${answer.text} `)).toBe(false);
    }
  });

  it('is answered by 500 SYSTEM_ERROR, signed, while the platform is made busy', async () => {
    running.emulator.faults.arm({ kind: 'busy', path: '/v3/', delayMs: 0, times: 1 });
    expect(verdict(await merchant.prepay('order-0001'))).toEqual([500, 'SYSTEM_ERROR']);
    expect(running.emulator.orders.all()).toEqual([]);
  });
});

describe('prepay', () => {
  it.each([
    [{ appid: 'wxother' }, 'APPID_MCHID_NOT_MATCH'],
    [{ appid: 'x'.repeat(33) }, 'PARAM_ERROR'],
    [{ mchid: '1900000001' }, 'MCH_NOT_EXISTS'],
    [{ mchid: '' }, 'PARAM_ERROR'],
    [{ description: '' }, 'PARAM_ERROR'],
    [{ description: '衫'.repeat(128) }, 'PARAM_ERROR'],
    [{ out_trade_no: 'short' }, 'PARAM_ERROR'],
    [{ out_trade_no: 'x'.repeat(33) }, 'PARAM_ERROR'],
    [{ out_trade_no: 'order 0001' }, 'PARAM_ERROR'],
    [{ attach: 'x'.repeat(129) }, 'PARAM_ERROR'],
    [{ notify_url: 'http://mall.example.com/notify' }, 'PARAM_ERROR'],
    [{ notify_url: 'https://mall.example.com/notify?a=1' }, 'PARAM_ERROR'],
    [{ notify_url: `https://mall.example.com/${'x'.repeat(255)}` }, 'PARAM_ERROR'],
    [{ notify_url: 'not a url' }, 'PARAM_ERROR'],
    [{ time_expire: '2026-11-22 10:00:00' }, 'PARAM_ERROR'],
    [{ amount: { total: 0 } }, 'PARAM_ERROR'],
    [{ amount: { total: -1 } }, 'PARAM_ERROR'],
    [{ amount: { total: 1.5 } }, 'PARAM_ERROR'],
    [{ amount: { total: '100' } }, 'PARAM_ERROR'],
    [{ amount: { total: 100, currency: 'USD' } }, 'PARAM_ERROR'],
    [{ payer: {} }, 'PARAM_ERROR'],
    [{ payer: { openid: 'o-of-nobody' } }, 'PARAM_ERROR'],
    [{ settle_info: { profit_sharing: 'yes' } }, 'PARAM_ERROR'],
  ])('with %j is 400 %s and opens no order', async (change, code) => {
    expect(verdict(await merchant.prepay('order-0001', change))).toEqual([400, code]);
    expect(running.emulator.orders.all()).toEqual([]);
  });

  it.each([
    { description: '衫'.repeat(127) },
    { out_trade_no: 'a_-|*6' },
    { out_trade_no: 'x'.repeat(32) },
    { attach: 'x'.repeat(128) },
    { notify_url: 'https://mall.example.com/notify' },
    { notify_url: 'http://localhost:3000/notify' },
    { time_expire: '2026-11-22T10:00:00+08:00' },
    { amount: { total: 1 } },
    { settle_info: { profit_sharing: false } },
  ])('takes %j', async (change) => {
    expect((await merchant.prepay('order-0001', change)).status).toBe(200);
  });

  it('refuses a body that is no JSON object', async () => {
    expect(verdict(await merchant.call('POST', PREPAY, '[]'))).toEqual([400, 'PARAM_ERROR']);
  });

  it('gives another prepay_id for the same body and refuses another body under the same number', async () => {
    const first = await merchant.prepay('order-0001');
    const again = await merchant.prepay('order-0001');
    expect(again.json.prepay_id).toMatch(/^wx/);
    expect(again.json.prepay_id).not.toBe(first.json.prepay_id);
    const other = await merchant.prepay('order-0001', { amount: { total: 12_346 } });
    expect(verdict(other)).toEqual([400, 'INVALID_REQUEST']);
  });

  it('refuses a paid order (OUT_TRADE_NO_USED) and a closed one (ORDER_CLOSED)', async () => {
    await merchant.paidOrder('order-0001');
    await merchant.prepay('order-0002');
    await merchant.close('order-0002');
    expect(verdict(await merchant.prepay('order-0001'))).toEqual([403, 'OUT_TRADE_NO_USED']);
    expect(verdict(await merchant.prepay('order-0002'))).toEqual([400, 'ORDER_CLOSED']);
  });
});

describe('paying', () => {
  it('takes the money once, from the payer, with parameters that the merchant signed', async () => {
    const { prepay_id: prepayId } = (await merchant.prepay('order-0001')).json;
    const paid = await merchant.pay(prepayId);
    expect(paid.json).toMatchObject({ result: 'ok', out_trade_no: 'order-0001' });
    expect(paid.json.transaction_id).toMatch(/^\d{28}$/);
    expect([(await merchant.pay(prepayId)).status, (await merchant.pay(prepayId)).json.error]).toEqual([409, 'paid']);
  });

  it.each([
    ['appId', 'wxother'],
    ['timeStamp', 'soon'],
    ['nonceStr', ''],
    ['package', 'prepay_id=other'],
    ['signType', 'MD5'],
    ['paySign', 'bm9uc2Vuc2U='],
  ])('refuses a %s of %s and takes no money', async (field, value) => {
    const { prepay_id: prepayId } = (await merchant.prepay('order-0001')).json;
    const refused = await merchant.pay(prepayId, 'xiaoyu', { [field]: value });
    expect([refused.status, refused.json]).toEqual([400, { error: 'pay_sign_invalid', field }]);
    expect((await merchant.query('order-0001')).json.trade_state).toBe('NOTPAY');
  });

  it('refuses another person, an unknown prepay_id and one that is two hours old', async () => {
    const { prepay_id: prepayId } = (await merchant.prepay('order-0001')).json;
    expect((await merchant.pay(prepayId, 'azhe')).json.error).toBe('not_the_payer');
    expect((await merchant.pay('wx-unknown')).status).toBe(404);
    clock.advance(2 * HOUR);
    expect((await merchant.pay(prepayId)).json.error).toBe('expired');
    const fresh = await merchant.prepay('order-0001');
    expect((await merchant.pay(fresh.json.prepay_id)).status).toBe(200);
  });

  it('is over when time_expire has passed, but never sooner than one minute after the order', async () => {
    const { prepay_id: prepayId } = (await merchant.prepay('order-0001', { time_expire: '2020-01-01T00:00:00Z' })).json;
    clock.advance(59_999);
    expect((await merchant.query('order-0001')).json.trade_state).toBe('NOTPAY');
    clock.advance(1);
    expect((await merchant.pay(prepayId)).json.error).toBe('closed');
    expect((await merchant.query('order-0001')).json.trade_state).toBe('CLOSED');
  });

  it('is possible for seven days when no time_expire is named', async () => {
    await merchant.prepay('order-0001');
    clock.advance(7 * DAY - 1);
    expect((await merchant.query('order-0001')).json.trade_state).toBe('NOTPAY');
    clock.advance(1);
    expect((await merchant.query('order-0001')).json.trade_state).toBe('CLOSED');
  });

  it('races close: whichever comes first decides', async () => {
    const { prepay_id: lost } = (await merchant.prepay('order-0001')).json;
    expect((await merchant.close('order-0001')).status).toBe(204);
    expect((await merchant.pay(lost)).json.error).toBe('closed');
    await merchant.paidOrder('order-0002');
    expect(verdict(await merchant.close('order-0002'))).toEqual([400, 'INVALID_REQUEST']);
    expect((await merchant.query('order-0002')).json.trade_state).toBe('SUCCESS');
  });
});

describe('query and close', () => {
  it('show amount, payer and time of a paid order, and only the amount of an unpaid one', async () => {
    const transactionId = await merchant.paidOrder('order-0001', { attach: 'a' });
    await merchant.prepay('order-0002');
    expect((await merchant.query('order-0001')).json).toMatchObject({
      appid: credentials.appId,
      mchid: credentials.mchId,
      trade_state: 'SUCCESS',
      transaction_id: transactionId,
      success_time: '2026-09-21T22:13:20+08:00',
      payer: { openid: merchant.openid('xiaoyu') },
      amount: { total: 12_345, payer_total: 12_345 },
      attach: 'a',
    });
    expect((await merchant.query('order-0002')).json).not.toHaveProperty('transaction_id');
  });

  it('answer 404 ORDER_NOT_EXIST for an unknown number, and close wants the right mchid', async () => {
    expect(verdict(await merchant.query('never-was'))).toEqual([404, 'ORDER_NOT_EXIST']);
    expect(verdict(await merchant.close('never-was'))).toEqual([404, 'ORDER_NOT_EXIST']);
    await merchant.prepay('order-0001');
    const path = '/v3/pay/transactions/out-trade-no/order-0001/close';
    expect(verdict(await merchant.call('POST', path, { mchid: '1' }))).toEqual([400, 'PARAM_ERROR']);
  });

  it('closing twice is answered 204 twice', async () => {
    await merchant.prepay('order-0001');
    expect([(await merchant.close('order-0001')).status, (await merchant.close('order-0001')).status]).toEqual([
      204, 204,
    ]);
  });
});
