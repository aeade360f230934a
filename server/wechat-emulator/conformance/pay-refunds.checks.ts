import { deepStrictEqual, match, strictEqual } from 'node:assert/strict';
import type { Bench } from './bench.js';
import { checksOf } from './check.js';
import { type Json, type Merchant, verdict } from './merchant.js';

const MINUTE = 60_000;
const DAY = 86_400_000;

async function shop(bench: Bench): Promise<Merchant> {
  const merchant = await bench.merchant();
  await merchant.paid('order-0001');
  return merchant;
}

function settled(merchant: Merchant, outRefundNo: string): Promise<Json> {
  return merchant.until(
    () => merchant.refundState(outRefundNo),
    ({ status }) => status !== 'PROCESSING',
  );
}

async function refuse(bench: Bench, changes: readonly Json[]): Promise<void> {
  const merchant = await shop(bench);
  for (const change of changes) {
    strictEqual(
      verdict(await merchant.refund('order-0001', 'refund-1', 1, change)),
      '400 PARAM_ERROR',
      JSON.stringify(change),
    );
  }
  strictEqual(verdict(await merchant.refundState('refund-1')), '404 RESOURCE_NOT_EXISTS');
}

async function abnormal(bench: Bench): Promise<{ merchant: Merchant; path: string }> {
  const merchant = await shop(bench);
  await merchant.control('refunds', { next: 'ABNORMAL' });
  const { refund_id: id } = (await merchant.refund('order-0001', 'refund-1', 61)).json;
  strictEqual((await settled(merchant, 'refund-1')).status, 'ABNORMAL');
  return { merchant, path: `/v3/refund/domestic/refunds/${id}/apply-abnormal-refund` };
}

export const refundChecks = checksOf('§5', {
  'a refund is PROCESSING first, then SUCCESS with its time': async (bench) => {
    const merchant = await shop(bench);
    const { json } = await merchant.refund('order-0001', 'refund-1', 61);
    strictEqual(json.status, 'PROCESSING');
    match(String(json.refund_id), /^\d{20,}$/);
    const end = await settled(merchant, 'refund-1');
    deepStrictEqual([end.status, end.refund_id, end.out_refund_no], ['SUCCESS', json.refund_id, 'refund-1']);
    match(String(end.success_time), /\+08:00$/);
  },
  'a refund ends SUCCESS, CLOSED or ABNORMAL': async (bench) => {
    const merchant = await shop(bench);
    for (const [index, next] of ['SUCCESS', 'CLOSED', 'ABNORMAL'].entries()) {
      await merchant.control('refunds', { next });
      await merchant.refund('order-0001', `refund-${index}`, 1);
      strictEqual((await settled(merchant, `refund-${index}`)).status, next);
      await merchant.advance(MINUTE);
    }
  },
  'transaction_id or out_trade_no names the order': async (bench) => {
    const merchant = await bench.merchant();
    const transactionId = await merchant.paid('order-0001');
    const byTransaction = { transaction_id: transactionId, out_trade_no: undefined };
    strictEqual((await merchant.refund('', 'refund-1', 1, byTransaction)).status, 200);
    const neither = { transaction_id: undefined, out_trade_no: undefined };
    strictEqual(verdict(await merchant.refund('', 'refund-2', 1, neither)), '400 PARAM_ERROR');
  },
  'out_refund_no is 1 to 64 of 0-9A-Za-z_-|*@': async (bench) => {
    const merchant = await shop(bench);
    strictEqual((await merchant.refund('order-0001', `aB3_-|*@${'x'.repeat(56)}`, 1)).status, 200);
    await refuse(bench, [{ out_refund_no: '' }, { out_refund_no: 'x'.repeat(65) }, { out_refund_no: 'refund#1' }]);
  },
  'reason is at most 80 characters': async (bench) => {
    const merchant = await shop(bench);
    strictEqual((await merchant.refund('order-0001', 'refund-1', 1, { reason: '退'.repeat(80) })).status, 200);
    await refuse(bench, [{ reason: '退'.repeat(81) }]);
  },
  'notify_url is at most 256 characters, https, without a query': async (bench) => {
    const merchant = await shop(bench);
    const url = (length: number): string => `https://mall.example.com/${'n'.repeat(length - 25)}`;
    strictEqual((await merchant.refund('order-0001', 'refund-1', 1, { notify_url: url(256) })).status, 200);
    await refuse(bench, [{ notify_url: url(257) }, { notify_url: 'https://mall.example.com/n?a=1' }]);
  },
  'amount is refund, total and currency, in whole fen': (bench) =>
    refuse(bench, [
      { amount: { refund: 0, total: 8_861, currency: 'CNY' } },
      { amount: { refund: 1.5, total: 8_861, currency: 'CNY' } },
      { amount: { refund: 1, currency: 'CNY' } },
      { amount: { refund: 1, total: 8_861 } },
    ]),
  'the total is that of the order, and no more comes back than was paid': async (bench) => {
    const merchant = await shop(bench);
    const other = { amount: { refund: 1, total: 8_862, currency: 'CNY' } };
    strictEqual(verdict(await merchant.refund('order-0001', 'refund-1', 1, other)), '400 INVALID_REQUEST');
    strictEqual((await merchant.refund('order-0001', 'refund-1', 8_000)).status, 200);
    await merchant.advance(MINUTE);
    strictEqual(verdict(await merchant.refund('order-0001', 'refund-2', 862)), '400 INVALID_REQUEST');
    strictEqual((await merchant.refund('order-0001', 'refund-2', 861)).status, 200);
  },
  'the same out_refund_no is the same refund; with other data it is refused': async (bench) => {
    const merchant = await shop(bench);
    const [first, again] = [
      await merchant.refund('order-0001', 'refund-1', 61),
      await merchant.refund('order-0001', 'refund-1', 61),
    ];
    strictEqual(again.json.refund_id, first.json.refund_id);
    strictEqual(verdict(await merchant.refund('order-0001', 'refund-1', 62)), '400 INVALID_REQUEST');
  },
  'refunds of one order are at least a minute apart': async (bench) => {
    const merchant = await shop(bench);
    await merchant.refund('order-0001', 'refund-1', 1);
    await merchant.advance(55_000);
    strictEqual(verdict(await merchant.refund('order-0001', 'refund-2', 2)), '429 FREQUENCY_LIMITED');
    await merchant.advance(5_000);
    strictEqual((await merchant.refund('order-0001', 'refund-2', 2)).status, 200);
  },
  '150 refunds a second are taken, more are 429 FREQUENCY_LIMITED': async (bench) => {
    const merchant = await shop(bench);
    await merchant.paid('order-0002');
    strictEqual(((await merchant.control('refunds', {})).rates as Json).good, 150);
    await merchant.control('refunds', { rates: { good: 1 } });
    strictEqual((await merchant.refund('order-0001', 'refund-1', 1)).status, 200);
    strictEqual(verdict(await merchant.refund('order-0002', 'refund-2', 1)), '429 FREQUENCY_LIMITED');
    await merchant.advance(1_000);
    strictEqual((await merchant.refund('order-0002', 'refund-2', 1)).status, 200);
  },
  '6 failing refunds a second are refused, then all are 429 FREQUENCY_LIMITED': async (bench) => {
    const merchant = await shop(bench);
    strictEqual(((await merchant.control('refunds', {})).rates as Json).failing, 6);
    await merchant.control('refunds', { rates: { failing: 2 } });
    strictEqual(verdict(await merchant.refund('never-1', 'refund-1', 1)), '404 RESOURCE_NOT_EXISTS');
    strictEqual(verdict(await merchant.refund('never-2', 'refund-2', 1)), '404 RESOURCE_NOT_EXISTS');
    strictEqual(verdict(await merchant.refund('order-0001', 'refund-3', 1)), '429 FREQUENCY_LIMITED');
    await merchant.advance(1_000);
    strictEqual((await merchant.refund('order-0001', 'refund-3', 1)).status, 200);
  },
  'an order has at most 50 refunds': async (bench) => {
    const merchant = await shop(bench);
    for (let count = 1; count <= 50; count += 1) {
      strictEqual((await merchant.refund('order-0001', `refund-${count}`, 1)).status, 200);
      await merchant.advance(MINUTE);
    }
    strictEqual(verdict(await merchant.refund('order-0001', 'refund-51', 1)), '400 INVALID_REQUEST');
  },
  'a refund is possible for 365 days after payment': async (bench) => {
    const merchant = await shop(bench);
    await merchant.advance(365 * DAY - MINUTE);
    strictEqual((await merchant.refund('order-0001', 'refund-1', 1)).status, 200);
    await merchant.advance(2 * MINUTE);
    strictEqual(verdict(await merchant.refund('order-0001', 'refund-2', 1)), '400 INVALID_REQUEST');
  },
  'an unpaid order cannot be refunded, an unknown one is 404 RESOURCE_NOT_EXISTS': async (bench) => {
    const merchant = await bench.merchant();
    await merchant.prepay('order-0001');
    strictEqual(verdict(await merchant.refund('order-0001', 'refund-1', 1)), '400 INVALID_REQUEST');
    strictEqual(verdict(await merchant.refund('never-was', 'refund-1', 1)), '404 RESOURCE_NOT_EXISTS');
    strictEqual(verdict(await merchant.refundState('refund-1')), '404 RESOURCE_NOT_EXISTS');
  },
  'without money it is 403 NOT_ENOUGH, and the same request succeeds after a top-up': async (bench) => {
    const merchant = await shop(bench);
    await merchant.control('account', { balanceFen: 60 });
    strictEqual(verdict(await merchant.refund('order-0001', 'refund-1', 61)), '403 NOT_ENOUGH');
    await merchant.control('account', { topUpFen: 1 });
    strictEqual((await merchant.refund('order-0001', 'refund-1', 61)).status, 200);
  },
  'a payer whose account is abnormal is 403 USER_ACCOUNT_ABNORMAL': async (bench) => {
    const merchant = await shop(bench);
    await merchant.control('personas/xiaoyu', { accountAbnormal: true });
    strictEqual(verdict(await merchant.refund('order-0001', 'refund-1', 1)), '403 USER_ACCOUNT_ABNORMAL');
  },
  'an ABNORMAL refund goes on to the merchant’s bank account': async (bench) => {
    const { merchant, path } = await abnormal(bench);
    const applied = await merchant.call('POST', path, { out_refund_no: 'refund-1', type: 'MERCHANT_BANK_CARD' });
    strictEqual(applied.json.status, 'PROCESSING');
    strictEqual((await settled(merchant, 'refund-1')).status, 'SUCCESS');
    const again = await merchant.call('POST', path, { out_refund_no: 'refund-1', type: 'MERCHANT_BANK_CARD' });
    strictEqual(verdict(again), '400 INVALID_REQUEST');
  },
  'an ABNORMAL refund goes to the user’s bank card when bank, sealed number and sealed name are told': async (
    bench,
  ) => {
    const { merchant, path } = await abnormal(bench);
    const body = { out_refund_no: 'refund-1', type: 'USER_BANK_CARD', bank_type: 'ICBC_DEBIT' };
    strictEqual(verdict(await merchant.call('POST', path, body)), '400 PARAM_ERROR');
    const open = { ...body, bank_account: '6222020000000000000', real_name: '林小雨' };
    strictEqual(verdict(await merchant.call('POST', path, open)), '400 PARAM_ERROR');
    const sealed = { ...body, bank_account: merchant.seal('6222020000000000000'), real_name: merchant.seal('林小雨') };
    strictEqual((await merchant.call('POST', path, sealed)).json.status, 'PROCESSING');
    strictEqual((await settled(merchant, 'refund-1')).status, 'SUCCESS');
  },
});
