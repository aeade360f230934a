import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sealCallback } from '../../src/wechat/callback-crypto.js';

type Json = Record<string, unknown>;

/** WeCom as the mall's tests need it: codes, contacts and welcomes over HTTP, and sealed events sent to the mall. */
export class FakeWecom {
  readonly corpId = 'ww0000000000000001';
  readonly token = 'callback-token';
  readonly encodingAesKey = randomBytes(32).toString('base64').slice(0, 43);
  readonly ways: { state: string; user: string[]; remark: string }[] = [];
  readonly welcomes: { code: string; text: string }[] = [];
  /** External user id → unionid, or null for nobody of WeChat's. */
  readonly unionids = new Map<string, string | null>();
  /** Answers to the next welcomes, as errcodes; 0 is ok. */
  readonly welcomeAnswers: number[] = [];
  tokensTaken = 0;
  getAnswer = 0;
  private expired = false;
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const url = new URL(request.url ?? '/', 'http://wecom.test');
        const text = Buffer.concat(chunks).toString('utf8');
        const answer = this.answer(url, text === '' ? {} : (JSON.parse(text) as Json));
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify({ errcode: 0, errmsg: 'ok', ...answer }));
      });
    });
  }

  async start(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  /** The token that was given out is taken no more. */
  expireToken(): void {
    this.expired = true;
  }

  /** What WeCom would post, and to which query. */
  event(fields: Record<string, string | number>, change: Partial<{ receiveId: string; token: string }> = {}) {
    const parts = Object.entries({ ToUserName: this.corpId, FromUserName: 'sys', MsgType: 'event', ...fields });
    const xml = `<xml>${parts.map(([name, value]) => `<${name}><![CDATA[${value}]]></${name}>`).join('')}</xml>`;
    return this.seal(xml, change);
  }

  seal(message: string, change: Partial<{ receiveId: string; token: string }> = {}) {
    const aesKey = Buffer.from(`${this.encodingAesKey}=`, 'base64');
    const keys = { token: this.token, aesKey, receiveId: this.corpId, ...change };
    const sealed = sealCallback(message, { timestamp: '1790000000', nonce: 'n1' }, keys);
    const query = { msg_signature: sealed.signature, timestamp: sealed.timestamp, nonce: sealed.nonce };
    return {
      query: new URLSearchParams(query),
      encrypt: sealed.encrypt,
      body: `<xml><ToUserName><![CDATA[${this.corpId}]]></ToUserName><Encrypt><![CDATA[${sealed.encrypt}]]></Encrypt></xml>`,
    };
  }

  private answer(url: URL, body: Json): Json {
    if (url.pathname === '/cgi-bin/gettoken') {
      if (url.searchParams.get('corpsecret') !== 'wecom-secret')
        return { errcode: 40001, errmsg: 'invalid credential' };
      this.tokensTaken += 1;
      this.expired = false;
      return { access_token: `token-${this.tokensTaken}`, expires_in: 7200 };
    }
    if (this.expired || url.searchParams.get('access_token') !== `token-${this.tokensTaken}`) {
      return { errcode: 42001, errmsg: 'access_token expired' };
    }
    switch (url.pathname) {
      case '/cgi-bin/externalcontact/add_contact_way':
        return this.addWay(body);
      case '/cgi-bin/externalcontact/get':
        return this.contact(url.searchParams.get('external_userid') ?? '');
      case '/cgi-bin/externalcontact/send_welcome_msg':
        return this.welcome(body);
      default:
        return { errcode: 40066, errmsg: 'invalid url' };
    }
  }

  private addWay(body: Json): Json {
    const way = body as unknown as { state: string; user: string[]; remark: string };
    if (way.state.length > 30 || way.remark.length > 30 || body.type !== 1 || body.scene !== 2) {
      return { errcode: 40058, errmsg: 'invalid request' };
    }
    if (way.user[0] === 'nobody') return { errcode: 60111, errmsg: 'userid not found' };
    this.ways.push(way);
    const number = this.ways.length;
    return { config_id: `config-${number}`, qr_code: `https://wework.example.com/code/${number}` };
  }

  private contact(externalUserId: string): Json {
    if (this.getAnswer !== 0) return { errcode: this.getAnswer, errmsg: 'busy' };
    const unionid = this.unionids.get(externalUserId);
    if (unionid === undefined) return { errcode: 84061, errmsg: 'not external contact' };
    return { external_contact: { external_userid: externalUserId, ...(unionid === null ? {} : { unionid }) } };
  }

  private welcome(body: Json): Json {
    const { welcome_code: code, text } = body as { welcome_code: string; text: { content: string } };
    const errcode = this.welcomeAnswers.shift() ?? 0;
    this.welcomes.push({ code, text: text.content });
    return errcode === 0 ? {} : { errcode, errmsg: 'refused' };
  }
}
