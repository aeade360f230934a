import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { ApiDesk } from './api-desk.js';
import { checksOf } from './check.js';
import type { Json } from './merchant.js';

const PHONE = '/wxa/business/getuserphonenumber';

async function errcodeOf(desk: ApiDesk, body: Json): Promise<unknown> {
  return (await desk.post(PHONE, body)).errcode;
}

export const phoneChecks = checksOf('§2', {
  'the code of the phone button gives number, country code and watermark, once': async (bench) => {
    const desk = await ApiDesk.open(bench);
    const code = await desk.code('phone');
    const info = (await desk.post(PHONE, { code })).phone_info as Json;
    deepStrictEqual([info.phoneNumber, info.purePhoneNumber, info.countryCode], ['13800138001', '13800138001', '86']);
    const { appid, timestamp } = info.watermark as Json;
    deepStrictEqual([appid, typeof timestamp], [desk.merchant.agreed.appId, 'number']);
    strictEqual(await errcodeOf(desk, { code }), 40029);
  },
  'a phone code lives five minutes': async (bench) => {
    const desk = await ApiDesk.open(bench);
    const [early, late] = [await desk.code('phone'), await desk.code('phone')];
    await desk.merchant.advance(298_000);
    strictEqual(await errcodeOf(desk, { code: early }), 0);
    await desk.merchant.advance(2_000);
    strictEqual(await errcodeOf(desk, { code: late }), 40029);
  },
  'a login code is no phone code: 40029': async (bench) => {
    const desk = await ApiDesk.open(bench);
    deepStrictEqual(
      [await errcodeOf(desk, { code: await desk.code('login') }), await errcodeOf(desk, {})],
      [40029, 40029],
    );
  },
  'a code from another appid is 40013': async (bench) => {
    const desk = await ApiDesk.open(bench);
    strictEqual(await errcodeOf(desk, { code: await desk.code('phone', { appId: 'wxforeign' }) }), 40013);
  },
  'an openid that is not of the person who tapped is 40029, and hers is taken': async (bench) => {
    const desk = await ApiDesk.open(bench);
    const code = await desk.code('phone');
    strictEqual(await errcodeOf(desk, { code, openid: await desk.merchant.openid('azhe') }), 40029);
    strictEqual(await errcodeOf(desk, { code, openid: await desk.merchant.openid('xiaoyu') }), 0);
  },
  'the minute quota is 45011, a busy platform -1, and neither spends the code': async (bench) => {
    const desk = await ApiDesk.open(bench);
    const code = await desk.code('phone');
    await desk.merchant.control('faults', { kind: 'busy', path: PHONE });
    strictEqual(await errcodeOf(desk, { code }), -1);
    await desk.merchant.control('quotas', { path: PHONE, perMinute: 0 });
    strictEqual(await errcodeOf(desk, { code }), 45011);
    await desk.merchant.control('quotas', { path: PHONE });
    strictEqual(await errcodeOf(desk, { code }), 0);
  },
  'each tap that succeeds is charged, ¥0.03 after the first 1000, whether its code is used or not': async (bench) => {
    const desk = await ApiDesk.open(bench);
    for (let count = 0; count < 1_002; count += 1) await desk.code('phone');
    await desk.code('phone', { appId: 'wxforeign' });
    const { callbacks, feeFen } = await desk.merchant.control('phone-fees', {});
    deepStrictEqual([callbacks, feeFen], [1_002, 6]);
  },
  'when the bought numbers are used up the tap fails with errno 1400001, uncharged': async (bench) => {
    const desk = await ApiDesk.open(bench);
    await desk.merchant.control('phone-fees', { left: 1 });
    await desk.code('phone');
    const { errno, code } = await desk.device('phone-code', {});
    deepStrictEqual([errno, code], [1400001, undefined]);
    strictEqual((await desk.merchant.control('phone-fees', {})).callbacks, 1);
  },
});
