import { generateCredentials } from './generate-credentials.js';
import { type Answer, eventually, HandClock, TestMerchant } from './merchant-for-tests.js';
import { type RunningEmulator, startEmulator } from './start-emulator.js';

const credentials = generateCredentials();
let clock: HandClock;
let running: RunningEmulator;
let merchant: TestMerchant;

beforeEach(async () => {
  clock = new HandClock();
  running = await startEmulator({ clock, credentials, refundDelayMs: 10, refundsApartMs: 0 });
  running.emulator.notices.mode = 'hold';
  merchant = new TestMerchant(running, clock);
  await merchant.paidOrder('order-0001');
});
afterEach(() => running.close());

function verdict({ status, json }: Answer): [number, unknown] {
  return [status, json.code];
}

function queryRefund(outRefundNo: string): Promise<Answer> {
  return merchant.call('GET', `/v3/refund/domestic/refunds/${outRefundNo}`);
}

describe('refunds', () => {
  it('are PROCESSING first, then SUCCESS, and the order says REFUND', async () => {
    const first = await merchant.refund('order-0001', 'refund-1', 45);
    expect(first.json).toMatchObject({ status: 'PROCESSING', amount: { refund: 45, total: 12_345 } });
    expect(first.json.refund_id).toMatch(/^\d{28}$/);
    await eventually(() => running.emulator.refunds.find('refund-1')?.status === 'SUCCESS');
    expect((await queryRefund('refund-1')).json).toMatchObject({ status: 'SUCCESS', refund_id: first.json.refund_id });
    expect((await merchant.query('order-0001')).json.trade_state).toBe('REFUND');
  });

  it('may name the transaction instead of the order, but not two that differ', async () => {
    const { transaction_id: transactionId } = (await merchant.query('order-0001')).json;
    await merchant.paidOrder('order-0002');
    const byTransaction = { transaction_id: transactionId, out_trade_no: undefined };
    expect((await merchant.refund('', 'refund-1', 1, byTransaction)).status).toBe(200);
    const differing = await merchant.refund('order-0002', 'refund-2', 1, { transaction_id: transactionId });
    expect(verdict(differing)).toEqual([404, 'RESOURCE_NOT_EXISTS']);
  });

  it.each([
    [{ out_refund_no: '' }, 'PARAM_ERROR'],
    [{ out_refund_no: 'x'.repeat(65) }, 'PARAM_ERROR'],
    [{ out_refund_no: 'refund 1' }, 'PARAM_ERROR'],
    [{ out_trade_no: undefined }, 'PARAM_ERROR'],
    [{ reason: '因'.repeat(81) }, 'PARAM_ERROR'],
    [{ notify_url: 'http://mall.example.com/notify' }, 'PARAM_ERROR'],
    [{ amount: { refund: 0, total: 12_345, currency: 'CNY' } }, 'PARAM_ERROR'],
    [{ amount: { refund: 1.5, total: 12_345, currency: 'CNY' } }, 'PARAM_ERROR'],
    [{ amount: { refund: 1, total: 12_345 } }, 'PARAM_ERROR'],
    [{ amount: { refund: 1, total: 12_344, currency: 'CNY' } }, 'INVALID_REQUEST'],
  ])('with %j are 400 %s', async (change, code) => {
    expect(verdict(await merchant.refund('order-0001', 'refund-1', 1, change))).toEqual([400, code]);
    expect(running.emulator.refunds.all()).toEqual([]);
  });

  it('take 64 characters of number with @, and 80 of reason', async () => {
    const number = `${'x'.repeat(59)}_-|*@`;
    expect((await merchant.refund('order-0001', number, 1, { reason: '因'.repeat(80) })).status).toBe(200);
  });

  it('never exceed what was paid, to the fen', async () => {
    expect((await merchant.refund('order-0001', 'refund-1', 12_000)).status).toBe(200);
    expect(verdict(await merchant.refund('order-0001', 'refund-2', 346))).toEqual([400, 'INVALID_REQUEST']);
    expect((await merchant.refund('order-0001', 'refund-2', 345)).status).toBe(200);
    expect(verdict(await merchant.refund('order-0001', 'refund-3', 1))).toEqual([400, 'INVALID_REQUEST']);
  });

  it('with the same number and data are one refund; with other data they are refused', async () => {
    const first = await merchant.refund('order-0001', 'refund-1', 45);
    const again = await merchant.refund('order-0001', 'refund-1', 45);
    expect(again.json.refund_id).toBe(first.json.refund_id);
    expect(running.emulator.refunds.all()).toHaveLength(1);
    expect(verdict(await merchant.refund('order-0001', 'refund-1', 46))).toEqual([400, 'INVALID_REQUEST']);
  });

  it('are at most 50 for one order', async () => {
    for (let count = 1; count <= 50; count += 1) {
      expect((await merchant.refund('order-0001', `refund-${count}`, 1)).status).toBe(200);
    }
    expect(verdict(await merchant.refund('order-0001', 'refund-51', 1))).toEqual([400, 'INVALID_REQUEST']);
  });

  it('are possible for 365 days after payment', async () => {
    clock.advance(365 * 86_400_000);
    expect((await merchant.refund('order-0001', 'refund-1', 1)).status).toBe(200);
    clock.advance(1);
    expect(verdict(await merchant.refund('order-0001', 'refund-2', 1))).toEqual([400, 'INVALID_REQUEST']);
  });

  it('need an order (404 RESOURCE_NOT_EXISTS) that was paid (400 INVALID_REQUEST)', async () => {
    await merchant.prepay('order-0002');
    expect(verdict(await merchant.refund('never-was', 'refund-1', 1))).toEqual([404, 'RESOURCE_NOT_EXISTS']);
    expect(verdict(await merchant.refund('order-0002', 'refund-1', 1))).toEqual([400, 'INVALID_REQUEST']);
    expect(verdict(await queryRefund('never-was'))).toEqual([404, 'RESOURCE_NOT_EXISTS']);
  });

  it('need money in the account (403 NOT_ENOUGH) and use it up', async () => {
    running.emulator.account.balanceFen = 100;
    expect(verdict(await merchant.refund('order-0001', 'refund-1', 101))).toEqual([403, 'NOT_ENOUGH']);
    expect((await merchant.refund('order-0001', 'refund-1', 60)).status).toBe(200);
    expect(verdict(await merchant.refund('order-0001', 'refund-2', 41))).toEqual([403, 'NOT_ENOUGH']);
  });

  it('need a payer in good standing (403 USER_ACCOUNT_ABNORMAL)', async () => {
    const payer = running.emulator.personas.named('xiaoyu');
    if (payer) payer.accountAbnormal = true;
    expect(verdict(await merchant.refund('order-0001', 'refund-1', 1))).toEqual([403, 'USER_ACCOUNT_ABNORMAL']);
  });

  it.each(['ABNORMAL', 'CLOSED'] as const)('can be made to end %s, once, with a notice', async (end) => {
    running.emulator.nextRefundEnd = end;
    await merchant.refund('order-0001', 'refund-1', 1);
    await merchant.refund('order-0001', 'refund-2', 1);
    await eventually(() => running.emulator.refunds.find('refund-2')?.status === 'SUCCESS');
    expect((await queryRefund('refund-1')).json).toMatchObject({ status: end });
    const events = running.emulator.notices.all().map(({ eventType }) => eventType);
    expect(events).toEqual(['TRANSACTION.SUCCESS', `REFUND.${end}`, 'REFUND.SUCCESS']);
  });
});
