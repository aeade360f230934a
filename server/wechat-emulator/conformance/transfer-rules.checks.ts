import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import type { Bench } from './bench.js';
import { checksOf } from './check.js';
import { type Json, type Merchant, verdict } from './merchant.js';

const DAY = 86_400_000;
const NAMELESS = { limits: { perTransferFen: 300_000, perUserDayFen: 900_000 } };

function answered(wanted: string, ...changes: Json[]) {
  return async (bench: Bench): Promise<void> => {
    const merchant = await bench.merchant();
    for (const [index, change] of changes.entries()) {
      const reply = await merchant.transfer(`bill${index}`, change);
      strictEqual(verdict(reply), wanted, `${JSON.stringify(change)} ${reply.text}`);
      if (reply.status !== 200) strictEqual(verdict(await merchant.bill(`bill${index}`)), '404 NOT_FOUND');
    }
  };
}

const refused = (...changes: Json[]) => answered('400 PARAM_ERROR', ...changes);
const report = (...types: string[]) => ({
  transfer_scene_report_infos: types.map((type) => ({ info_type: type, info_content: '导购' })),
});

async function stateOf(merchant: Merchant, number: string, change: Json): Promise<unknown[]> {
  const { json } = await merchant.transfer(number, change);
  return [json.state, json.fail_reason];
}

export const transferRuleChecks = checksOf('§6', {
  'out_bill_no is at most 32 letters and digits': async (bench) => {
    await answered('200', { out_bill_no: `aZ9${'x'.repeat(29)}` })(bench);
    await refused(
      { out_bill_no: 'x'.repeat(33) },
      { out_bill_no: 'bill-1' },
      { out_bill_no: 'bill_1' },
      { out_bill_no: '' },
    )(bench);
  },
  'openid is one of that appid': refused({ openid: 'o-of-nobody' }, { openid: undefined }),
  'a foreign appid is INVALID_REQUEST': answered('400 INVALID_REQUEST', { appid: 'wx0000000000000000' }),
  'a scene that was not granted is INVALID_REQUEST': answered('400 INVALID_REQUEST', { transfer_scene_id: '1000' }),
  'scene 1005 reports exactly 岗位类型 and 报酬说明, in any order': async (bench) => {
    await answered('200', report('报酬说明', '岗位类型'))(bench);
    await refused(
      report('岗位类型'),
      report('报酬说明'),
      report('岗位类型', '岗位类型'),
      report('岗位类型', '报酬说明', '备注'),
      report('岗位', '报酬说明'),
      { transfer_scene_report_infos: [] },
      { transfer_scene_report_infos: undefined },
    )(bench);
  },
  'transfer_amount is whole fen, at least 10': async (bench) => {
    await answered('200', { transfer_amount: 10 })(bench);
    await refused(
      { transfer_amount: 9 },
      { transfer_amount: 10.5 },
      { transfer_amount: '10' },
      { transfer_amount: undefined },
    )(bench);
  },
  'transfer_remark is 1 to 32 characters': async (bench) => {
    await answered('200', { transfer_remark: '佣'.repeat(32) })(bench);
    await refused({ transfer_remark: '佣'.repeat(33) }, { transfer_remark: '' }, { transfer_remark: undefined })(bench);
  },
  'notify_url is https without a query': async (bench) => {
    await answered('200', { notify_url: 'https://mall.example.com/n' })(bench);
    await refused({ notify_url: 'http://mall.example.com/n' }, { notify_url: 'https://mall.example.com/n?a=1' })(bench);
  },
  'user_recv_perception that is not on the scene’s list is INVALID_REQUEST': answered('400 INVALID_REQUEST', {
    user_recv_perception: '现金奖励',
  }),
  'user_name is required from ¥2,000': async (bench) => {
    const merchant = await bench.merchant();
    await merchant.control('transfers', NAMELESS);
    strictEqual(verdict(await merchant.transfer('bill1', { transfer_amount: 200_000 })), '400 PARAM_ERROR');
    strictEqual((await merchant.transfer('bill2', { transfer_amount: 199_999 })).status, 200);
    const named = { transfer_amount: 200_000, user_name: merchant.seal('陈静') };
    strictEqual((await merchant.transfer('bill3', named)).status, 200);
  },
  'user_name is not allowed under ¥0.30': async (bench) => {
    const merchant = await bench.merchant();
    const named = (fen: number) => ({ transfer_amount: fen, user_name: merchant.seal('陈静') });
    strictEqual(verdict(await merchant.transfer('bill1', named(29))), '400 PARAM_ERROR');
    strictEqual((await merchant.transfer('bill1', named(30))).status, 200);
  },
  'user_name is sealed by RSA-OAEP with SHA-1 for the platform’s key': async (bench) => {
    const merchant = await bench.merchant();
    strictEqual(verdict(await merchant.transfer('bill1', { user_name: '陈静' })), '400 PARAM_ERROR');
    const other = Buffer.alloc(256, 7).toString('base64');
    strictEqual(verdict(await merchant.transfer('bill1', { user_name: other })), '400 PARAM_ERROR');
  },
  'another person’s name ends the transfer as FAIL NAME_NOT_CORRECT, and the money returns': async (bench) => {
    const merchant = await bench.merchant({ transferPace: { moveMs: 0 } });
    await merchant.control('account', { balanceFen: 3_307 });
    const { package_info: packageInfo } = (await merchant.transfer('bill1', { user_name: merchant.seal('陈婧') })).json;
    await merchant.confirm(packageInfo);
    const { json } = await merchant.bill('bill1');
    deepStrictEqual([json.state, json.fail_reason], ['FAIL', 'NAME_NOT_CORRECT']);
    strictEqual((await merchant.control('account', {})).balanceFen, 3_307);
  },
  'a company may transfer ¥200 at a time': async (bench) => {
    await answered('200', { transfer_amount: 20_000 })(bench);
    await answered('400 INVALID_REQUEST', { transfer_amount: 20_001 })(bench);
  },
  'a user may receive ¥2,000 a day, then bills end as FAIL DAY_RECEIVED_QUOTA_EXCEED': async (bench) => {
    const merchant = await bench.merchant();
    for (let count = 0; count < 10; count += 1) {
      const [state] = await stateOf(merchant, `bill${count}`, { transfer_amount: 20_000 });
      strictEqual(state, 'WAIT_USER_CONFIRM');
    }
    deepStrictEqual(await stateOf(merchant, 'bill10', { transfer_amount: 10 }), ['FAIL', 'DAY_RECEIVED_QUOTA_EXCEED']);
    const another = { transfer_amount: 10, openid: await merchant.openid('azhe') };
    strictEqual((await stateOf(merchant, 'bill11', another))[0], 'WAIT_USER_CONFIRM');
    await merchant.advance(DAY);
    strictEqual((await stateOf(merchant, 'bill12', { transfer_amount: 10 }))[0], 'WAIT_USER_CONFIRM');
  },
  'a merchant may pay ¥50,000 a day and ¥30,000,000 a month, all of which are configuration': async (bench) => {
    const merchant = await bench.merchant();
    const { limits } = (await merchant.control('transfers', {})) as { limits: Json };
    deepStrictEqual(
      [limits.perTransferFen, limits.perUserDayFen, limits.perMerchantDayFen, limits.perMerchantMonthFen],
      [20_000, 200_000, 5_000_000, 3_000_000_000],
    );
    await merchant.control('transfers', { limits: { perMerchantDayFen: 6_614 } });
    strictEqual((await merchant.transfer('bill1')).status, 200);
    strictEqual((await merchant.transfer('bill2')).status, 200);
    strictEqual(verdict(await merchant.transfer('bill3')), '400 INVALID_REQUEST');
    await merchant.control('transfers', { limits: { perMerchantDayFen: 9_999, perMerchantMonthFen: 6_614 } });
    strictEqual(verdict(await merchant.transfer('bill3')), '400 INVALID_REQUEST');
  },
  '100 transfers a second are taken, more are 429 FREQUENCY_LIMITED': async (bench) => {
    const merchant = await bench.merchant();
    const { limits } = (await merchant.control('transfers', {})) as { limits: Json };
    strictEqual(limits.perSecond, 100);
    await merchant.control('transfers', { limits: { perSecond: 0 } });
    strictEqual(verdict(await merchant.transfer('bill1')), '429 FREQUENCY_LIMITED');
  },
  'a merchant without the product is 403 NO_AUTH everywhere': async (bench) => {
    const merchant = await bench.merchant();
    await merchant.control('transfers', { grantedScenes: [] });
    strictEqual(verdict(await merchant.transfer('bill1')), '403 NO_AUTH');
    strictEqual(verdict(await merchant.bill('bill1')), '403 NO_AUTH');
    strictEqual(verdict(await merchant.cancelBill('bill1')), '403 NO_AUTH');
  },
  'an address that is not on the merchant’s list is INVALID_REQUEST': async (bench) => {
    const merchant = await bench.merchant();
    await merchant.control('transfers', { ipAllowed: false });
    strictEqual(verdict(await merchant.transfer('bill1')), '400 INVALID_REQUEST');
    await merchant.control('transfers', { ipAllowed: true });
    strictEqual((await merchant.transfer('bill1')).status, 200);
  },
  'an unsigned transfer is 401 SIGN_ERROR': async (bench) => {
    const merchant = await bench.merchant();
    strictEqual(verdict(await merchant.transfer('bill1', {}, { signedBody: '{}' })), '401 SIGN_ERROR');
  },
});
