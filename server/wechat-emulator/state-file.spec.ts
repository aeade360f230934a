import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateCredentials } from './generate-credentials.js';
import { eventually, HandClock, NoticeListener, postJson, TestMerchant, TRANSFERS } from './merchant-for-tests.js';
import { type EmulatorOptions, type RunningEmulator, startEmulator } from './start-emulator.js';

const DAY = 86_400_000;
const credentials = generateCredentials();
let folder: string;
let stateFile: string;
const opened: RunningEmulator[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'emulator-state-'));
  stateFile = join(folder, 'state.json');
});
afterEach(async () => {
  for (const running of opened.splice(0)) await running.close();
  rmSync(folder, { recursive: true });
});

async function open(options: EmulatorOptions = {}): Promise<TestMerchant> {
  const clock = new HandClock();
  const running = await startEmulator({ clock, credentials, stateFile, ...options });
  opened.push(running);
  return new TestMerchant(running, clock);
}

async function reopen(options: EmulatorOptions = {}) {
  await opened.pop()?.close();
  return open(options);
}

const refundOf = (merchant: TestMerchant, number: string) =>
  merchant.call('GET', `/v3/refund/domestic/refunds/${number}`);

describe('the state file', () => {
  it('keeps orders, prepays, refunds, balance and moved time over a restart', async () => {
    const before = await open({ refundDelayMs: 1e9 });
    await before.paidOrder('order-0001');
    const { prepay_id: prepayId } = (await before.prepay('order-0002')).json;
    await before.refund('order-0001', 'refund-1', 345);
    await postJson(`${before.running.baseUrl}/control/clock`, { advanceMs: 60_000 });
    await postJson(`${before.running.baseUrl}/control/account`, { balanceFen: 777 });
    const paid = (await before.query('order-0001')).json;

    const after = await reopen({ refundDelayMs: 0 });
    expect((await after.query('order-0001')).json).toEqual(paid);
    expect((await after.pay(prepayId)).status).toBe(200);
    expect(after.running.emulator.account.balanceFen).toBe(777);
    expect(after.running.emulator.time.aheadMs).toBe(60_000);
    // What was being processed goes on, and is booked on the same order.
    expect(await eventually(() => after.running.emulator.refunds.find('refund-1')?.status === 'SUCCESS')).toBe(true);
    expect((await refundOf(after, 'refund-1')).json.out_trade_no).toBe('order-0001');
  });

  it('keeps a transfer that waits for its payee, which then expires in the new process', async () => {
    const before = await open();
    await before.transfer('bill1');
    const after = await reopen();
    const state = async () => (await after.call('GET', `${TRANSFERS}/out-bill-no/bill1`)).json.state;
    expect(await state()).toBe('WAIT_USER_CONFIRM');
    await postJson(`${after.running.baseUrl}/control/clock`, { advanceMs: DAY + 300_000 });
    expect(await state()).toBe('FAIL');
  });

  it('keeps people made up on the fly, and bills as they were written', async () => {
    const before = await open({ refundsApartMs: 0 });
    await before.paidOrder('order-0001');
    const openid = before.openid('buyer-7');
    await postJson(`${before.running.baseUrl}/control/clock`, { advanceMs: 2 * DAY });
    const day = '2026-09-21';
    const bill = (merchant: TestMerchant) => merchant.call('GET', `/v3/bill/tradebill?bill_date=${day}`);
    const { hash_value: hash } = (await bill(before)).json;
    expect(hash).toMatch(/^[0-9a-f]{40}$/);

    const after = await reopen();
    expect(after.running.emulator.personas.byOpenid(openid)?.name).toBe('buyer-7');
    expect((await bill(after)).json.hash_value).toBe(hash);
  });

  it('keeps a notice that nobody took, and delivers it in the new process', async () => {
    const shop = new NoticeListener();
    const url = await shop.open();
    shop.answers = [500];
    const before = await open({ retryDelaysMs: [1e9] });
    await before.paidOrder('order-0001', { notify_url: url });
    expect(await eventually(() => shop.received.length === 1)).toBe(true);
    await reopen();
    expect(await eventually(() => shop.received.length === 2)).toBe(true);
    shop.close();
    expect(shop.received[1]?.body).toBe(shop.received[0]?.body);
  });

  it('keeps codes, contacts and what was greeted at WeCom: who leaves and comes again is known, a used welcome is used', async () => {
    const before = await open();
    const { wecom, wecomPush } = before.running.emulator;
    const way = wecom.addWay({ type: 1, state: '7KQ2', users: ['chenjing'], remark: '客户', skipVerify: true });
    const her = { persona: 'xiaoyu', userId: 'chenjing', configId: way.configId };
    await postJson(`${before.running.baseUrl}/device/wecom-add`, her);
    const welcomeCode = String(wecomPush.all()[0]?.event.WelcomeCode);
    expect(wecom.sendWelcome(welcomeCode, { text: { content: '您好' } })).toBe(0);
    const tag = wecom.addTag('常客');
    await postJson(`${before.running.baseUrl}/device/wecom-end`, { ...her, persona: 'azhe' });
    await postJson(`${before.running.baseUrl}/device/wecom-add`, { ...her, persona: 'azhe' });
    await postJson(`${before.running.baseUrl}/device/wecom-end`, { ...her, persona: 'azhe' });
    const kept = wecom.snapshot();

    const after = await reopen();
    const again = after.running.emulator;
    expect(again.wecom.snapshot()).toEqual(kept);
    expect(again.wecom.allContacts().map(({ personaId, state }) => [personaId, state])).toEqual([['xiaoyu', '7KQ2']]);
    expect(again.wecom.sendWelcome(welcomeCode, { text: { content: '您好' } })).toBe(41050);
    expect(again.wecom.addTag('常客')).toBe(tag);
    await postJson(`${after.running.baseUrl}/device/wecom-add`, { ...her, persona: 'azhe' });
    expect(again.wecomPush.all().at(-1)?.event).not.toHaveProperty('State');
  });

  it('is written while the program runs, for its owner alone', async () => {
    const merchant = await open();
    await merchant.prepay('order-0001');
    const isThere = (): boolean => {
      try {
        return readFileSync(stateFile, 'utf8').includes('order-0001');
      } catch {
        return false;
      }
    };
    expect(await eventually(isThere)).toBe(true);
    expect(statSync(stateFile).mode & 0o777).toBe(0o600);
  });

  it('of another merchant is left alone, and a damaged one is one sentence', async () => {
    await (await open()).prepay('order-0001');
    const other = await reopen({ credentials: generateCredentials() });
    expect(other.running.emulator.orders.all()).toEqual([]);
    await opened.pop()?.close();
    writeFileSync(stateFile, '{"version":1,');
    await expect(startEmulator({ credentials, stateFile })).rejects.toThrow(/state file .* cannot be read: delete it/);
  });
});
