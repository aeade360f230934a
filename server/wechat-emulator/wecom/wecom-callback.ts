import { randomBytes } from 'node:crypto';
import type { EmulatorCredentials } from '../credentials.js';
import { type CallbackKeys, encryptCallback, signCallback } from '../push/callback-crypto.js';
import type { CallbackProtocol } from '../push/callbacks.js';
import { toXml } from '../push/xml.js';

/** WeCom's callbacks: always sealed, always XML, `msg_signature` over the cipher text. Taken is HTTP 200. */
export function wecomCallback(credentials: EmulatorCredentials): CallbackProtocol {
  const keys: CallbackKeys = {
    token: credentials.wecomToken,
    aesKey: credentials.wecomAesKey,
    receiveId: credentials.corpId,
  };
  const seal = (text: string, timestamp: string, nonce: string, used: CallbackKeys) => {
    const encrypted = encryptCallback(text, used);
    const signature = signCallback(used.token, timestamp, nonce, encrypted);
    return { encrypted, query: { msg_signature: signature, timestamp, nonce } };
  };
  return {
    write(event, timestamp, nonce, forgery) {
      const bent = {
        ...keys,
        ...(forgery === 'signature' && { token: randomBytes(12).toString('hex') }),
        ...(forgery === 'receiver' && { receiveId: `ww${randomBytes(8).toString('hex')}` }),
      };
      const fields = { ToUserName: credentials.corpId, FromUserName: 'sys', MsgType: 'event', ...event };
      const { encrypted, query } = seal(toXml(fields), timestamp, nonce, bent);
      // Damaged after it was signed.
      const sent = forgery === 'body' ? encrypted.replace(/^./, (letter) => (letter === 'A' ? 'B' : 'A')) : encrypted;
      const body = toXml({ ToUserName: credentials.corpId, Encrypt: sent, AgentID: '' });
      return { query, contentType: 'text/xml', body };
    },
    check(timestamp, nonce) {
      const echo = String(randomBytes(6).readUIntBE(0, 6));
      const { encrypted, query } = seal(echo, timestamp, nonce, keys);
      return { query: { ...query, echostr: encrypted }, echo };
    },
    checkWithinMs: 1000,
    isTaken: (status) => status === 200,
  };
}
