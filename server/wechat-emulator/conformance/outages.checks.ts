import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { checksOf } from './check.js';
import { verdict } from './merchant.js';

const PREPAY = '/v3/pay/transactions/jsapi';
/** What a caller sees of an answer that never comes. */
async function answer(call: Promise<unknown>, withinMs = 150): Promise<'cut' | 'silence' | 'answered'> {
  const late = new Promise<'silence'>((resolve) => setTimeout(() => resolve('silence'), withinMs).unref());
  return Promise.race([
    call.then(
      () => 'answered' as const,
      () => 'cut' as const,
    ),
    late,
  ]);
}

export const outageChecks = checksOf('§5', {
  'a busy platform is 500 SYSTEM_ERROR, and nothing happened': async (bench) => {
    const merchant = await bench.merchant();
    await merchant.control('faults', { kind: 'busy', path: PREPAY });
    strictEqual(verdict(await merchant.prepay('order-0001')), '500 SYSTEM_ERROR');
    strictEqual(verdict(await merchant.order('order-0001')), '404 ORDER_NOT_EXIST');
    strictEqual((await merchant.prepay('order-0001')).status, 200);
  },
  'too many requests are 429 FREQUENCY_LIMITED, and nothing happened': async (bench) => {
    const merchant = await bench.merchant();
    await merchant.openid();
    await merchant.control('faults', { kind: 'limited', path: '/v3/' });
    strictEqual(verdict(await merchant.prepay('order-0001')), '429 FREQUENCY_LIMITED');
    strictEqual(verdict(await merchant.order('order-0001')), '404 ORDER_NOT_EXIST');
  },
  'a gateway answers 502 that is neither JSON nor signed': async (bench) => {
    const merchant = await bench.merchant();
    await merchant.openid();
    await merchant.control('faults', { kind: 'gateway', path: '/v3/' });
    const reply = await merchant.prepay('order-0001');
    deepStrictEqual([reply.status, reply.headers.get('wechatpay-signature')], [502, null]);
    ok(!reply.headers.get('content-type')?.includes('json'));
  },
  'a cut connection did nothing': async (bench) => {
    const merchant = await bench.merchant();
    await merchant.openid();
    await merchant.control('faults', { kind: 'refuse', path: PREPAY });
    strictEqual(await answer(merchant.prepay('order-0001'), 2_000), 'cut');
    strictEqual(verdict(await merchant.order('order-0001')), '404 ORDER_NOT_EXIST');
  },
  'a time-out can have done nothing': async (bench) => {
    const merchant = await bench.merchant();
    await merchant.openid();
    await merchant.control('faults', { kind: 'timeout', path: PREPAY });
    strictEqual(await answer(merchant.prepay('order-0001')), 'silence');
    strictEqual(verdict(await merchant.order('order-0001')), '404 ORDER_NOT_EXIST');
  },
  'a time-out can have done the work': async (bench) => {
    const merchant = await bench.merchant();
    await merchant.openid();
    await merchant.control('faults', { kind: 'lost', path: PREPAY });
    strictEqual(await answer(merchant.prepay('order-0001'), 2_000), 'cut');
    strictEqual((await merchant.order('order-0001')).json.trade_state, 'NOTPAY');
    await merchant.control('faults', { kind: 'delay', path: PREPAY, delayMs: 300 });
    strictEqual(await answer(merchant.prepay('order-0002'), 100), 'silence');
    strictEqual((await merchant.order('order-0002')).json.trade_state, 'NOTPAY');
  },
  'an answer can be signed wrongly': async (bench) => {
    const merchant = await bench.merchant();
    await merchant.control('faults', { kind: 'tamper', path: PREPAY });
    const { headers, text } = await merchant.prepay('order-0001');
    ok(!merchant.isSigned(headers, text));
  },
  'an outage lasts its seconds': async (bench) => {
    const merchant = await bench.merchant();
    await merchant.openid();
    await merchant.control('faults', { kind: 'limited', path: '/', seconds: 600 });
    for (let turn = 0; turn < 3; turn += 1) strictEqual((await merchant.prepay('order-0001')).status, 429);
    await merchant.advance(595_000);
    strictEqual((await merchant.prepay('order-0001')).status, 429);
    await merchant.advance(5_000);
    strictEqual((await merchant.prepay('order-0001')).status, 200);
  },
  'an outage without an end lasts until it is lifted': async (bench) => {
    const merchant = await bench.merchant();
    await merchant.openid();
    const { id } = await merchant.control('faults', { kind: 'gateway', path: PREPAY, times: null });
    strictEqual((await merchant.prepay('order-0001')).status, 502);
    await merchant.advance(86_400_000);
    strictEqual((await merchant.prepay('order-0001')).status, 502);
    strictEqual((await merchant.control('faults/lift', { id })).lifted, 1);
    strictEqual((await merchant.prepay('order-0001')).status, 200);
  },
  'an outage of one API leaves the others, and one of all leaves the phone': async (bench) => {
    const merchant = await bench.merchant();
    const { prepay_id: prepayId } = (await merchant.prepay('order-0001')).json;
    await merchant.control('faults', { kind: 'gateway', path: PREPAY, times: null });
    strictEqual((await merchant.order('order-0001')).status, 200);
    await merchant.control('faults', { kind: 'gateway', path: '/', times: null });
    strictEqual((await merchant.order('order-0001')).status, 502);
    strictEqual((await merchant.plain('GET', '/sns/jscode2session')).status, 502);
    strictEqual((await merchant.pay(prepayId)).status, 200);
  },
});
