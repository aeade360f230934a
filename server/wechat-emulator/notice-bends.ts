import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { isObject, type JsonObject } from './json-body.js';
import { platformHeaders } from './pay-signature.js';
import type { PlatformSigner } from './platform-keys.js';

/**
 * Ways in which a notice can be wrong. Those about the signature are a forger's, those about the content are signed and
 * sealed as the platform would: another merchant's notice, or one that says another sum.
 */
export const NOTICE_BENDS = [
  'wrong_key',
  'unknown_serial',
  'stale',
  'unsigned',
  'probe',
  'truncated',
  'undecryptable',
  'oversized',
  'wrong_amount',
  'wrong_merchant',
  'wrong_appid',
  'wrong_payer',
  'unknown_number',
] as const;

export type NoticeBend = (typeof NOTICE_BENDS)[number];

const STALE_SECONDS = 301;
const OVERSIZED_BYTES = 5 * 1024 * 1024;

/** Moves every amount, so that whichever the merchant compares differs. */
function otherAmount(resource: JsonObject): JsonObject {
  const { amount, transfer_amount: transferFen } = resource;
  const moved = isObject(amount)
    ? {
        amount: Object.fromEntries(
          Object.entries(amount).map(([name, value]) => [name, typeof value === 'number' ? value + 1 : value]),
        ),
      }
    : {};
  return {
    ...resource,
    ...moved,
    ...(typeof transferFen === 'number' ? { transfer_amount: transferFen + 1 } : {}),
  };
}

function replaced(resource: JsonObject, names: readonly string[], value: unknown): JsonObject {
  const present = names.filter((name) => name in resource);
  return { ...resource, ...Object.fromEntries(present.map((name) => [name, value])) };
}

/** What a notice with this bend says. Bends of the signature leave it alone. */
export function bendResource(resource: JsonObject, bend: NoticeBend): JsonObject {
  switch (bend) {
    case 'wrong_amount':
      return otherAmount(resource);
    case 'wrong_merchant':
      return replaced(resource, ['mchid', 'mch_id'], '1900000001');
    case 'wrong_appid':
      return replaced(resource, ['appid'], 'wx0000000000000000');
    case 'wrong_payer':
      return replaced(replaced(resource, ['payer'], { openid: 'o-of-a-stranger' }), ['openid'], 'o-of-a-stranger');
    case 'unknown_number':
      return replaced(resource, ['out_trade_no', 'out_refund_no', 'out_bill_no'], randomUUID().replaceAll('-', ''));
    default:
      return resource;
  }
}

/** The key with which the resource is sealed. */
export function bendApiV3Key(apiV3Key: string, bend: NoticeBend): string {
  return bend === 'undecryptable' ? randomBytes(16).toString('hex') : apiV3Key;
}

export function bendBody(body: string, bend: NoticeBend): string {
  if (bend === 'truncated') return body.slice(0, Math.floor(body.length / 2));
  if (bend === 'oversized') return `${body.slice(0, -1)},"padding":"${'x'.repeat(OVERSIZED_BYTES)}"}`;
  return body;
}

/** The headers under which a bent notice comes. */
export function bendHeaders(
  signer: PlatformSigner,
  nowSeconds: number,
  body: string,
  bend: NoticeBend,
): Record<string, string> {
  if (bend === 'unsigned') return {};
  const at = bend === 'stale' ? nowSeconds - STALE_SECONDS : nowSeconds;
  const forger = (): PlatformSigner => ({
    ...signer,
    privateKeyPem: generateKeyPairSync('rsa', { modulusLength: 2048 })
      .privateKey.export({ type: 'pkcs8', format: 'pem' })
      .toString(),
  });
  const headers = platformHeaders(bend === 'wrong_key' ? forger() : signer, at, body);
  if (bend === 'unknown_serial') return { ...headers, 'Wechatpay-Serial': 'PUB_KEY_ID_0000000000000000000000000000' };
  const signature = headers['Wechatpay-Signature'] ?? '';
  return bend === 'probe' ? { ...headers, 'Wechatpay-Signature': `WECHATPAY/SIGNTEST/${signature}` } : headers;
}
