import { generateKeyPairSync } from 'node:crypto';
import { fen } from '@mall/shared/money';
import { generateCredentials } from '../../wechat-emulator/generate-credentials.js';
import { eventually, HandClock, NoticeListener, postJson } from '../../wechat-emulator/merchant-for-tests.js';
import { type RunningEmulator, startEmulator } from '../../wechat-emulator/start-emulator.js';
import type { JsapiPrepayRequest, Outcome, WechatConfig, WechatNotice } from './wechat.public.js';
import { configFor, type WechatClients, wechatClients } from './wechat-for-tests.js';

const credentials = generateCredentials();
const PREPAY = '/v3/pay/transactions/jsapi';
let clock: HandClock;
let running: RunningEmulator;
let shop: NoticeListener;
let config: WechatConfig;
let pay: WechatClients['pay'];

beforeEach(async () => {
  clock = new HandClock();
  shop = new NoticeListener();
  const notifyUrl = await shop.open();
  running = await startEmulator({ clock, credentials, retryDelaysMs: [20], refundDelayMs: 20 });
  config = configFor(credentials, running.baseUrl, { notifyUrl });
  ({ pay } = await wechatClients(config, clock));
});
afterEach(async () => {
  await running.close();
  shop.close();
});

function order(outTradeNo: string, change: Partial<JsapiPrepayRequest> = {}): JsapiPrepayRequest {
  const payerOpenid = running.emulator.personas.named('xiaoyu')?.openid ?? '';
  const expiresAt = clock.now() + 15 * 60_000;
  return { outTradeNo, description: '羊毛开衫 等 3 件', totalFen: fen(12_345), payerOpenid, expiresAt, ...change };
}

function unwrap<T>(outcome: Outcome<T, string>): T {
  if (outcome.outcome !== 'ok') throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

async function payNow(outTradeNo: string): Promise<string> {
  const { prepayId } = unwrap(await pay.prepayJsapi(order(outTradeNo)));
  const body = { prepay_id: prepayId, persona: 'xiaoyu', ...pay.paySignParams(prepayId) };
  const paid = await postJson(`${running.baseUrl}/cashier/pay`, body);
  if (paid.status !== 200) throw new Error(paid.text);
  return String(paid.json.transaction_id);
}

async function nextNotice(count = 1): Promise<WechatNotice> {
  if (!(await eventually(() => shop.received.length >= count))) throw new Error('no notice came');
  const { headers, body } = shop.received[count - 1]!;
  const parsed = pay.parseNotice(headers, Buffer.from(body));
  if (parsed.outcome !== 'ok') throw new Error(parsed.reason);
  return parsed.notice;
}

function fault(kind: string, path: string, change: object = {}) {
  return postJson(`${running.baseUrl}/control/faults`, { kind, path, ...change });
}

describe('WechatPayClient: from prepay to notice', () => {
  it('R7.5: prepay, pay, notice and query agree on number, amount, payer and time', async () => {
    const transactionId = await payNow('order-0001');
    const notice = await nextNotice();
    const transaction = {
      outTradeNo: 'order-0001',
      tradeState: 'SUCCESS',
      transactionId,
      totalFen: 12_345,
      payerTotalFen: 12_345,
      payerOpenid: running.emulator.personas.named('xiaoyu')?.openid,
      paidAt: clock.now(),
      attach: null,
    };
    expect(notice).toMatchObject({ kind: 'payment', eventType: 'TRANSACTION.SUCCESS', transaction });
    expect(unwrap(await pay.queryByOutTradeNo('order-0001'))).toEqual(transaction);
  });

  it('queries an order that nobody has paid: NOTPAY, no transaction id', async () => {
    await pay.prepayJsapi(order('order-0002', { attach: 'a' }));
    const found = unwrap(await pay.queryByOutTradeNo('order-0002'));
    expect(found).toMatchObject({ tradeState: 'NOTPAY', transactionId: null, paidAt: null, attach: 'a' });
  });

  it('gets another prepay id for the same request and a refusal for another amount', async () => {
    const first = unwrap(await pay.prepayJsapi(order('order-0003')));
    const second = unwrap(await pay.prepayJsapi(order('order-0003')));
    const other = await pay.prepayJsapi(order('order-0003', { totalFen: fen(1) }));
    expect(second.prepayId).not.toBe(first.prepayId);
    expect(other).toMatchObject({ outcome: 'refused', reason: 'refused', code: 'INVALID_REQUEST' });
  });

  it('cuts a long description without leaving half a character', async () => {
    const description = `${'衫'.repeat(126)}👗👗`;
    expect((await pay.prepayJsapi(order('order-0004', { description }))).outcome).toBe('ok');
    expect(running.emulator.orders.find('order-0004')?.description).toBe('衫'.repeat(126));
  });

  it('closes an unpaid order; a paid one refuses and stays paid', async () => {
    await pay.prepayJsapi(order('order-0005'));
    expect(await pay.close('order-0005')).toEqual({ outcome: 'ok', value: null });
    expect(unwrap(await pay.queryByOutTradeNo('order-0005')).tradeState).toBe('CLOSED');
    await payNow('order-0006');
    expect((await pay.close('order-0006')).outcome).toBe('refused');
    expect(unwrap(await pay.queryByOutTradeNo('order-0006')).tradeState).toBe('SUCCESS');
  });

  it('says not_found for an order and a refund that WeChat never heard of', async () => {
    const notFound = { outcome: 'refused', reason: 'not_found' };
    expect(await pay.queryByOutTradeNo('never-was')).toMatchObject(notFound);
    expect(await pay.queryRefund('never-was')).toMatchObject(notFound);
  });
});

describe('WechatPayClient: refunds', () => {
  const refund = { outTradeNo: 'order-0010', outRefundNo: 'refund-1', refundFen: fen(345), totalFen: fen(12_345) };

  it('starts PROCESSING, ends by notice and query, and stays one refund when it is asked again', async () => {
    const transactionId = await payNow('order-0010');
    await nextNotice();
    const first = unwrap(await pay.refund({ ...refund, reason: '七天无理由' }));
    expect(first).toMatchObject({ status: 'PROCESSING', refundFen: 345, totalFen: 12_345, transactionId });
    const notice = await nextNotice(2);
    const ended = { ...first, status: 'SUCCESS', refundedAt: clock.now() };
    expect(notice).toMatchObject({ kind: 'refund', eventType: 'REFUND.SUCCESS', refund: ended });
    expect(unwrap(await pay.refund({ ...refund, reason: '七天无理由' }))).toEqual(ended);
    expect(unwrap(await pay.queryRefund('refund-1'))).toEqual(ended);
    expect(unwrap(await pay.queryByOutTradeNo('order-0010')).tradeState).toBe('REFUND');
  });

  it('is refused above what was paid, and not_enough when the account is empty', async () => {
    await payNow('order-0010');
    const tooMuch = await pay.refund({ ...refund, refundFen: fen(12_346) });
    expect(tooMuch).toMatchObject({ outcome: 'refused', reason: 'refused', code: 'INVALID_REQUEST' });
    await postJson(`${running.baseUrl}/control/refunds`, { merchantBalanceFen: 344 });
    expect(await pay.refund(refund)).toMatchObject({ outcome: 'refused', reason: 'not_enough' });
  });
});

describe('WechatPayClient: what is not certain is unknown', () => {
  it('a time-out is unknown though WeChat did the work, and the query resolves it', async () => {
    const hasty = (await wechatClients({ ...config, timeoutMs: 150 }, clock)).pay;
    await fault('delay', PREPAY, { delayMs: 2000 });
    const late = await hasty.prepayJsapi(order('order-0020'));
    expect(late).toMatchObject({ outcome: 'unknown', reason: 'timeout' });
    expect(unwrap(await pay.queryByOutTradeNo('order-0020')).tradeState).toBe('NOTPAY');
  });

  it('HTTP 500 is unknown', async () => {
    await fault('busy', PREPAY);
    const answer = await pay.prepayJsapi(order('order-0021'));
    expect(answer).toMatchObject({ outcome: 'unknown', reason: 'server_error' });
  });

  it('a success and a refusal under a wrong signature are unknown', async () => {
    await fault('tamper', '/v3/pay/transactions/', { times: 2 });
    const unverified = { outcome: 'unknown', reason: 'unverified' };
    expect(await pay.prepayJsapi(order('order-0022'))).toMatchObject(unverified);
    expect(await pay.queryByOutTradeNo('never-was')).toMatchObject(unverified);
  });

  it('an answer signed by a key that is not in the map is unknown', async () => {
    const { publicKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    const stranger = { ...config, platformKeys: { [credentials.platformKeyId]: publicKey } };
    const client = (await wechatClients(stranger, clock)).pay;
    expect(await client.queryByOutTradeNo('never-was')).toMatchObject({ reason: 'unverified' });
  });

  it('says misconfigured when WeChat does not take our signature', async () => {
    const wrongSerial = (await wechatClients({ ...config, merchantSerial: 'ABC' }, clock)).pay;
    const refused = await wrongSerial.queryByOutTradeNo('order-0023');
    expect(refused).toMatchObject({ outcome: 'refused', reason: 'misconfigured', code: 'SIGN_ERROR' });
  });
});

describe('WechatPayClient.parseNotice', () => {
  const failed = (reason: string) => ({ outcome: 'failed', reason });

  async function received(): Promise<{ headers: Record<string, string | string[] | undefined>; body: Buffer }> {
    await payNow('order-0030');
    await nextNotice();
    const { headers, body } = shop.received[0]!;
    return { headers, body: Buffer.from(body) };
  }

  it('takes header names in any case, and the same notice twice with the same id', async () => {
    const { headers, body } = await received();
    const upper = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value]));
    expect(pay.parseNotice(upper, body)).toEqual(pay.parseNotice(headers, body));
    expect(pay.parseNotice(upper, body).outcome).toBe('ok');
  });

  it('refuses a changed byte, a probe signature, a missing header, an unknown serial and an old notice', async () => {
    const { headers, body } = await received();
    const without = (name: string, value?: string) => ({ ...headers, [name]: value });
    const probe = without('wechatpay-signature', `WECHATPAY/SIGNTEST/${headers['wechatpay-signature']}`);
    expect(pay.parseNotice(headers, Buffer.concat([body, Buffer.from(' ')]))).toEqual(failed('bad_signature'));
    expect(pay.parseNotice(probe, body)).toEqual(failed('bad_signature'));
    expect(pay.parseNotice(without('wechatpay-nonce'), body)).toEqual(failed('missing_header'));
    expect(pay.parseNotice(without('wechatpay-serial', 'PUB_KEY_ID_0'), body)).toEqual(failed('unknown_serial'));
    clock.advance(299_000);
    expect(pay.parseNotice(headers, body).outcome).toBe('ok');
    clock.advance(1000);
    expect(pay.parseNotice(headers, body)).toEqual(failed('stale'));
  });

  it('refuses a well-signed notice that another APIv3 key sealed, or that is about another merchant', async () => {
    const { headers, body } = await received();
    const otherKey = (await wechatClients({ ...config, apiV3Key: 'k'.repeat(32) }, clock)).pay;
    const otherShop = (await wechatClients({ ...config, mchId: '1900000001' }, clock)).pay;
    const otherApp = (await wechatClients({ ...config, appId: 'wxother' }, clock)).pay;
    expect(otherKey.parseNotice(headers, body)).toEqual(failed('undecryptable'));
    expect(otherShop.parseNotice(headers, body)).toEqual(failed('foreign_merchant'));
    expect(otherApp.parseNotice(headers, body)).toEqual(failed('foreign_merchant'));
  });
});

describe('WechatPayKeys', () => {
  it.each([
    [{ platformKeys: {} }, 'platformKeys is empty'],
    [{ platformKeys: { PUB_KEY_ID_1: 'nonsense' } }, 'platformKeys.PUB_KEY_ID_1 is not a PEM key'],
    [{ merchantPrivateKeyPem: 'nonsense' }, 'merchantPrivateKeyPem is not a PEM key'],
    [{ apiV3Key: 'short' }, 'apiV3Key must have 32 bytes'],
  ])('stops the start on %j', async (change, message) => {
    await expect(wechatClients({ ...config, ...change }, clock)).rejects.toThrow(message);
  });
});
