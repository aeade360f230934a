import { constants, publicEncrypt } from 'node:crypto';
import { generateCredentials } from './generate-credentials.js';
import {
  type Answer,
  eventually,
  getJson,
  HandClock,
  NoticeListener,
  postJson,
  TestMerchant,
  TRANSFERS,
} from './merchant-for-tests.js';
import { type RunningEmulator, startEmulator } from './start-emulator.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const credentials = generateCredentials();
let clock: HandClock;
let running: RunningEmulator;
let merchant: TestMerchant;

beforeEach(async () => {
  clock = new HandClock();
  running = await startEmulator({
    clock,
    credentials,
    mallUrl: 'http://127.0.0.1:3000/#/',
    transferPace: { moveMs: 0 },
  });
  merchant = new TestMerchant(running, clock);
});
afterEach(() => running.close());

const transfer = (outBillNo: string, change: object = {}) => merchant.transfer(outBillNo, change);
const query = (outBillNo: string) => merchant.call('GET', `${TRANSFERS}/out-bill-no/${outBillNo}`);
const cancel = (outBillNo: string) => merchant.call('POST', `${TRANSFERS}/out-bill-no/${outBillNo}/cancel`);
const verdict = ({ status, json }: Answer): [number, unknown] => [status, json.code];
const outcome = ({ json }: Answer): [unknown, unknown] => [json.state, json.fail_reason];

function press(packageInfo: unknown, change: object = {}): Promise<Answer> {
  const { mchId, appId } = credentials;
  const body = { persona: 'chenjing', mchId, appId, package: packageInfo, action: 'confirm', ...change };
  return postJson(`${running.baseUrl}/device/transfer-confirm`, body);
}

function sealName(name: string): string {
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  return publicEncrypt({ key: credentials.platformPublicKeyPem, padding }, Buffer.from(name)).toString('base64');
}

describe('a transfer (§6)', () => {
  it('waits for the payee with a package, moves on her press and has then arrived', async () => {
    const made = await transfer('bill1');
    expect(made.json).toMatchObject({ out_bill_no: 'bill1', state: 'WAIT_USER_CONFIRM' });
    expect((await press(made.json.package_info)).json).toEqual({ result: 'shown' });
    expect((await query('bill1')).json).toMatchObject({ state: 'SUCCESS', transfer_amount: 4_567 });
    expect((await press(made.json.package_info)).json).toEqual({ error: 'not_waiting' });
  });

  it('is found by the platform’s number too, and 30 days later by none', async () => {
    const { transfer_bill_no: number } = (await transfer('bill1')).json;
    expect((await merchant.call('GET', `${TRANSFERS}/transfer-bill-no/${number}`)).json.out_bill_no).toBe('bill1');
    clock.advance(30 * DAY);
    expect((await query('bill1')).status).toBe(200);
    clock.advance(1);
    expect(verdict(await query('bill1'))).toEqual([404, 'NOT_FOUND']);
  });

  it('under the same number: the same data is the same bill, other data is refused', async () => {
    const [first, again] = [await transfer('bill1'), await transfer('bill1')];
    expect(again.json).toEqual(first.json);
    expect(verdict(await transfer('bill1', { transfer_amount: 4_568 }))).toEqual([400, 'INVALID_REQUEST']);
    expect(running.emulator.transfers.all()).toHaveLength(1);
  });

  it.each([
    [{ appid: 'wxother' }, 'INVALID_REQUEST'],
    [{ openid: 'o-of-nobody' }, 'PARAM_ERROR'],
    [{ out_bill_no: 'bill_1' }, 'PARAM_ERROR'],
    [{ out_bill_no: 'x'.repeat(33) }, 'PARAM_ERROR'],
    [{ transfer_scene_id: '1000' }, 'INVALID_REQUEST'],
    [{ transfer_scene_report_infos: undefined }, 'PARAM_ERROR'],
    [{ transfer_scene_report_infos: [{ info_type: '岗位类型', info_content: '导购' }] }, 'PARAM_ERROR'],
    [{ transfer_amount: 9 }, 'PARAM_ERROR'],
    [{ transfer_amount: 20_001 }, 'INVALID_REQUEST'],
    [{ transfer_remark: '佣'.repeat(33) }, 'PARAM_ERROR'],
    [{ notify_url: 'https://mall.example.com/notify?a=1' }, 'PARAM_ERROR'],
    [{ user_recv_perception: '现金奖励' }, 'INVALID_REQUEST'],
    [{ user_name: 'not-sealed' }, 'PARAM_ERROR'],
  ])('with %j is 400 %s and makes no bill', async (change, code) => {
    expect(verdict(await transfer('bill1', change))).toEqual([400, code]);
    expect(running.emulator.transfers.all()).toEqual([]);
  });

  it('needs the sealed name from ¥2,000, refuses it under ¥0.30, and fails when it is another person’s', async () => {
    running.emulator.transfers.limits.perTransferFen = 300_000;
    running.emulator.transfers.limits.perUserDayFen = 900_000;
    const name = (text: string) => ({ user_name: sealName(text) });
    expect(verdict(await transfer('bill1', { transfer_amount: 200_000 }))).toEqual([400, 'PARAM_ERROR']);
    expect(verdict(await transfer('bill1', { transfer_amount: 29, ...name('陈静') }))).toEqual([400, 'PARAM_ERROR']);
    const right = await transfer('bill1', { transfer_amount: 200_000, ...name('陈静') });
    const wrong = await transfer('bill2', { transfer_amount: 199_999, ...name('陈靖') });
    await press(right.json.package_info);
    await press(wrong.json.package_info);
    expect(outcome(await query('bill1'))).toEqual(['SUCCESS', undefined]);
    expect(outcome(await query('bill2'))).toEqual(['FAIL', 'NAME_NOT_CORRECT']);
  });

  it('stays PROCESSING while the balance is short, and goes on when it is topped up', async () => {
    running.emulator.account.balanceFen = 4_566;
    expect((await transfer('bill1')).json.state).toBe('PROCESSING');
    clock.advance(2 * DAY);
    expect((await query('bill1')).json.state).toBe('PROCESSING');
    await postJson(`${running.baseUrl}/control/refunds`, { merchantBalanceFen: 4_567 });
    const again = await transfer('bill1');
    expect(again.json.state).toBe('WAIT_USER_CONFIRM');
    expect(running.emulator.account.balanceFen).toBe(0);
    await press(again.json.package_info);
    expect((await query('bill1')).json.state).toBe('SUCCESS');
  });

  it('cannot be confirmed after 24 hours, is closed with a lag, and gives the money back', async () => {
    running.emulator.account.balanceFen = 4_567;
    const { package_info: packageInfo } = (await transfer('bill1')).json;
    clock.advance(DAY);
    expect((await press(packageInfo)).json).toEqual({ error: 'expired' });
    expect((await query('bill1')).json.state).toBe('WAIT_USER_CONFIRM');
    clock.advance(300_000);
    expect(outcome(await query('bill1'))).toEqual(['FAIL', 'OVERDUE_CLOSE']);
    expect(running.emulator.account.balanceFen).toBe(4_567);
  });

  it('can be cancelled until it is confirmed: CANCELING first, then CANCELLED with the money back', async () => {
    running.emulator.account.balanceFen = 9_134;
    const { package_info: packageInfo } = (await transfer('bill1')).json;
    const late = await transfer('bill2');
    await press(late.json.package_info);
    expect((await cancel('bill1')).json.state).toBe('CANCELING');
    expect((await press(packageInfo)).json).toEqual({ error: 'not_waiting' });
    clock.advance(200);
    expect((await query('bill1')).json.state).toBe('CANCELLED');
    expect((await cancel('bill1')).status).toBe(200);
    expect(verdict(await cancel('bill2'))).toEqual([400, 'INVALID_REQUEST']);
    expect(verdict(await cancel('never'))).toEqual([404, 'NOT_FOUND']);
    expect(running.emulator.account.balanceFen).toBe(4_567);
  });

  it('keeps the limits of a day in China: per user the bill fails, per merchant it is refused', async () => {
    running.emulator.transfers.limits.perUserDayFen = 9_133;
    running.emulator.transfers.limits.perMerchantDayFen = 9_134;
    await transfer('bill1');
    expect(outcome(await transfer('bill2'))).toEqual(['FAIL', 'DAY_RECEIVED_QUOTA_EXCEED']);
    const openid = merchant.openid('azhe');
    expect((await transfer('bill3', { openid })).json.state).toBe('WAIT_USER_CONFIRM');
    expect(verdict(await transfer('bill4', { openid }))).toEqual([400, 'INVALID_REQUEST']);
    clock.advance(DAY);
    expect((await transfer('bill4', { openid })).json.state).toBe('WAIT_USER_CONFIRM');
  });

  it('is 403 NO_AUTH when the merchant has not been given the product', async () => {
    running.emulator.transfers.grantedScenes.clear();
    expect(verdict(await transfer('bill1'))).toEqual([403, 'NO_AUTH']);
    expect(verdict(await query('bill1'))).toEqual([403, 'NO_AUTH']);
  });

  it('is 429 beyond a hundred within a second', async () => {
    running.emulator.transfers.limits.perSecond = 2;
    await transfer('bill1');
    await transfer('bill2');
    expect(verdict(await transfer('bill3'))).toEqual([429, 'FREQUENCY_LIMITED']);
    clock.advance(1000);
    expect((await transfer('bill3')).status).toBe(200);
  });

  it('comes of age when the platform’s time is moved on, while signatures go by the machine’s', async () => {
    await transfer('bill1');
    const moved = await postJson(`${running.baseUrl}/control/clock`, { advanceMs: DAY + 300_000 });
    expect(moved.json).toEqual({ now: clock.now() + DAY + 300_000, aheadMs: DAY + 300_000 });
    expect(outcome(await query('bill1'))).toEqual(['FAIL', 'OVERDUE_CLOSE']);
  });

  it('obeys levers: limits, scenes, balance, how the next one ends', async () => {
    const set = (body: object) => postJson(`${running.baseUrl}/control/transfers`, body);
    expect((await set({ limits: { perTransferFen: -1 } })).status).toBe(400);
    expect((await set({ limits: { perTransferEuro: 1 } })).status).toBe(400);
    expect((await set({ limits: { perTransferFen: 5 }, nextFailReason: 'ACCOUNT_FROZEN' })).status).toBe(200);
    expect(verdict(await transfer('bill1'))).toEqual([400, 'INVALID_REQUEST']);
    await set({ limits: { perTransferFen: 4_567 } });
    await postJson(`${running.baseUrl}/control/account`, { balanceFen: 4_000 });
    expect((await transfer('bill1')).json.state).toBe('PROCESSING');
    await postJson(`${running.baseUrl}/control/account`, { topUpFen: 567 });
    await press((await transfer('bill1')).json.package_info);
    expect(outcome(await query('bill1'))).toEqual(['FAIL', 'ACCOUNT_FROZEN']);
    expect(running.emulator.account.balanceFen).toBe(4_567);
    await set({ grantedScenes: [] });
    expect(verdict(await query('bill1'))).toEqual([403, 'NO_AUTH']);
  });

  it('tells its end once, signed and encrypted as mch_payment', async () => {
    const shop = new NoticeListener();
    const made = await transfer('bill1', { notify_url: await shop.open() });
    await press(made.json.package_info);
    expect(await eventually(() => shop.received.length === 1)).toBe(true);
    shop.close();
    const envelope = JSON.parse(shop.received[0]?.body ?? '{}');
    expect(envelope.event_type).toBe('MCHTRANSFER.BILL.FINISHED');
    expect(envelope.resource.original_type).toBe('mch_payment');
    expect(merchant.decrypt(envelope.resource)).toMatchObject({
      out_bill_no: 'bill1',
      state: 'SUCCESS',
      mch_id: credentials.mchId,
      transfer_amount: 4_567,
      openid: merchant.openid('chenjing'),
    });
  });
});

describe('the page that wx.requestMerchantTransfer opens', () => {
  const back = 'http://127.0.0.1:3000/?as=chenjing#/packages/guide/payouts/index';

  async function fields(change: object = {}): Promise<Record<string, string>> {
    const { mchId, appId } = credentials;
    const { package_info: packageInfo } = (await transfer('bill1')).json;
    return { persona: 'chenjing', mchId, appId, package: String(packageInfo), return: back, ...change };
  }

  function decide(form: Record<string, string>): Promise<Answer> {
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const url = `${running.baseUrl}/device/transfer-confirm/decision`;
    return postJson(url, String(new URLSearchParams(form)), headers);
  }

  it('shows amount and payee, and says the same to the app whether she confirmed or not', async () => {
    const form = await fields();
    const shown = await getJson(`${running.baseUrl}/device/transfer-confirm?${new URLSearchParams(form)}`);
    expect(shown.text).toContain('45.67');
    expect(shown.text).toContain('陈静');
    const declined = await decide({ ...form, action: 'decline' });
    expect((await query('bill1')).json.state).toBe('WAIT_USER_CONFIRM');
    const confirmed = await decide({ ...form, action: 'confirm' });
    expect((await query('bill1')).json.state).toBe('SUCCESS');
    expect(confirmed.headers.get('location')).toBe(declined.headers.get('location'));
    expect(confirmed.headers.get('location')).toMatch(/#\/packages\/guide\/payouts\/index\?transferResult=shown$/);
  });

  it.each([
    [{ persona: 'azhe' }, 'not_the_payee'],
    [{ openId: 'o-of-another' }, 'not_the_payee'],
    [{ mchId: '1900000001' }, 'foreign_merchant'],
    [{ appId: 'wxother' }, 'foreign_merchant'],
    [{ package: 'other' }, 'unknown_package'],
    [{ persona: '' }, 'unknown_persona'],
  ])('refuses %j and moves nothing', async (change, error) => {
    const form = await fields(change);
    expect((await decide({ ...form, action: 'confirm' })).status).toBe(400);
    expect((await press(form.package, change)).json).toEqual({ error });
    expect((await query('bill1')).json.state).toBe('WAIT_USER_CONFIRM');
  });

  it('sends nobody to a strange address', async () => {
    const form = await fields({ return: 'https://elsewhere.example.com/' });
    expect((await decide({ ...form, action: 'confirm' })).status).toBe(400);
    expect((await query('bill1')).json.state).toBe('WAIT_USER_CONFIRM');
  });
});
