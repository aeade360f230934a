import { type CallbackFault, type CallbackKeys, openCallback } from './callback-crypto.js';
import { type CallbackFields, callbackText, readCallbackXml } from './callback-xml.js';
import type { WecomConfig } from './wecom-config.js';

/** What the address of a callback carries. */
export interface CallbackQuery {
  readonly signature: string;
  readonly timestamp: string;
  readonly nonce: string;
}

/** A contact between one guide and one customer began or ended. Instants are WeCom's, in epoch milliseconds. */
export interface ContactChange {
  readonly kind: 'added' | 'ended';
  /** Who ended it. */
  readonly endedBy: 'guide' | 'customer' | null;
  /** Same for the same event, however often it is sent. */
  readonly eventKey: string;
  readonly userId: string;
  readonly externalUserId: string;
  /** Of the code that was scanned; may be empty, and may be another's. */
  readonly state: string;
  /** Empty when none may be sent. */
  readonly welcomeCode: string;
  readonly at: number;
}

export type WecomCallback =
  | { readonly outcome: 'change'; readonly change: ContactChange }
  /** Verified, and nothing that concerns this mall. */
  | { readonly outcome: 'other' }
  | { readonly outcome: 'failed'; readonly reason: CallbackFault | 'malformed' };

const KINDS: Readonly<Record<string, Pick<ContactChange, 'kind' | 'endedBy'>>> = {
  add_external_contact: { kind: 'added', endedBy: null },
  add_half_external_contact: { kind: 'added', endedBy: null },
  del_external_contact: { kind: 'ended', endedBy: 'guide' },
  del_follow_user: { kind: 'ended', endedBy: 'customer' },
};

function keysOf(config: WecomConfig): CallbackKeys {
  return { token: config.callbackToken, aesKey: config.callbackAesKey, receiveId: config.corpId };
}

/** The bare text with which WeCom's check of the address is answered; null when the check is not WeCom's. */
export function answerWecomCheck(query: CallbackQuery, echo: string, config: WecomConfig): string | null {
  const opened = openCallback({ ...query, encrypt: echo }, keysOf(config));
  return opened.outcome === 'opened' ? opened.message : null;
}

/** Verifies and reads one callback. */
export function readWecomCallback(query: CallbackQuery, body: string, config: WecomConfig): WecomCallback {
  const envelope = readCallbackXml(body);
  if (envelope === null) return { outcome: 'failed', reason: 'malformed' };
  const opened = openCallback({ ...query, encrypt: callbackText(envelope, 'Encrypt') }, keysOf(config));
  if (opened.outcome === 'failed') return opened;
  const fields = readCallbackXml(opened.message);
  if (fields === null) return { outcome: 'failed', reason: 'malformed' };
  return readChange(fields);
}

function readChange(fields: CallbackFields): WecomCallback {
  const text = (name: string): string => callbackText(fields, name);
  const changeType = text('ChangeType');
  const kind = text('Event') === 'change_external_contact' ? KINDS[changeType] : undefined;
  if (kind === undefined) return { outcome: 'other' };
  const [userId, externalUserId, createTime] = [text('UserID'), text('ExternalUserID'), text('CreateTime')];
  if (userId === '' || externalUserId === '' || !/^\d{1,12}$/.test(createTime)) {
    return { outcome: 'failed', reason: 'malformed' };
  }
  return {
    outcome: 'change',
    change: {
      ...kind,
      // FromUserName is `sys` for all of them: two customers of one second are told apart by who they are.
      eventKey: [text('FromUserName'), createTime, changeType, userId, externalUserId].join(' '),
      userId,
      externalUserId,
      state: text('State'),
      welcomeCode: text('WelcomeCode'),
      at: Number(createTime) * 1000,
    },
  };
}
