import { randomBytes } from 'node:crypto';
import type { EmulatorCredentials } from '../credentials.js';
import type { JsonObject } from '../json-body.js';
import { type CallbackKeys, encryptCallback, signCallback } from './callback-crypto.js';
import type { CallbackProtocol, Envelope, Forgery } from './callbacks.js';
import { toXml } from './xml.js';

/** The platform waits five seconds for an answer and asks three times more. */
export const PUSH_RETRY_DELAYS_MS: readonly number[] = [1000, 1000, 1000];

/** The choices of the console page 消息推送. */
export interface PushSettings {
  mode: 'plain' | 'safe';
  format: 'json' | 'xml';
}

export interface MessagePush extends CallbackProtocol {
  readonly settings: PushSettings;
}

function envelope(fields: JsonObject, { format }: PushSettings, query: Record<string, string>): Envelope {
  const body = format === 'json' ? JSON.stringify(fields) : toXml(fields);
  return { query, contentType: format === 'json' ? 'application/json' : 'text/xml', body };
}

function bend(keys: CallbackKeys, forgery: Forgery | null): CallbackKeys {
  if (forgery === 'signature') return { ...keys, token: randomBytes(12).toString('hex') };
  return forgery === 'receiver' ? { ...keys, receiveId: `wx${randomBytes(8).toString('hex')}` } : keys;
}

/** Damage inside the signed text: what is signed is not what is sent. */
function damage(encrypted: string, forgery: Forgery | null): string {
  return forgery === 'body' ? encryptedElsewhere(encrypted) : encrypted;
}

function encryptedElsewhere(encrypted: string): string {
  const bytes = Buffer.from(encrypted, 'base64');
  bytes.writeUInt8(bytes.readUInt8(20) ^ 1, 20);
  return bytes.toString('base64');
}

/**
 * Message push of the mini-program. Plain mode signs token, timestamp and nonce only; safe mode also encrypts, and
 * signs the cipher text as `msg_signature`. Taken is an answer `success`.
 */
export function messagePush(credentials: EmulatorCredentials): MessagePush {
  const keys: CallbackKeys = {
    token: credentials.pushToken,
    aesKey: credentials.pushAesKey,
    receiveId: credentials.appId,
  };
  const originalId = `gh_${credentials.appId.slice(2, 14)}`;
  const settings: PushSettings = { mode: 'safe', format: 'json' };
  return {
    settings,
    write(event, timestamp, nonce, forgery) {
      const { token, ...rest } = bend(keys, forgery);
      const fields = { ToUserName: originalId, ...event };
      const query = { signature: signCallback(token, timestamp, nonce), timestamp, nonce };
      if (settings.mode === 'plain') return envelope(fields, settings, query);
      const plain = settings.format === 'json' ? JSON.stringify(fields) : toXml(fields);
      const encrypted = encryptCallback(plain, { token, ...rest });
      const msgSignature = signCallback(token, timestamp, nonce, encrypted);
      const safe = { ...query, encrypt_type: 'aes', msg_signature: msgSignature };
      return envelope({ ToUserName: originalId, Encrypt: damage(encrypted, forgery) }, settings, safe);
    },
    check(timestamp, nonce) {
      const echo = String(randomBytes(6).readUIntBE(0, 6));
      return {
        query: { signature: signCallback(keys.token, timestamp, nonce), timestamp, nonce, echostr: echo },
        echo,
      };
    },
    checkWithinMs: 5000,
    isTaken: (status, text) => status === 200 && text === 'success',
  };
}
