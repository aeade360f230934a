import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { createPublicKey, type KeyObject } from 'node:crypto';
import { checksOf } from './check.js';
import { type Bend, type Merchant, verdict } from './merchant.js';
import { answerMessage, fits, payMessage, requestMessage, unseal } from './signatures.js';
import { vectors } from './vectors.js';

interface Key {
  readonly id: string;
  readonly public_key_pem?: string;
  readonly certificate_pem?: string;
}

function vectorKey(id: string): KeyObject {
  const key = vectors<{ keys: Key[] }>('rsa_test_keys.json').keys.find((one) => one.id === id);
  return createPublicKey(key?.public_key_pem ?? key?.certificate_pem ?? '');
}

function derived(vector: Readonly<Record<string, string>>): { key: KeyObject; signature: string } {
  const found = Object.entries(vector).find(([name]) => name.startsWith('derived_signature_with_'));
  const [name = '', signature = ''] = found ?? [];
  return { key: vectorKey(name.replace('derived_signature_with_', '')), signature };
}

async function refusedUnsigned(merchant: Merchant, bend: Bend): Promise<void> {
  const reply = await merchant.prepay('order-0001', {}, bend);
  strictEqual(verdict(reply), '401 SIGN_ERROR');
  strictEqual(reply.headers.get('wechatpay-signature'), null);
  strictEqual(verdict(await merchant.order('order-0001')), '404 ORDER_NOT_EXIST');
}

const bent = (bend: (merchant: Merchant) => Bend) => {
  return async (bench: { merchant(): Promise<Merchant> }): Promise<void> => {
    const merchant = await bench.merchant();
    await refusedUnsigned(merchant, bend(merchant));
  };
};

const ORDERS = ['signature', 'serial_no', 'timestamp', 'nonce_str', 'mchid'];

export const signatureChecks = checksOf('§5', {
  'request messages of the checks are those of the official vectors': async () => {
    const { request_message: all } = vectors<{ request_message: Record<string, string>[] }>(
      'rsa_signature_vectors.json',
    );
    for (const one of all) {
      const { method = '', canonical_url: url = '', timestamp = '', nonce_str: nonce = '', body = '' } = one;
      const message = requestMessage(method, url, timestamp, nonce, body);
      strictEqual(message, one.message_to_sign);
      const { key, signature } = derived(one);
      ok(fits(message, signature, key));
    }
    ok(all.length > 1);
  },
  'the mini-program’s payment message of the checks is that of the official vectors': async () => {
    const { pay_sign: all } = vectors<{ pay_sign: Record<string, string>[] }>('rsa_signature_vectors.json');
    const [one = {}] = all.filter(({ kind }) => kind === 'jsapi_or_mini_program');
    const [appId = '', time = '', nonce = '', last = ''] = String(one.message).split('\n');
    const message = payMessage(appId, time, nonce, last.replace('prepay_id=', ''));
    strictEqual(message, one.message);
    const { key, signature } = derived(one);
    ok(fits(message, signature, key));
  },
  'an official notice verifies and opens with the checks’ own reading': async () => {
    const one = vectors<{
      headers: Record<string, string>;
      raw_body: string;
      platform_key: string;
      apiv3_key: string;
      decrypted_resource: string;
    }>('notify_end_to_end.json');
    const header = (name: string): string => one.headers[`Wechatpay-${name}`] ?? '';
    const message = answerMessage(header('Timestamp'), header('Nonce'), one.raw_body);
    ok(fits(message, header('Signature'), vectorKey(one.platform_key)));
    strictEqual(unseal(JSON.parse(one.raw_body).resource, one.apiv3_key), one.decrypted_resource);
  },
  'a good signature is taken': async (bench) =>
    strictEqual((await (await bench.merchant()).prepay('order-0001')).status, 200),
  'the fields of Authorization come in any order': async (bench) => {
    const merchant = await bench.merchant();
    strictEqual((await merchant.prepay('order-0001', {}, { fieldOrder: ORDERS })).status, 200);
  },
  'no Authorization is 401 SIGN_ERROR and does nothing': bent(() => ({ authorization: '' })),
  'another scheme is 401 SIGN_ERROR and does nothing': bent(() => ({
    authorization: 'WECHATPAY2-SM2-WITH-SM3 mchid="1"',
  })),
  'a field left out is 401 SIGN_ERROR and does nothing': bent(() => ({ fieldOrder: ORDERS.slice(1) })),
  'a foreign mchid is 401 SIGN_ERROR and does nothing': bent(() => ({ mchId: '1900000001' })),
  'an unknown certificate serial is 401 SIGN_ERROR and does nothing': bent(() => ({ serial: 'A'.repeat(40) })),
  'a body other than the signed one is 401 SIGN_ERROR and does nothing': bent(() => ({ signedBody: '{}' })),
  'one byte more in the signed body is 401 SIGN_ERROR and does nothing': bent(() => ({ signedBody: ' ' })),
  'another signed path is 401 SIGN_ERROR and does nothing': bent(() => ({ signedPath: '/v3/pay/transactions/app' })),
  'a timestamp 300 s old is 401 SIGN_ERROR and does nothing': bent(() => ({ secondsOff: -301 })),
  'a timestamp 300 s ahead is 401 SIGN_ERROR and does nothing': bent(() => ({ secondsOff: 302 })),
  'a timestamp just under 300 s off is taken': async (bench) => {
    const merchant = await bench.merchant();
    strictEqual((await merchant.prepay('order-0001', {}, { secondsOff: -297 })).status, 200);
    strictEqual((await merchant.prepay('order-0002', {}, { secondsOff: 297 })).status, 200);
  },
  'the query of a GET is part of what is signed': async (bench) => {
    const merchant = await bench.merchant();
    const path = '/v3/pay/transactions/out-trade-no/order-0001';
    const reply = await merchant.get(`${path}?mchid=${merchant.agreed.mchId}`, { signedPath: path });
    strictEqual(verdict(reply), '401 SIGN_ERROR');
  },
  'every answer to a signed request is signed: success, refusal and 204 without a body': async (bench) => {
    const merchant = await bench.merchant();
    const replies = [
      await merchant.prepay('order-0001'),
      await merchant.prepay('order-0002', { amount: { total: 0 } }),
      await merchant.close('order-0001'),
    ];
    deepStrictEqual(
      replies.map(({ status }) => status),
      [200, 400, 204],
    );
    for (const { headers, text } of replies) {
      strictEqual(headers.get('wechatpay-serial'), merchant.agreed.platformKeyId);
      ok(merchant.isSigned(headers, text));
      ok(!merchant.isSigned(headers, `${text}\n`));
    }
  },
  'the serial of a public key begins with PUB_KEY_ID_, and is asked for in every request': async (bench) => {
    const merchant = await bench.merchant();
    match(merchant.agreed.platformKeyId, /^PUB_KEY_ID_/);
    strictEqual(verdict(await merchant.prepay('order-0001', {}, { platformSerial: null })), '400 PARAM_ERROR');
    strictEqual(
      verdict(await merchant.prepay('order-0001', {}, { platformSerial: 'PUB_KEY_ID_0' })),
      '400 PARAM_ERROR',
    );
  },
  'a refusal is a code and a message, of which the code is to be read': async (bench) => {
    const { json } = await (await bench.merchant()).order('never-was');
    strictEqual(json.code, 'ORDER_NOT_EXIST');
    strictEqual(typeof json.message, 'string');
  },
  'paySign covers appId, timeStamp, nonceStr and package, and is made by the merchant’s key': async (bench) => {
    const merchant = await bench.merchant();
    const { prepay_id: prepayId } = (await merchant.prepay('order-0001')).json;
    for (const change of [
      { appId: 'wx0000000000000000' },
      { timeStamp: '1700000000' },
      { nonceStr: 'other' },
      { package: `prepay_id=other` },
      { paySign: Buffer.from('no signature').toString('base64') },
      { signType: 'HMAC-SHA256' },
    ]) {
      strictEqual((await merchant.pay(prepayId, change)).json.error, 'pay_sign_invalid');
    }
    strictEqual((await merchant.order('order-0001')).json.trade_state, 'NOTPAY');
    strictEqual((await merchant.pay(prepayId)).status, 200);
  },
});
