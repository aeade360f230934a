import { isJsonObject, type JsonObject, parseJsonObject, textOf } from './json-object.js';
import { openResource } from './pay-cipher.js';
import { readRefund, readTransaction, type WechatRefund, type WechatTransaction } from './pay-records.js';
import { faultInSignature, type PlatformKeys, type SignatureFault } from './pay-signature.js';
import { readTransfer, type WechatTransfer } from './transfer-records.js';

/** Header names in any case, as Node or a test gives them. */
export type NoticeHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What WeChat told us, verified and decrypted. `id` is the same when the same notice comes again. */
export type WechatNotice =
  | {
      readonly kind: 'payment';
      readonly id: string;
      readonly eventType: string;
      readonly transaction: WechatTransaction;
    }
  | { readonly kind: 'refund'; readonly id: string; readonly eventType: string; readonly refund: WechatRefund }
  | { readonly kind: 'transfer'; readonly id: string; readonly eventType: string; readonly transfer: WechatTransfer }
  | { readonly kind: 'other'; readonly id: string; readonly eventType: string; readonly resource: JsonObject };

/** Answer all of these with 4xx: WeChat repeats the notice, and a forger learns nothing. */
export type NoticeFault = SignatureFault | 'malformed' | 'undecryptable' | 'foreign_merchant';

export type ParsedNotice =
  | { readonly outcome: 'ok'; readonly notice: WechatNotice }
  | { readonly outcome: 'failed'; readonly reason: NoticeFault };

export interface NoticeReader {
  readonly platformKeys: PlatformKeys;
  readonly apiV3Key: string;
  readonly mchId: string;
  readonly appId: string;
  readonly nowMs: number;
}

function failed(reason: NoticeFault): ParsedNotice {
  return { outcome: 'failed', reason };
}

function headerReader(headers: NoticeHeaders): (name: string) => string | null {
  const byName = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return (name) => {
    const value = byName.get(name);
    return typeof value === 'string' ? value : null;
  };
}

function decrypt(resource: JsonObject, apiV3Key: string): JsonObject | null {
  const ciphertext = textOf(resource.ciphertext);
  const nonce = textOf(resource.nonce);
  if (resource.algorithm !== 'AEAD_AES_256_GCM' || ciphertext === null || nonce === null) return null;
  const plaintext = openResource(
    { ciphertext, nonce, associatedData: textOf(resource.associated_data) ?? '' },
    apiV3Key,
  );
  return plaintext === null ? null : parseJsonObject(plaintext);
}

function typed(
  envelope: { id: string; eventType: string },
  originalType: unknown,
  json: JsonObject,
): WechatNotice | null {
  if (originalType === 'transaction') {
    const transaction = readTransaction(json);
    return transaction && { kind: 'payment', ...envelope, transaction };
  }
  if (originalType === 'refund') {
    const refund = readRefund(json);
    return refund && { kind: 'refund', ...envelope, refund };
  }
  if (originalType === 'mch_payment') {
    const transfer = readTransfer(json);
    return transfer && { kind: 'transfer', ...envelope, transfer };
  }
  return { kind: 'other', ...envelope, resource: json };
}

/**
 * Verifies the signature over the raw bytes, then decrypts, then checks that it is about us. Order of trust: nothing of
 * the body is looked at before the signature was found good. A refund's notice carries no appid, so only mchid must fit.
 */
export function readNotice(headers: NoticeHeaders, rawBody: Buffer, by: NoticeReader): ParsedNotice {
  const fault = faultInSignature(headerReader(headers), rawBody, by.platformKeys, by.nowMs);
  if (fault) return failed(fault);
  const envelope = parseJsonObject(rawBody.toString('utf8'));
  const id = textOf(envelope?.id);
  const eventType = textOf(envelope?.event_type);
  if (!id || !eventType || !isJsonObject(envelope?.resource)) return failed('malformed');
  const resource = decrypt(envelope.resource, by.apiV3Key);
  if (resource === null) return failed('undecryptable');
  // A transfer's notice says mch_id in one part of the documents and mchid in another.
  if ((resource.mchid ?? resource.mch_id) !== by.mchId) return failed('foreign_merchant');
  if (resource.appid !== undefined && resource.appid !== by.appId) return failed('foreign_merchant');
  const notice = typed({ id, eventType }, envelope.resource.original_type, resource);
  return notice === null ? failed('malformed') : { outcome: 'ok', notice };
}
