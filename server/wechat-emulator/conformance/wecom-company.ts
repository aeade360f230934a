import { createDecipheriv, createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { EmulatorOptions } from '../start-emulator.js';
import type { Bench } from './bench.js';
import type { Json, Merchant } from './merchant.js';

export const WAY = { type: 1, scene: 2, state: '7KQ2', remark: '商城客户', user: ['chenjing'] };

interface Agreed {
  readonly corpId: string;
  readonly corpSecret: string;
  readonly wecomToken: string;
  readonly wecomAesKey: string;
}

/** What arrived at the company's address, opened by hand. */
export interface Told {
  readonly signed: boolean;
  readonly receiver: string;
  readonly xml: string;
}

const sha1 = (...parts: string[]): string => createHash('sha1').update(parts.sort().join('')).digest('hex');

export function field(xml: string, name: string): string | null {
  return (
    new RegExp(`<${name}>(?:<!\\[CDATA\\[(.*?)\\]\\]>|(\\d+))</${name}>`).exec(xml)?.slice(1).find(Boolean) ?? null
  );
}

/** A company that calls qyapi.weixin.qq.com, its customers, and the address to which its callbacks go. */
export class Company {
  readonly told: Told[] = [];
  /** Answers of the address, one each; then 200. */
  answers: number[] = [];
  /** How long the address takes for the echo of a check. */
  echoAfterMs = 0;

  private constructor(readonly merchant: Merchant) {}

  static async open(bench: Bench, options: EmulatorOptions = {}): Promise<Company> {
    return new Company(await bench.merchant(options));
  }

  get agreed(): Agreed {
    return this.merchant.agreed as unknown as Agreed;
  }

  async token(change: Readonly<Record<string, string>> = {}): Promise<Json> {
    const { corpId, corpSecret } = this.agreed;
    const query = new URLSearchParams({ corpid: corpId, corpsecret: corpSecret, ...change });
    return (await this.merchant.plain('GET', `/cgi-bin/gettoken?${query}`)).json;
  }

  async post(name: string, body: Json): Promise<Json> {
    const { access_token: token } = await this.token();
    const path = `/cgi-bin/externalcontact/${name}?access_token=${token}`;
    return (await this.merchant.plain('POST', path, body)).json;
  }

  async contact(externalUserId: string): Promise<Json> {
    const { access_token: token } = await this.token();
    const query = new URLSearchParams({ access_token: String(token), external_userid: externalUserId });
    return (await this.merchant.plain('GET', `/cgi-bin/externalcontact/get?${query}`)).json;
  }

  async errcodes(name: string, bodies: readonly Json[]): Promise<unknown[]> {
    const codes: unknown[] = [];
    for (const body of bodies) codes.push((await this.post(name, body)).errcode);
    return codes;
  }

  async person(act: string, body: Json = {}): Promise<Json> {
    const whole = { persona: 'xiaoyu', userId: 'chenjing', ...body };
    return (await this.merchant.plain('POST', `/device/wecom-${act}`, whole)).json;
  }

  /** Opens the address, tells the console of it, and closes it after the check. */
  async listen<T>(act: () => Promise<T>): Promise<T> {
    const server = createServer((request, response) => {
      const query = new URL(request.url ?? '/', 'http://127.0.0.1').searchParams;
      const pieces: Buffer[] = [];
      request.on('data', (piece: Buffer) => pieces.push(piece));
      request.on('end', () => {
        if (request.method === 'GET') {
          const echo = this.opened(query, query.get('echostr') ?? '').xml;
          return void setTimeout(() => response.end(echo), this.echoAfterMs);
        }
        const encrypted = field(Buffer.concat(pieces).toString('utf8'), 'Encrypt') ?? '';
        this.told.push(this.opened(query, encrypted));
        response.statusCode = this.answers.shift() ?? 200;
        return response.end('success');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/wecom`;
      await this.merchant.control('wecom-callbacks', { url });
      return await act();
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }

  /** Waits for so many callbacks; what came within three seconds. */
  async heard(count: number): Promise<readonly Told[]> {
    for (let turn = 0; turn < 150 && this.told.length < count; turn += 1) await wait(20);
    return this.told;
  }

  /** Random(16), length, text, receiver under AES-256-CBC, padded to 32. */
  private opened(query: URLSearchParams, encrypted: string): Told {
    const { wecomToken, wecomAesKey } = this.agreed;
    const key = Buffer.from(`${wecomAesKey}=`, 'base64');
    const cipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
    const padded = Buffer.concat([cipher.update(Buffer.from(encrypted, 'base64')), cipher.final()]);
    const plain = padded.subarray(0, padded.length - (padded.at(-1) ?? 0));
    const end = 20 + plain.readUInt32BE(16);
    const [time, nonce] = [query.get('timestamp') ?? '', query.get('nonce') ?? ''];
    return {
      signed: query.get('msg_signature') === sha1(wecomToken, time, nonce, encrypted),
      receiver: plain.subarray(end).toString('utf8'),
      xml: plain.subarray(20, end).toString('utf8'),
    };
  }
}
