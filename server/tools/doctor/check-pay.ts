import { createPrivateKey, createPublicKey, randomBytes } from 'node:crypto';
import { callOutside, type OutsideAnswer } from '../../src/wechat/call-outside.js';
import { isJsonObject, type JsonObject, parseJsonObject, textOf } from '../../src/wechat/json-object.js';
import type { Unknown } from '../../src/wechat/outcome.js';
import { openResource } from '../../src/wechat/pay-cipher.js';
import { authorizationHeader, faultInSignature, requestMessage, sign } from '../../src/wechat/pay-signature.js';
import type { WechatConfig } from '../../src/wechat/wechat.public.js';
import { type Finding, fail, ok, unseen, warn } from './finding.js';

/** A number that no order and no transfer has. */
const NUMBER = 'DOCTOR00000000000000000000000000';

interface Asked {
  readonly status: number;
  readonly code: string;
  readonly json: JsonObject;
  readonly answer: OutsideAnswer;
}

async function ask(config: WechatConfig, path: string, now: number): Promise<Asked | Unknown> {
  const timestamp = String(Math.floor(now / 1000));
  const nonce = randomBytes(16).toString('hex');
  const signature = sign(
    requestMessage('GET', path, timestamp, nonce, ''),
    createPrivateKey(config.merchantPrivateKeyPem),
  );
  const { mchId, merchantSerial: serial } = config;
  const named = Object.keys(config.platformKeys)[0];
  const answer = await callOutside({
    method: 'GET',
    url: `${config.payBaseUrl}${path}`,
    headers: {
      Authorization: authorizationHeader({ mchId, nonce, timestamp, serial, signature }),
      ...(named === undefined ? {} : { 'Wechatpay-Serial': named }),
    },
    body: null,
    timeoutMs: config.timeoutMs,
  });
  if (answer.outcome === 'unknown') return answer;
  const json = parseJsonObject(answer.body.toString('utf8')) ?? {};
  return { status: answer.status, code: textOf(json.code) ?? '', json, answer };
}

function checkAnswer(config: WechatConfig, { answer }: Asked, now: number): Finding {
  const keys = new Map(Object.entries(config.platformKeys).map(([serial, pem]) => [serial, createPublicKey(pem)]));
  if (keys.size === 0) return warn('platform keys', 'none is pinned: certificates are fetched while the mall runs');
  const fault = faultInSignature((name) => answer.headers.get(name), answer.body, keys, now);
  if (fault === null) return ok('platform keys', "WeChat Pay's answer verifies under the configured key");
  const serial = answer.headers.get('wechatpay-serial') ?? 'no serial';
  return fail(
    'platform keys',
    `WeChat Pay's answer does not verify (${fault}, ${serial}): download its public key anew`,
  );
}

async function checkApiV3Key(config: WechatConfig, now: number): Promise<Finding> {
  const check = 'APIv3 key';
  const asked = await ask(config, '/v3/certificates', now);
  const list = 'status' in asked && Array.isArray(asked.json.data) ? asked.json.data : [];
  const sealed = isJsonObject(list[0]) ? list[0].encrypt_certificate : null;
  if (!isJsonObject(sealed)) {
    return warn(check, 'this merchant has no platform certificate (public-key mode), so the first notice will show it');
  }
  const resource = {
    ciphertext: textOf(sealed.ciphertext) ?? '',
    nonce: textOf(sealed.nonce) ?? '',
    associatedData: textOf(sealed.associated_data) ?? '',
  };
  return openResource(resource, config.apiV3Key) === null
    ? fail(
        check,
        "WECHAT_API_V3_KEY does not open WeChat's certificate: set it again in the merchant's console and here",
      )
    : ok(check, "WECHAT_API_V3_KEY opens WeChat's certificate");
}

/** Asks about a bill that does not exist: the answer hints at the right, and only a transfer proves it. */
async function checkTransfers(config: WechatConfig, now: number): Promise<Finding> {
  const check = 'payouts (scene 1005)';
  if (!config.transfers) return ok(check, 'they are off: without WECHAT_TRANSFERS=1 approved payouts wait');
  const asked = await ask(config, `/v3/fund-app/mch-transfer/transfer-bills/out-bill-no/${NUMBER}`, now);
  if (!('status' in asked)) return warn(check, `WeChat Pay did not answer (${asked.reason})`);
  if (asked.status === 404) {
    return unseen(check, 'a hint that transfers are granted: they may be asked about; the first one proves scene 1005');
  }
  if (asked.status === 403) {
    const code = asked.code || asked.status;
    return fail(
      check,
      `a hint that transfers are not granted (${code}): apply for 商家转账, scene 1005 佣金报酬, in the merchant's console`,
    );
  }
  return warn(check, `WeChat Pay answered ${asked.status} ${asked.code}`);
}

/** Merchant number, key, serial number, WeChat's keys, the APIv3 key, and the right to pay guides. */
export async function checkPay(config: WechatConfig, now: () => number): Promise<Finding[]> {
  const path = `/v3/pay/transactions/out-trade-no/${NUMBER}?mchid=${encodeURIComponent(config.mchId)}`;
  const asked = await ask(config, path, now());
  if (!('status' in asked)) {
    return [fail('WeChat Pay', `${config.payBaseUrl} did not answer (${asked.reason}): check network and firewall`)];
  }
  if (asked.status === 401) {
    const what = 'merchant number, serial number and private key do not fit together, or the clock is wrong';
    return [fail('WeChat Pay', `WeChat Pay refused our signature (${asked.code || asked.status}): ${what}`)];
  }
  const found = [
    asked.status === 404
      ? ok('WeChat Pay', 'WeChat Pay takes our signature')
      : warn('WeChat Pay', `WeChat Pay answered ${asked.status} ${asked.code} about an order that does not exist`),
    checkAnswer(config, asked, now()),
  ];
  return [...found, await checkApiV3Key(config, now()), await checkTransfers(config, now())];
}
