import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import type { Bench } from './bench.js';
import { checksOf } from './check.js';
import { type Json, type Merchant, TRANSFERS, verdict } from './merchant.js';
import { unseal } from './signatures.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const LAG = 300_000;

/** Steps that last until the platform's time is moved on. */
const SLOW = { transferPace: { lockMs: HOUR, moveMs: HOUR, cancelMs: HOUR } };
const PROMPT = { transferPace: { lockMs: 0, moveMs: 0, cancelMs: 0 } };

const states = async (merchant: Merchant, number = 'bill1'): Promise<unknown[]> => {
  const { json } = await merchant.bill(number);
  return [json.state, json.fail_reason];
};
const state = async (merchant: Merchant, number = 'bill1'): Promise<unknown> => (await states(merchant, number))[0];

async function waiting(bench: Bench, options: Json = PROMPT): Promise<{ merchant: Merchant; packageInfo: unknown }> {
  const merchant = await bench.merchant(options);
  const { json } = await merchant.transfer('bill1');
  strictEqual(json.state, 'WAIT_USER_CONFIRM');
  return { merchant, packageInfo: json.package_info };
}

async function balance(merchant: Merchant): Promise<unknown> {
  return (await merchant.control('account', {})).balanceFen;
}

export const transferChecks = checksOf('§6', {
  'ACCEPTED first, then WAIT_USER_CONFIRM, TRANSFERING, SUCCESS': async (bench) => {
    const merchant = await bench.merchant(SLOW);
    const made = await merchant.transfer('bill1');
    deepStrictEqual([made.json.state, made.json.package_info], ['ACCEPTED', undefined]);
    await merchant.advance(HOUR);
    strictEqual(await state(merchant), 'WAIT_USER_CONFIRM');
    await merchant.confirm((await merchant.transfer('bill1')).json.package_info);
    strictEqual(await state(merchant), 'TRANSFERING');
    await merchant.advance(HOUR);
    strictEqual(await state(merchant), 'SUCCESS');
  },
  'the answer names both numbers, time and state, and the package only while it waits': async (bench) => {
    const { merchant, packageInfo } = await waiting(bench);
    const { json } = await merchant.transfer('bill1');
    ok(typeof json.transfer_bill_no === 'string' && typeof json.create_time === 'string');
    strictEqual(json.package_info, packageInfo);
    await merchant.confirm(packageInfo);
    strictEqual((await merchant.transfer('bill1')).json.package_info, undefined);
  },
  'a query by either number tells the same, and no package': async (bench) => {
    const { merchant } = await waiting(bench);
    const { json } = await merchant.bill('bill1');
    const other = await merchant.get(`${TRANSFERS}/transfer-bill-no/${json.transfer_bill_no}`);
    deepStrictEqual(other.json, json);
    deepStrictEqual([json.out_bill_no, json.transfer_amount, json.package_info], ['bill1', 3_307, undefined]);
  },
  'an unknown bill is 404 NOT_FOUND': async (bench) => {
    const merchant = await bench.merchant();
    strictEqual(verdict(await merchant.bill('never')), '404 NOT_FOUND');
    strictEqual(verdict(await merchant.cancelBill('never')), '404 NOT_FOUND');
  },
  'a bill is found for 30 days': async (bench) => {
    const { merchant } = await waiting(bench);
    await merchant.advance(30 * DAY - 60_000);
    strictEqual((await merchant.bill('bill1')).status, 200);
    await merchant.advance(120_000);
    strictEqual(verdict(await merchant.bill('bill1')), '404 NOT_FOUND');
  },
  'the same number with the same data is the same bill, a newly sealed name included': async (bench) => {
    const merchant = await bench.merchant(PROMPT);
    const first = await merchant.transfer('bill1', { user_name: merchant.seal('陈静') });
    const again = await merchant.transfer('bill1', { user_name: merchant.seal('陈静') });
    deepStrictEqual(again.json, first.json);
  },
  'the same number with different data is refused, and nothing changes': async (bench) => {
    const { merchant } = await waiting(bench);
    for (const change of [
      { transfer_amount: 3_308 },
      { openid: await merchant.openid('azhe') },
      { transfer_remark: '其他' },
      { user_name: merchant.seal('陈静') },
    ]) {
      strictEqual(verdict(await merchant.transfer('bill1', change)), '400 INVALID_REQUEST', JSON.stringify(change));
    }
    strictEqual((await merchant.bill('bill1')).json.transfer_amount, 3_307);
  },
  'a number stays taken after FAIL and CANCELLED': async (bench) => {
    const { merchant } = await waiting(bench);
    await merchant.cancelBill('bill1');
    strictEqual(await state(merchant), 'CANCELLED');
    strictEqual((await merchant.transfer('bill1')).json.state, 'CANCELLED');
  },
  'the app is told that the page was shown, whether the payee confirmed or not': async (bench) => {
    const { merchant, packageInfo } = await waiting(bench);
    const declined = await merchant.confirm(packageInfo, { action: 'decline' });
    strictEqual(await state(merchant), 'WAIT_USER_CONFIRM');
    const confirmed = await merchant.confirm(packageInfo);
    deepStrictEqual(confirmed.json, declined.json);
    strictEqual(await state(merchant), 'SUCCESS');
  },
  'the page wants the right merchant, app, package and payee': async (bench) => {
    const { merchant, packageInfo } = await waiting(bench);
    for (const change of [
      { mchId: '1900000001' },
      { appId: 'wx0' },
      { package: 'x' },
      { persona: 'azhe' },
      { openId: 'o-x' },
    ]) {
      strictEqual((await merchant.confirm(packageInfo, change)).status, 400);
    }
    strictEqual(await state(merchant), 'WAIT_USER_CONFIRM');
  },
  'after 24 hours nobody can confirm; the bill closes later, as FAIL OVERDUE_CLOSE, and the money returns': async (
    bench,
  ) => {
    const merchant = await bench.merchant(PROMPT);
    await merchant.control('account', { balanceFen: 3_307 });
    const { package_info: packageInfo } = (await merchant.transfer('bill1')).json;
    strictEqual(await balance(merchant), 0);
    await merchant.advance(DAY);
    strictEqual((await merchant.confirm(packageInfo)).json.error, 'expired');
    deepStrictEqual([await state(merchant), await balance(merchant)], ['WAIT_USER_CONFIRM', 0]);
    await merchant.advance(LAG);
    deepStrictEqual(await states(merchant), ['FAIL', 'OVERDUE_CLOSE']);
    strictEqual(await balance(merchant), 3_307);
  },
  'just before 24 hours the payee can confirm': async (bench) => {
    const { merchant, packageInfo } = await waiting(bench);
    await merchant.advance(DAY - 60_000);
    strictEqual((await merchant.confirm(packageInfo)).status, 200);
    strictEqual(await state(merchant), 'SUCCESS');
  },
  'without money a bill stays PROCESSING, for days, and goes on after a top-up': async (bench) => {
    const merchant = await bench.merchant(PROMPT);
    await merchant.control('account', { balanceFen: 3_306 });
    deepStrictEqual((await merchant.transfer('bill1')).json.state, 'PROCESSING');
    await merchant.advance(3 * DAY);
    strictEqual(await state(merchant), 'PROCESSING');
    await merchant.control('account', { topUpFen: 1 });
    const { json } = await merchant.transfer('bill1');
    strictEqual(json.state, 'WAIT_USER_CONFIRM');
    await merchant.confirm(json.package_info);
    deepStrictEqual([await state(merchant), await balance(merchant)], ['SUCCESS', 0]);
  },
  'what one bill gives back, an earlier one that waits takes at once': async (bench) => {
    const merchant = await bench.merchant(PROMPT);
    await merchant.control('account', { balanceFen: 3_306 });
    strictEqual((await merchant.transfer('bill1')).json.state, 'PROCESSING');
    await merchant.transfer('bill2', { transfer_amount: 3_306 });
    await merchant.control('account', { topUpFen: 1 });
    await merchant.cancelBill('bill2');
    // The first question after the cancellation, so that nothing else had time to move.
    strictEqual(await state(merchant, 'bill1'), 'WAIT_USER_CONFIRM');
    deepStrictEqual([await state(merchant, 'bill2'), await balance(merchant)], ['CANCELLED', 0]);
  },
  'a cancelled bill is CANCELING first, then CANCELLED, and the money returns': async (bench) => {
    const merchant = await bench.merchant({ transferPace: { cancelMs: HOUR } });
    await merchant.control('account', { balanceFen: 3_307 });
    const { package_info: packageInfo } = (await merchant.transfer('bill1')).json;
    strictEqual((await merchant.cancelBill('bill1')).json.state, 'CANCELING');
    strictEqual((await merchant.confirm(packageInfo)).json.error, 'not_waiting');
    strictEqual((await merchant.cancelBill('bill1')).json.state, 'CANCELING');
    strictEqual(await balance(merchant), 0);
    await merchant.advance(HOUR);
    deepStrictEqual([await state(merchant), await balance(merchant)], ['CANCELLED', 3_307]);
  },
  'a bill can be cancelled before the money is locked': async (bench) => {
    const merchant = await bench.merchant(PROMPT);
    await merchant.control('account', { balanceFen: 0 });
    await merchant.transfer('bill1');
    await merchant.cancelBill('bill1');
    deepStrictEqual([await state(merchant), await balance(merchant)], ['CANCELLED', 0]);
  },
  'a confirmed bill cannot be cancelled': async (bench) => {
    const { merchant, packageInfo } = await waiting(bench, { transferPace: { moveMs: HOUR } });
    await merchant.confirm(packageInfo);
    strictEqual(verdict(await merchant.cancelBill('bill1')), '400 INVALID_REQUEST');
    await merchant.advance(HOUR);
    strictEqual(verdict(await merchant.cancelBill('bill1')), '400 INVALID_REQUEST');
    strictEqual(await state(merchant), 'SUCCESS');
  },
  'cancel races confirm: one of them wins': async (bench) => {
    const merchant = await bench.merchant(PROMPT);
    for (let turn = 0; turn < 6; turn += 1) {
      const { package_info: packageInfo } = (await merchant.transfer(`bill${turn}`)).json;
      const confirm = () => merchant.confirm(packageInfo);
      const cancel = () => merchant.cancelBill(`bill${turn}`);
      const both = turn % 2 === 0 ? [confirm(), cancel()] : [cancel(), confirm()];
      const wins = (await Promise.all(both)).filter(({ status }) => status === 200).length;
      strictEqual(wins, 1);
      ok(['SUCCESS', 'CANCELLED'].includes(String(await state(merchant, `bill${turn}`))));
    }
  },
  'a confirmed transfer can FAIL with a reason, and the money returns': async (bench) => {
    for (const reason of ['ACCOUNT_FROZEN', 'REAL_NAME_CHECK_FAIL', 'PAYEE_ACCOUNT_ABNORMAL', 'TRANSFER_RISK']) {
      const merchant = await bench.merchant(PROMPT);
      await merchant.control('account', { balanceFen: 3_307 });
      await merchant.control('transfers', { nextFailReason: reason });
      await merchant.confirm((await merchant.transfer('bill1')).json.package_info);
      deepStrictEqual(await states(merchant), ['FAIL', reason]);
      strictEqual(await balance(merchant), 3_307);
    }
  },
  'every end is told as MCHTRANSFER.BILL.FINISHED, signed and sealed as mch_payment': async (bench) => {
    const [merchant, endpoint] = [await bench.merchant(PROMPT), await bench.endpoint()];
    const told = { notify_url: endpoint.url };
    await merchant.confirm((await merchant.transfer('bill1', told)).json.package_info);
    await state(merchant, 'bill1');
    await merchant.transfer('bill2', told);
    await merchant.cancelBill('bill2');
    await state(merchant, 'bill2');
    await merchant.transfer('bill3', told);
    await merchant.advance(DAY + LAG);
    const ends: Json[] = [];
    for (const { headers, body } of await endpoint.expect(3)) {
      ok(merchant.isSigned(new Headers(Object.entries(headers).map(([name, value]) => [name, String(value)])), body));
      const { event_type: event, resource } = JSON.parse(body);
      deepStrictEqual([event, resource.original_type], ['MCHTRANSFER.BILL.FINISHED', 'mch_payment']);
      ends.push(JSON.parse(unseal(resource, merchant.agreed.apiV3Key)) as Json);
    }
    const byNumber = ends.map((end) => [end.out_bill_no, end.state, end.fail_reason]).sort();
    deepStrictEqual(byNumber, [
      ['bill1', 'SUCCESS', undefined],
      ['bill2', 'CANCELLED', undefined],
      ['bill3', 'FAIL', 'OVERDUE_CLOSE'],
    ]);
    const [first] = ends;
    deepStrictEqual([first?.mch_id, first?.transfer_amount], [merchant.agreed.mchId, 3_307]);
    strictEqual(first?.openid, await merchant.openid('chenjing'));
    ok(first?.transfer_bill_no && first.create_time && first.update_time);
  },
  'a transfer whose answer was lost is there, and is found by its number': async (bench) => {
    const merchant = await bench.merchant(PROMPT);
    await merchant.openid('chenjing');
    await merchant.control('faults', { kind: 'lost', path: TRANSFERS });
    const answer = await merchant.transfer('bill1').catch(() => null);
    strictEqual(answer, null);
    strictEqual(await state(merchant), 'WAIT_USER_CONFIRM');
  },
});
