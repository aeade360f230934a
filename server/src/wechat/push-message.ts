import { createHash } from 'node:crypto';
import { isCallbackSignature, openCallback } from './callback-crypto.js';
import { readCallbackXml } from './callback-xml.js';
import { type JsonObject, parseJsonObject, textOf } from './json-object.js';

/** What the shop has set for the message push in the mini-program's console. */
export interface PushKeys {
  readonly token: string;
  /** 32 bytes. With it the console is in safe mode, and plain messages are refused. Null: plain mode. */
  readonly aesKey: Buffer | null;
  readonly appId: string;
}

/** The query of a push; a part that is missing is the empty text. */
export interface PushQuery {
  readonly signature: string;
  readonly timestamp: string;
  readonly nonce: string;
  readonly msgSignature: string;
  readonly echostr: string;
}

/** One event of the platform. In XML every field is a text, in JSON numbers are numbers. */
export interface PushMessage {
  /** SHA-256 of the message: WeChat repeats one with the same bytes. */
  readonly id: string;
  readonly event: string;
  /** Epoch ms, whole seconds; null when WeChat named no time. */
  readonly createdAt: number | null;
  readonly fields: JsonObject;
}

export type PushFault = 'bad_signature' | 'undecryptable' | 'foreign_receiver' | 'not_encrypted' | 'unreadable';
export type ReadPush =
  | { readonly outcome: 'read'; readonly message: PushMessage }
  | { readonly outcome: 'failed'; readonly reason: PushFault };

/** What the URL check wants back; null: the check is not WeChat's. */
export function answerUrlCheck({ signature, timestamp, nonce, echostr }: PushQuery, keys: PushKeys): string | null {
  return isCallbackSignature(signature, keys.token, timestamp, nonce) ? echostr : null;
}

/**
 * The message of a push in plain or safe mode, as JSON or XML, once its signature fits. In safe mode that is
 * msg_signature, since `signature` does not cover the message; in plain mode nothing covers it, so that what it says is
 * asked for before money follows from it.
 */
export function readPush(query: PushQuery, body: Buffer, keys: PushKeys): ReadPush {
  const outer = fieldsOf(body.toString('utf8'));
  if (outer === null) return failed('unreadable');
  const encrypt = textOf(outer.Encrypt);
  if (encrypt !== null && keys.aesKey !== null) {
    const { msgSignature: signature, timestamp, nonce } = query;
    const sealed = { signature, timestamp, nonce, encrypt };
    const opened = openCallback(sealed, { token: keys.token, aesKey: keys.aesKey, receiveId: keys.appId });
    return opened.outcome === 'failed' ? opened : messageOf(opened.message);
  }
  if (!isCallbackSignature(query.signature, keys.token, query.timestamp, query.nonce)) return failed('bad_signature');
  if (keys.aesKey !== null) return failed('not_encrypted');
  return encrypt === null ? messageOf(body.toString('utf8')) : failed('undecryptable');
}

function messageOf(text: string): ReadPush {
  const fields = fieldsOf(text);
  if (fields === null) return failed('unreadable');
  const created = Number(fields.CreateTime);
  const message: PushMessage = {
    id: createHash('sha256').update(text).digest('hex'),
    event: textOf(fields.Event) ?? '',
    createdAt: Number.isSafeInteger(created) && created > 0 ? created * 1000 : null,
    fields,
  };
  return { outcome: 'read', message };
}

function fieldsOf(text: string): JsonObject | null {
  return text.trimStart().startsWith('<') ? readCallbackXml(text) : parseJsonObject(text);
}

function failed(reason: PushFault): ReadPush {
  return { outcome: 'failed', reason };
}

/** A field that is a text, or a number written as one; '' when there is none. */
export function pushText(fields: JsonObject, name: string): string {
  const value = Object.hasOwn(fields, name) ? fields[name] : '';
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** A field in whole seconds, as epoch ms; null when it is missing or 0. */
export function pushInstant(fields: JsonObject, name: string): number | null {
  const seconds = Number(pushText(fields, name));
  return Number.isSafeInteger(seconds) && seconds > 0 ? seconds * 1000 : null;
}
