import { generateCredentials } from './generate-credentials.js';
import { eventually, HandClock, NoticeListener, postJson, TestMerchant } from './merchant-for-tests.js';
import { DOCUMENTED_RETRY_DELAYS_MS } from './notices.js';
import { type RunningEmulator, startEmulator } from './start-emulator.js';

const credentials = generateCredentials();
const clock = new HandClock();
let running: RunningEmulator;
let merchant: TestMerchant;
let shop: NoticeListener;
let notifyUrl: string;

beforeEach(async () => {
  shop = new NoticeListener();
  notifyUrl = await shop.open();
  running = await startEmulator({ clock, credentials, retryDelaysMs: [10, 20, 30], refundDelayMs: 5 });
  merchant = new TestMerchant(running, clock);
});
afterEach(async () => {
  await running.close();
  shop.close();
});

const pay = (outTradeNo: string) => merchant.paidOrder(outTradeNo, { notify_url: notifyUrl });
const arrived = (count: number) => eventually(() => shop.received.length >= count);
const firstState = () => running.emulator.notices.all()[0]?.state;
const quiet = () => new Promise((resolve) => setTimeout(resolve, 120));

describe('notices', () => {
  it('tell a payment: signed over the raw body, encrypted, with the transaction inside', async () => {
    const transactionId = await pay('order-0001');
    expect(await arrived(1)).toBe(true);
    const { headers, body } = shop.received[0]!;
    const envelope = JSON.parse(body);
    expect(merchant.isSignedByPlatform((name) => String(headers[name]), body)).toBe(true);
    expect(merchant.isSignedByPlatform((name) => String(headers[name]), body.replace('支付', '退款'))).toBe(false);
    expect(envelope).toMatchObject({ event_type: 'TRANSACTION.SUCCESS', resource_type: 'encrypt-resource' });
    expect(envelope.resource).toMatchObject({ algorithm: 'AEAD_AES_256_GCM', original_type: 'transaction' });
    expect(envelope.resource.nonce).toHaveLength(12);
    expect(merchant.decrypt(envelope.resource)).toMatchObject({
      out_trade_no: 'order-0001',
      transaction_id: transactionId,
      trade_state: 'SUCCESS',
      amount: { total: 12_345 },
    });
  });

  it('tell a refund to the address that the refund named', async () => {
    await merchant.paidOrder('order-0001');
    await merchant.refund('order-0001', 'refund-1', 45, { notify_url: notifyUrl });
    expect(await arrived(1)).toBe(true);
    const envelope = JSON.parse(shop.received[0]!.body);
    expect(envelope.event_type).toBe('REFUND.SUCCESS');
    expect(merchant.decrypt(envelope.resource)).toMatchObject({
      mchid: credentials.mchId,
      out_refund_no: 'refund-1',
      refund_status: 'SUCCESS',
      amount: { refund: 45, total: 12_345 },
    });
  });

  it('follow the documented schedule', () => {
    const seconds = DOCUMENTED_RETRY_DELAYS_MS.map((ms) => ms / 1000);
    const [minute, hour] = [60, 3600];
    const early = [15, 15, 30, 3 * minute, 10 * minute, 20 * minute, 30 * minute, 30 * minute, 30 * minute, hour];
    expect(seconds).toEqual([...early, 3 * hour, 3 * hour, 3 * hour, 6 * hour, 6 * hour]);
  });

  it.each([200, 204])('stop after an answer of %d', async (status) => {
    shop.answers = [500, status];
    await pay('order-0001');
    await arrived(2);
    await quiet();
    expect(running.emulator.notices.all()[0]).toMatchObject({ answers: [500, status], state: 'delivered' });
  });

  it('come again with the same id after 4xx, 5xx, a redirect, and are given up when the schedule ends', async () => {
    shop.answers = [400, 500, 302, 201];
    await pay('order-0001');
    expect(await eventually(() => firstState() === 'given_up')).toBe(true);
    const ids = shop.received.map(({ body }) => JSON.parse(body).id);
    expect(ids).toHaveLength(4);
    expect(new Set(ids).size).toBe(1);
  });

  it('can be lost: held back while the order is paid, then resent on demand and out of order', async () => {
    await postJson(`${running.baseUrl}/control/notices`, { mode: 'hold' });
    await pay('order-0001');
    await pay('order-0002');
    await quiet();
    expect(shop.received).toEqual([]);
    expect((await merchant.query('order-0001')).json.trade_state).toBe('SUCCESS');
    const [first, second] = running.emulator.notices.all();
    for (const notice of [second, first]) {
      const answer = await postJson(`${running.baseUrl}/control/notices/${notice?.id}/resend`, {});
      expect(answer.json).toEqual({ answer: 204 });
    }
    const numbers = shop.received.map(({ body }) => merchant.decrypt(JSON.parse(body).resource).out_trade_no);
    expect(numbers).toEqual(['order-0002', 'order-0001']);
  });

  it('can be made to come twice', async () => {
    await postJson(`${running.baseUrl}/control/notices`, { mode: 'duplicate' });
    await pay('order-0001');
    expect(await arrived(2)).toBe(true);
    expect(shop.received[0]?.body).toBe(shop.received[1]?.body);
  });

  it('refuse an unknown mode and an unknown id', async () => {
    expect((await postJson(`${running.baseUrl}/control/notices`, { mode: 'shred' })).status).toBe(400);
    expect((await postJson(`${running.baseUrl}/control/notices/none/resend`, {})).status).toBe(404);
  });
});
