import { parseCredentials } from './credentials.js';
import { generateCredentials } from './generate-credentials.js';
import { type Answer, getJson, HandClock, postJson, TestMerchant } from './merchant-for-tests.js';
import { type RunningEmulator, startEmulator } from './start-emulator.js';

const credentials = generateCredentials();
const MALL = 'http://127.0.0.1:3000/#/';
let clock: HandClock;
let running: RunningEmulator;
let merchant: TestMerchant;

beforeEach(async () => {
  clock = new HandClock();
  running = await startEmulator({ clock, credentials, mallUrl: MALL });
  running.emulator.notices.mode = 'hold';
  merchant = new TestMerchant(running, clock);
});
afterEach(() => running.close());

async function prepayId(change = {}): Promise<string> {
  return String((await merchant.prepay('order-0001', change)).json.prepay_id);
}

function cashier(query: Record<string, string>): Promise<Answer> {
  return getJson(`${running.baseUrl}/cashier?${new URLSearchParams(query)}`);
}

function decide(fields: Record<string, string>): Promise<Answer> {
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  return postJson(`${running.baseUrl}/cashier/decision`, String(new URLSearchParams(fields)), headers);
}

describe('the phone', () => {
  it('knows two customers and a guide, and any test user by name', async () => {
    const url = `${running.baseUrl}/device/personas`;
    const before = (await getJson(url)).json.personas as { name: string }[];
    expect(before.map(({ name }) => name)).toEqual(['小雨', '阿哲', '陈静']);
    expect((await postJson(`${running.baseUrl}/device/login-code`, { persona: 'buyer-7' })).status).toBe(200);
    expect((await getJson(url)).json.personas).toHaveLength(4);
  });

  it.each([{}, { persona: '' }, { persona: '小雨' }, { persona: 'a b' }, { persona: 'x'.repeat(33) }, { persona: 7 }])(
    'refuses %j as a person',
    async (body) => {
      expect((await postJson(`${running.baseUrl}/device/login-code`, body)).status).toBe(400);
    },
  );

  it('has a session from the first login on, each person her own (wx.checkSession)', async () => {
    const check = async (persona: string) =>
      (await postJson(`${running.baseUrl}/device/check-session`, { persona })).json.errMsg;
    expect(await check('buyer-8')).toMatch(/^checkSession:fail /);
    await postJson(`${running.baseUrl}/device/login-code`, { persona: 'buyer-8' });
    expect(await check('buyer-8')).toBe('checkSession:ok');
    expect(await check('buyer-9')).toMatch(/^checkSession:fail /);
    expect((await postJson(`${running.baseUrl}/device/check-session`, { persona: '小雨' })).status).toBe(400);
  });

  it('keeps a person the same after a restart', async () => {
    const other = await startEmulator({ credentials });
    expect(other.emulator.personas.named('buyer-7')).toEqual(running.emulator.personas.named('buyer-7'));
    await other.close();
  });

  it('lets pages of this machine in, preflight included, and keeps foreign websites out', async () => {
    const call = (method: string, origin: string) =>
      fetch(`${running.baseUrl}/device/login-code`, {
        method,
        headers: { Origin: origin, 'Content-Type': 'application/json' },
        ...(method === 'POST' ? { body: '{"persona":"xiaoyu"}' } : {}),
      });
    const preflight = await call('OPTIONS', 'http://127.0.0.1:3000');
    const own = await call('POST', 'http://localhost:10086');
    const foreign = await call('POST', 'https://evil.example.com');
    expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([
      204,
      'http://127.0.0.1:3000',
    ]);
    expect(preflight.headers.get('access-control-allow-headers')).toBe('Content-Type');
    expect([own.status, own.headers.get('access-control-allow-origin')]).toEqual([200, 'http://localhost:10086']);
    expect([foreign.status, foreign.headers.get('access-control-allow-origin')]).toEqual([403, null]);
  });
});

describe('the cashier', () => {
  it('shows amount and payer, with what the merchant wrote escaped', async () => {
    const page = await cashier({ prepay_id: await prepayId({ description: '<b>开衫</b>' }), persona: 'xiaoyu' });
    expect(page.status).toBe(200);
    expect(page.text).toContain('123.45');
    expect(page.text).toContain('小雨');
    expect(page.text).toContain('立即支付');
    expect(page.text).toContain('&lt;b&gt;开衫&lt;/b&gt;');
    expect(page.text).not.toContain('<b>');
  });

  it('takes the money and leads back, telling a hash router behind its own hash', async () => {
    const fields = { prepay_id: await prepayId(), persona: 'xiaoyu', return: `${MALL}pages/pay-result/index?id=ord_1` };
    const paid = await decide({ ...fields, action: 'pay' });
    expect(paid.status).toBe(303);
    expect(paid.headers.get('location')).toBe(`${MALL}pages/pay-result/index?id=ord_1&payResult=ok`);
    expect((await merchant.query('order-0001')).json.trade_state).toBe('SUCCESS');
    const again = await decide({ ...fields, action: 'pay' });
    expect(again.headers.get('location')).toContain('payResult=ok');
    expect(running.emulator.notices.all()).toHaveLength(1);
  });

  it('takes nothing when the person cancels', async () => {
    const fields = {
      prepay_id: await prepayId(),
      persona: 'xiaoyu',
      return: 'http://localhost:3000/result',
      action: 'cancel',
    };
    expect((await decide(fields)).headers.get('location')).toBe('http://localhost:3000/result?payResult=cancel');
    expect((await merchant.query('order-0001')).json.trade_state).toBe('NOTPAY');
  });

  it.each([
    'https://evil.example.com/',
    '//evil.example.com/',
    'javascript:alert(1)',
    'http://127.0.0.1.evil.example.com/',
    'http://127.0.0.1@evil.example.com/',
    'http://user:pass@127.0.0.1/',
    '',
  ])('refuses to lead to %j, and takes no money for it', async (address) => {
    const fields = { prepay_id: await prepayId(), persona: 'xiaoyu', return: address };
    expect((await cashier(fields)).status).toBe(400);
    expect((await decide({ ...fields, action: 'pay' })).status).toBe(400);
    expect((await merchant.query('order-0001')).json.trade_state).toBe('NOTPAY');
  });

  it('turns away strangers, unknown payments, closed orders and bad pay signatures', async () => {
    const id = await prepayId();
    expect((await cashier({ prepay_id: id, persona: 'azhe' })).status).toBe(403);
    expect((await decide({ prepay_id: id, persona: 'azhe', action: 'pay' })).status).toBe(409);
    expect((await cashier({ prepay_id: 'wx-unknown', persona: 'xiaoyu' })).status).toBe(404);
    const signed = { prepay_id: id, persona: 'xiaoyu', ...merchant.payParams(id) };
    expect((await cashier(signed)).status).toBe(200);
    expect((await cashier({ ...signed, nonceStr: 'other' })).status).toBe(400);
    await merchant.close('order-0001');
    expect((await cashier({ prepay_id: id, persona: 'xiaoyu' })).text).toContain('订单已关闭');
    expect((await merchant.query('order-0001')).json.trade_state).toBe('CLOSED');
  });
});

describe('a scan', () => {
  it("opens the code's page in the mall, with scene still URL-encoded when the page reads it", async () => {
    const query = new URLSearchParams({ scene: 'g=K7QX&p=1', page: 'packages/shop/product/index' });
    const location = (await getJson(`${running.baseUrl}/scan?${query}`)).headers.get('location') ?? '';
    const [path, search] = location.split('?');
    const scene = new URLSearchParams(search).get('scene') ?? '';
    expect(path).toBe(`${MALL}packages/shop/product/index`);
    expect(scene).toBe('g%3DK7QX%26p%3D1');
    expect(decodeURIComponent(scene)).toBe('g=K7QX&p=1');
  });

  it.each([
    ['a', '/pages/home/index'],
    ['a', '../../admin'],
    ['a', '//evil.example.com'],
    ['开衫', 'pages/home/index'],
    ['', 'pages/home/index'],
  ])('of scene %j and page %j leads nowhere', async (scene, page) => {
    const answer = await getJson(`${running.baseUrl}/scan?${new URLSearchParams({ scene, page })}`);
    expect([answer.status, answer.headers.has('location')]).toEqual([400, false]);
  });
});

describe('around it', () => {
  it('lists orders, refunds and notices in Chinese', async () => {
    await merchant.paidOrder('order-0001');
    await merchant.refund('order-0001', 'refund-1', 45);
    const { text } = await getJson(`${running.baseUrl}/`);
    for (const expected of ['order-0001', '有退款', 'refund-1', '¥0.45', '小雨', 'TRANSACTION.SUCCESS', '暂扣']) {
      expect(text).toContain(expected);
    }
  });

  it.each([
    ['/control/faults', { kind: 'explode', path: '/v3/' }],
    ['/control/faults', { kind: 'busy', path: 'v3' }],
    ['/control/refunds', { next: 'MAYBE' }],
    ['/control/refunds', { merchantBalanceFen: 1.5 }],
    ['/control/personas/a%20b', { blocked: true }],
  ])('POST %s refuses %j', async (path, body) => {
    expect((await postJson(`${running.baseUrl}${path}`, body)).status).toBe(400);
  });

  it('reads generated credentials back from JSON and names what is missing from a damaged one', () => {
    expect(parseCredentials(JSON.stringify(credentials))).toEqual(credentials);
    expect(() => parseCredentials(JSON.stringify({ ...credentials, apiV3Key: '' }))).toThrow('"apiV3Key" is missing');
    expect(credentials.apiV3Key).toHaveLength(32);
    expect(credentials.merchantSerial).toMatch(/^[0-9A-F]{40}$/);
  });

  it('rejects a taken port', async () => {
    const port = Number(new URL(running.baseUrl).port);
    await expect(startEmulator({ credentials, port })).rejects.toThrow('EADDRINUSE');
  });
});
