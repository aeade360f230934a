import { CallbackListener } from './api-for-tests.js';
import { generateCredentials } from './generate-credentials.js';
import { eventually, getJson, HandClock, postJson, TestMerchant } from './merchant-for-tests.js';
import { type RunningEmulator, startEmulator } from './start-emulator.js';

const credentials = generateCredentials();
let running: RunningEmulator;
let merchant: TestMerchant;

beforeEach(async () => {
  const clock = new HandClock();
  running = await startEmulator({
    clock,
    credentials,
    refundDelayMs: 0,
    refundsApartMs: 0,
    transferPace: { moveMs: 0 },
  });
  merchant = new TestMerchant(running, clock);
  running.emulator.notices.mode = 'hold';
});
afterEach(() => running.close());

async function press(action: string, fields: Record<string, string> = {}): Promise<string> {
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  const reply = await postJson(`${running.baseUrl}/operator/${action}`, String(new URLSearchParams(fields)), headers);
  if (reply.status !== 303) return String(reply.status);
  return new URL(reply.headers.get('location') ?? '', running.baseUrl).searchParams.get('said') ?? '';
}

const page = async (): Promise<string> => (await getJson(`${running.baseUrl}/`)).text;
const state = async (number: string) => (await merchant.query(number)).json.trade_state;

describe('the operator’s page', () => {
  it('pays an order and gives back what is left of it, each once', async () => {
    await merchant.prepay('order-0001');
    expect(await press('pay', { number: 'order-0001' })).toBe('已替小雨支付');
    expect(await press('pay', { number: 'order-0001' })).toBe('这笔订单现在不能支付');
    await merchant.refund('order-0001', 'refund-1', 345);
    expect(await press('refund', { number: 'order-0001' })).toBe('已从商户平台发起退款');
    expect(await press('refund', { number: 'order-0001' })).toBe('这笔订单已经全部退款');
    expect(running.emulator.refunds.all().map(({ amountFen }) => amountFen)).toEqual([345, 12_000]);
    expect(await state('order-0001')).toBe('REFUND');
    expect(await press('pay', { number: 'never' })).toBe('没有找到这笔订单');
  });

  it('confirms a transfer and tops the balance up', async () => {
    await press('top-up', { yuan: '45.6' });
    expect((await merchant.transfer('bill1')).json.state).toBe('PROCESSING');
    expect(await press('top-up', { yuan: '0.1e2' })).toBe('金额应为数字，最多两位小数');
    await press('top-up', { yuan: '0.07' });
    expect(await press('confirm', { number: 'bill1' })).toBe('已替收款人确认');
    await page();
    expect(running.emulator.transfers.find('bill1')?.state).toBe('SUCCESS');
    expect(running.emulator.account.balanceFen).toBe(0);
  });

  it('starts an outage, says so on top, and lifts it', async () => {
    expect(await press('outage', { kind: 'gateway', path: '/v3/', seconds: '0' })).toBe('故障已开始');
    expect((await merchant.prepay('order-0001')).status).toBe(502);
    expect(await page()).toContain('502 网关错误 · /v3/ · 直到解除');
    await press('lift', { id: running.emulator.faults.all()[0]?.id ?? '' });
    expect((await merchant.prepay('order-0001')).status).toBe(200);
  });

  it('moves the platform’s time on, and never back', async () => {
    expect(await press('clock', { minutes: '-5' })).toBe('时间只能向前');
    await press('clock', { minutes: '60' });
    expect(running.emulator.time.aheadMs).toBe(3_600_000);
  });

  it('shows what others wrote as text, and further tables', async () => {
    await merchant.prepay('order-0001', { description: '<script>alert(1)</script>' });
    running.emulator.panels.push(() => ({ title: '订阅消息', heads: ['内容'], rows: [['<b>到货</b>']] }));
    const shown = (await getJson(`${running.baseUrl}/?said=%3Cimg%3E`)).text;
    expect(shown).toContain('&lt;script&gt;');
    expect(shown).toContain('&lt;b&gt;到货');
    expect(shown).toContain('&lt;img&gt;');
    expect(shown).not.toMatch(/<script>|<img>|<b>到货/);
  });

  it('knows no other action, and takes no press of a foreign website', async () => {
    expect(await press('toString')).toBe('404');
    const headers = { Origin: 'https://elsewhere.example.com', 'Content-Type': 'application/x-www-form-urlencoded' };
    expect((await postJson(`${running.baseUrl}/operator/clock`, 'minutes=5', headers)).status).toBe(403);
    expect(running.emulator.time.aheadMs).toBe(0);
  });

  it('shows what was uploaded as shipped, and sends a push or a callback of WeCom again', async () => {
    const listener = new CallbackListener();
    const { emulator } = running;
    const { openid } = emulator.personas.named('xiaoyu') ?? { openid: '' };
    await merchant.paidOrder('order-0001');
    const parcel = { trackingNo: 'SF123', expressCompany: 'ZTO', itemDesc: '<i>羊绒围巾</i>', contact: null };
    const upload = { logisticsType: 1, deliveryMode: 1, finished: true, parcels: [parcel] };
    const key = { mchId: credentials.mchId, outTradeNo: 'order-0001' };
    expect(emulator.shipments.upload({ ...upload, key, openid, uploadTime: emulator.clock.now() })).toBe(0);
    const shown = await page();
    expect(shown).toContain('ZTO SF123 &lt;i&gt;羊绒围巾');
    expect(shown).toContain('已发货');

    emulator.push.url = await listener.open();
    emulator.wecomPush.url = emulator.push.url;
    for (const [kind, callbacks] of [
      ['push', emulator.push],
      ['wecom', emulator.wecomPush],
    ] as const) {
      callbacks.mode = 'hold';
      const { id } = callbacks.send({ Event: `of_${kind}` });
      expect(await page()).toContain(`of_${kind}`);
      expect(await press('push', { kind, id })).toBe('商城应答 200');
      expect(callbacks.all().at(-1)?.state).toBe('delivered');
      expect(await press('push', { kind, id: 'none' })).toBe('没有找到这条推送');
    }
    expect(listener.received).toHaveLength(2);
    listener.close();
  });

  it('sends a notice again and tells how the mall answered', async () => {
    await merchant.paidOrder('order-0001');
    const id = running.emulator.notices.all()[0]?.id ?? '';
    // Nobody listens at the address of this order.
    expect(await press('notice', { id })).toBe('商城应答 超时');
    expect(await press('notice', { id: 'none' })).toBe('没有找到这条通知');
    await press('mode', { mode: 'drop' });
    await merchant.paidOrder('order-0002');
    expect(await eventually(() => running.emulator.notices.all()[1]?.state === 'dropped')).toBe(true);
  });
});
