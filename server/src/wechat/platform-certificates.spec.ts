import { fen } from '@mall/shared/money';
import { generateCredentials } from '../../wechat-emulator/generate-credentials.js';
import { eventually, HandClock, NoticeListener, postJson } from '../../wechat-emulator/merchant-for-tests.js';
import { type RunningEmulator, startEmulator } from '../../wechat-emulator/start-emulator.js';
import { configFor, type WechatClients, wechatClients } from './wechat-for-tests.js';

const credentials = generateCredentials();
const HOUR = 3_600_000;
const MINUTE = 60_000;
const HELLO = 'PUB_KEY_ID_OF_A_STRANGER';
let clock: HandClock;
let running: RunningEmulator;
let shop: NoticeListener;
let notifyUrl: string;

beforeEach(async () => {
  clock = new HandClock();
  shop = new NoticeListener();
  notifyUrl = await shop.open();
  running = await startEmulator({ clock, credentials, retryDelaysMs: [20], refundDelayMs: 20 });
});
afterEach(async () => {
  await running.close();
  shop.close();
});

async function clients(pins: Record<string, string> = {}, change: object = {}): Promise<WechatClients> {
  const config = { platformKeys: pins, fetchCertificates: true, notifyUrl, ...change };
  return wechatClients(configFor(credentials, running.baseUrl, config), clock);
}

/** How often the certificates were asked for. */
function asked(pay: WechatClients): () => number {
  const spy = jest.spyOn(pay.exchange, 'exchange');
  return () => spy.mock.calls.filter(([{ path }]) => path === '/v3/certificates').length;
}

const absent = { outcome: 'refused', reason: 'not_found' };

describe('§5: certificate mode', () => {
  it('fetches the certificates before its first call and verifies under the newest', async () => {
    running.emulator.keys.setMode('certificate');
    clock.advance(MINUTE);
    running.emulator.keys.rotate();
    clock.advance(MINUTE);
    const all = await clients();
    expect(await all.pay.queryByOutTradeNo('never-was')).toMatchObject(absent);
    expect(all.keys.platform.size).toBe(2);
    expect(all.keys.platformSerial).toBe(running.emulator.keys.all().at(-1)?.serial);
  });

  it('fetches again after twelve hours, and at an unknown serial, but once a minute at most', async () => {
    running.emulator.keys.setMode('certificate');
    const all = await clients();
    const count = asked(all);
    for (let call = 0; call < 3; call += 1) await all.pay.queryByOutTradeNo('never-was');
    expect(count()).toBe(1);
    clock.advance(12 * HOUR);
    await all.pay.queryByOutTradeNo('never-was');
    expect(count()).toBe(2);
    running.emulator.keys.rotate();
    // Within the minute the new serial is not believed, and the answer with it.
    expect(await all.pay.queryByOutTradeNo('never-was')).toMatchObject({ outcome: 'unknown', reason: 'unverified' });
    clock.advance(MINUTE);
    expect(await all.pay.queryByOutTradeNo('never-was')).toMatchObject(absent);
    expect(count()).toBe(3);
    const forged = { 'wechatpay-serial': HELLO, 'wechatpay-signature': 'x', 'wechatpay-nonce': 'n' };
    const headers = { ...forged, 'wechatpay-timestamp': String(Math.floor(clock.now() / 1000)) };
    for (let notice = 0; notice < 5; notice += 1) {
      const parsed = await all.pay.receiveNotice(headers, Buffer.from('{}'));
      expect(parsed).toEqual({ outcome: 'failed', reason: 'unknown_serial' });
    }
    expect(count()).toBe(3);
  });

  it('believes no certificates that another APIv3 key sealed', async () => {
    running.emulator.keys.setMode('certificate');
    const all = await clients({}, { apiV3Key: 'k'.repeat(32) });
    expect(await all.pay.queryByOutTradeNo('never-was')).toMatchObject({ outcome: 'unknown', reason: 'unverified' });
    expect(all.keys.platform.size).toBe(0);
  });

  it('takes notices under the pinned key and under a certificate while WeChat switches', async () => {
    running.emulator.keys.setMode('switching');
    const all = await clients({ [credentials.platformKeyId]: credentials.platformPublicKeyPem });
    for (const outTradeNo of ['switch-01', 'switch-02']) {
      const payerOpenid = running.emulator.personas.named('xiaoyu')?.openid ?? '';
      const order = {
        outTradeNo,
        description: '羊毛开衫',
        totalFen: fen(107),
        payerOpenid,
        expiresAt: clock.now() + HOUR,
      };
      const prepaid = await all.pay.prepayJsapi(order);
      if (prepaid.outcome !== 'ok') throw new Error(JSON.stringify(prepaid));
      const { prepayId } = prepaid.value;
      const body = { prepay_id: prepayId, persona: 'xiaoyu', ...all.pay.paySignParams(prepayId) };
      expect((await postJson(`${running.baseUrl}/cashier/pay`, body)).status).toBe(200);
    }
    expect(await eventually(() => shop.received.length >= 2)).toBe(true);
    const serials = new Set(shop.received.map(({ headers }) => headers['wechatpay-serial']));
    expect(serials.size).toBe(2);
    for (const { headers, body } of shop.received) {
      expect((await all.pay.receiveNotice(headers, Buffer.from(body))).outcome).toBe('ok');
    }
  });
});

describe('§5: the backup host', () => {
  it('asks the other host with the same number when the first cannot be reached', async () => {
    const nowhere = 'http://127.0.0.1:1';
    const pins = { [credentials.platformKeyId]: credentials.platformPublicKeyPem };
    const change = { fetchCertificates: false, payBaseUrl: nowhere, payBackupUrl: running.baseUrl };
    const { pay } = await clients(pins, change);
    expect(await pay.queryByOutTradeNo('never-was')).toMatchObject(absent);
    const alone = await clients(pins, { ...change, payBackupUrl: null });
    expect(await alone.pay.queryByOutTradeNo('never-was')).toMatchObject({ outcome: 'unknown', reason: 'network' });
  });
});
