import { deepStrictEqual, match, notStrictEqual, ok, strictEqual, throws } from 'node:assert/strict';
import type { Bench } from './bench.js';
import { checksOf } from './check.js';
import type { Json, Merchant } from './merchant.js';
import { type Arrival, type NoticeEndpoint, silence } from './notice-endpoint.js';
import { type Sealed, unseal } from './signatures.js';

interface Envelope {
  readonly id: string;
  readonly create_time: string;
  readonly resource_type: string;
  readonly event_type: string;
  readonly resource: Sealed & { readonly algorithm: string; readonly original_type: string };
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** 15s/15s/30s/3m/10m/20m/30m/30m/30m/60m/3h/3h/3h/6h/6h */
const SCHEDULE = [
  15_000,
  15_000,
  30_000,
  3 * MINUTE,
  10 * MINUTE,
  20 * MINUTE,
  30 * MINUTE,
  30 * MINUTE,
  30 * MINUTE,
  HOUR,
  3 * HOUR,
  3 * HOUR,
  3 * HOUR,
  6 * HOUR,
  6 * HOUR,
];

const envelope = ({ body }: Arrival): Envelope => JSON.parse(body) as Envelope;
const opened = (merchant: Merchant, arrival: Arrival): Json =>
  JSON.parse(unseal(envelope(arrival).resource, merchant.agreed.apiV3Key)) as Json;
const isSigned = (merchant: Merchant, { headers, body }: Arrival): boolean =>
  merchant.isSigned(new Headers(Object.entries(headers).map(([name, value]) => [name, String(value)])), body);

async function shop(bench: Bench, options = {}): Promise<{ merchant: Merchant; endpoint: NoticeEndpoint }> {
  const [merchant, endpoint] = [await bench.merchant(options), await bench.endpoint()];
  return { merchant, endpoint };
}

async function held(bench: Bench): Promise<{ merchant: Merchant; endpoint: NoticeEndpoint; ids: string[] }> {
  const { merchant, endpoint } = await shop(bench);
  await merchant.control('notices', { mode: 'hold' });
  await merchant.paid('order-0001', { notify_url: endpoint.url });
  await merchant.paid('order-0002', { notify_url: endpoint.url });
  const { notices } = (await merchant.plain('GET', '/control/notices')).json;
  return { merchant, endpoint, ids: (notices as { id: string }[]).map(({ id }) => id) };
}

/** A bent copy of a payment's notice. */
async function bent(bench: Bench, bend: string): Promise<{ merchant: Merchant; arrival: Arrival }> {
  const { merchant, endpoint, ids } = await held(bench);
  await merchant.control(`notices/${ids[0]}/resend`, { bend });
  const [arrival] = await endpoint.expect(1);
  if (!arrival) throw new Error('nothing arrived');
  return { merchant, arrival };
}

/** The content of a bent notice is signed well, opens, and differs in one thing. */
function differs(bend: string, part: (json: Json) => unknown, wrong: unknown) {
  return async (bench: Bench): Promise<void> => {
    const { merchant, arrival } = await bent(bench, bend);
    ok(isSigned(merchant, arrival));
    deepStrictEqual(part(opened(merchant, arrival)), wrong);
  };
}

export const noticeChecks = checksOf('§5', {
  'a payment is told signed over the raw body and sealed as a transaction': async (bench) => {
    const { merchant, endpoint } = await shop(bench);
    const transactionId = await merchant.paid('order-0001', { notify_url: endpoint.url });
    const [arrival] = await endpoint.expect(1);
    if (!arrival) throw new Error('nothing arrived');
    ok(isSigned(merchant, arrival));
    ok(!isSigned(merchant, { ...arrival, body: `${arrival.body} ` }));
    const { id, create_time: time, resource_type: type, event_type: event, resource } = envelope(arrival);
    ok(id !== '');
    match(time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/);
    deepStrictEqual([type, event, resource.algorithm], ['encrypt-resource', 'TRANSACTION.SUCCESS', 'AEAD_AES_256_GCM']);
    deepStrictEqual([resource.original_type, resource.nonce.length], ['transaction', 12]);
    const { amount, ...told } = opened(merchant, arrival);
    deepStrictEqual(
      [told.out_trade_no, told.transaction_id, told.trade_state],
      ['order-0001', transactionId, 'SUCCESS'],
    );
    deepStrictEqual([told.mchid, told.appid], [merchant.agreed.mchId, merchant.agreed.appId]);
    strictEqual((amount as Json).total, 8_861);
  },
  'the APIv3 key has 32 bytes': async (bench) => strictEqual((await bench.merchant()).agreed.apiV3Key.length, 32),
  'a refund is told as REFUND.SUCCESS, ABNORMAL or CLOSED, sealed as a refund': async (bench) => {
    const { merchant, endpoint } = await shop(bench);
    await merchant.paid('order-0001');
    for (const [index, next] of ['SUCCESS', 'ABNORMAL', 'CLOSED'].entries()) {
      await merchant.control('refunds', { next });
      await merchant.refund('order-0001', `refund-${index}`, 61, { notify_url: endpoint.url });
      const arrival = (await endpoint.expect(index + 1)).at(-1);
      if (!arrival) throw new Error('nothing arrived');
      const { event_type: event, resource } = envelope(arrival);
      deepStrictEqual([event, resource.original_type], [`REFUND.${next}`, 'refund']);
      const told = opened(merchant, arrival);
      deepStrictEqual(
        [told.out_refund_no, told.refund_status, told.mchid],
        [`refund-${index}`, next, merchant.agreed.mchId],
      );
      await merchant.advance(MINUTE);
    }
  },
  '200 and 204 end the notice': async (bench) => {
    for (const status of [200, 204]) {
      const { merchant, endpoint } = await shop(bench, { retryDelaysMs: [0, 0] });
      endpoint.answers.push(status);
      await merchant.paid('order-0001', { notify_url: endpoint.url });
      await endpoint.expect(1);
      await silence();
      strictEqual(endpoint.arrived.length, 1);
    }
  },
  'an answer that has not come within 5 s is none, and the notice comes again': async (bench) => {
    const { merchant, endpoint } = await shop(bench, { retryDelaysMs: [0] });
    endpoint.answers.push(0);
    await merchant.paid('order-0001', { notify_url: endpoint.url });
    await endpoint.expect(1);
    await merchant.advance(4_000);
    await silence();
    strictEqual(endpoint.arrived.length, 1);
    await merchant.advance(1_000);
    await endpoint.expect(2);
    const { notices } = (await merchant.plain('GET', '/control/notices')).json;
    deepStrictEqual((notices as { answers: number[] }[])[0]?.answers[0], 0);
  },
  'any other answer is tried again, with the same id and the same body': async (bench) => {
    const { merchant, endpoint } = await shop(bench, { retryDelaysMs: [0, 0, 0, 0] });
    endpoint.answers.push(500, 404, 302, 201);
    await merchant.paid('order-0001', { notify_url: endpoint.url });
    const bodies = (await endpoint.expect(5)).map(({ body }) => body);
    strictEqual(new Set(bodies).size, 1);
  },
  'retries come after 15s/15s/30s/3m/10m/20m/30m/30m/30m/60m/3h/3h/3h/6h/6h, then no more': async (bench) => {
    const { merchant, endpoint } = await shop(bench, { retryDelaysMs: undefined });
    endpoint.answers.push(...SCHEDULE.map(() => 500), 500, 500);
    await merchant.paid('order-0001', { notify_url: endpoint.url });
    await endpoint.expect(1);
    await silence();
    for (const [index, delay] of SCHEDULE.entries()) {
      await merchant.advance(delay - 5_000);
      await silence();
      strictEqual(endpoint.arrived.length, index + 1, `retry ${index + 1} came too early`);
      await merchant.advance(5_000);
      // A second would be another schedule.
      await endpoint.expect(index + 2, 600);
      // Until the answer is noted and the next retry is put off.
      await silence();
    }
    await merchant.advance(24 * HOUR);
    await silence();
    strictEqual(endpoint.arrived.length, SCHEDULE.length + 1);
  },
  'a lost notice leaves the order paid, which a query tells': async (bench) => {
    const { merchant, endpoint } = await shop(bench);
    await merchant.control('notices', { mode: 'drop' });
    await merchant.paid('order-0001', { notify_url: endpoint.url });
    await silence();
    strictEqual(endpoint.arrived.length, 0);
    strictEqual((await merchant.order('order-0001')).json.trade_state, 'SUCCESS');
  },
  'a notice can come twice': async (bench) => {
    const { merchant, endpoint } = await shop(bench);
    await merchant.control('notices', { mode: 'duplicate' });
    await merchant.paid('order-0001', { notify_url: endpoint.url });
    const [first, second] = await endpoint.expect(2);
    strictEqual(first?.body, second?.body);
    notStrictEqual(first?.headers['wechatpay-nonce'], second?.headers['wechatpay-nonce']);
  },
  'notices can come out of order': async (bench) => {
    const { merchant, endpoint } = await shop(bench);
    await merchant.control('notices', { mode: 'shuffle', batch: 2 });
    await merchant.paid('order-0001', { notify_url: endpoint.url });
    await silence();
    strictEqual(endpoint.arrived.length, 0);
    await merchant.paid('order-0002', { notify_url: endpoint.url });
    const arrived = await endpoint.expect(2);
    const numbers = arrived.map((arrival) => opened(merchant, arrival).out_trade_no);
    ok(numbers.includes('order-0001') && numbers.includes('order-0002'));
  },
  'held notices are sent in whatever order they are asked for': async (bench) => {
    const { merchant, endpoint, ids } = await held(bench);
    for (const id of [...ids].reverse()) await merchant.control(`notices/${id}/resend`, {});
    const numbers = endpoint.arrived.map((arrival) => opened(merchant, arrival).out_trade_no);
    deepStrictEqual(numbers, ['order-0002', 'order-0001']);
  },
  'a notice can come late': async (bench) => {
    const { merchant, endpoint } = await shop(bench);
    await merchant.control('notices', { mode: 'delay', delayMs: HOUR });
    await merchant.paid('order-0001', { notify_url: endpoint.url });
    await silence();
    strictEqual(endpoint.arrived.length, 0);
    await merchant.advance(HOUR);
    await endpoint.expect(1);
  },
  'a forged notice is signed by another key': async (bench) => {
    const { merchant, arrival } = await bent(bench, 'wrong_key');
    ok(!isSigned(merchant, arrival));
    strictEqual(arrival.headers['wechatpay-serial'], merchant.agreed.platformKeyId);
  },
  'a probe’s signature begins with WECHATPAY/SIGNTEST/ and does not fit': async (bench) => {
    const { merchant, arrival } = await bent(bench, 'probe');
    match(String(arrival.headers['wechatpay-signature']), /^WECHATPAY\/SIGNTEST\//);
    ok(!isSigned(merchant, arrival));
  },
  'a stale notice is more than 300 s old and signed well': async (bench) => {
    const { merchant, arrival } = await bent(bench, 'stale');
    ok(isSigned(merchant, arrival));
    const age = (performance.timeOrigin + performance.now()) / 1000 - Number(arrival.headers['wechatpay-timestamp']);
    ok(age > 300);
  },
  'a notice can come under an unknown serial, or without a signature': async (bench) => {
    const { merchant, arrival } = await bent(bench, 'unknown_serial');
    notStrictEqual(arrival.headers['wechatpay-serial'], merchant.agreed.platformKeyId);
    const unsigned = (await bent(bench, 'unsigned')).arrival;
    strictEqual(unsigned.headers['wechatpay-signature'], undefined);
  },
  'a truncated notice is signed and no JSON': async (bench) => {
    const { merchant, arrival } = await bent(bench, 'truncated');
    ok(isSigned(merchant, arrival));
    throws(() => JSON.parse(arrival.body));
  },
  'an undecryptable notice is signed and sealed with another key': async (bench) => {
    const { merchant, arrival } = await bent(bench, 'undecryptable');
    ok(isSigned(merchant, arrival));
    throws(() => opened(merchant, arrival));
  },
  'an oversized notice has 5 MB': async (bench) => {
    const { arrival } = await bent(bench, 'oversized');
    ok(arrival.body.length > 5 * 1024 * 1024);
  },
  'a notice can tell another sum': differs('wrong_amount', ({ amount }) => (amount as Json).total, 8_862),
  'a notice can be another merchant’s': differs('wrong_merchant', ({ mchid }) => mchid, '1900000001'),
  'a notice can be another app’s': differs('wrong_appid', ({ appid }) => appid, 'wx0000000000000000'),
  'a notice can name another payer': differs('wrong_payer', ({ payer }) => payer, { openid: 'o-of-a-stranger' }),
});
