import type { EmulatorOptions } from '../start-emulator.js';
import type { Bench } from './bench.js';
import type { Json, Merchant } from './merchant.js';

/** A mall that calls api.weixin.qq.com, and the phones of its people. */
export class ApiDesk {
  private constructor(readonly merchant: Merchant) {}

  static async open(bench: Bench, options: EmulatorOptions = {}): Promise<ApiDesk> {
    return new ApiDesk(await bench.merchant(options));
  }

  async stableToken(change: Json = {}): Promise<Json> {
    const { appId, appSecret } = this.merchant.agreed;
    const body = { grant_type: 'client_credential', appid: appId, secret: appSecret, ...change };
    return (await this.merchant.plain('POST', '/cgi-bin/stable_token', body)).json;
  }

  /** Asked for each time: checks move the clock by hours, and a token lives two. */
  async post(path: string, body: Json): Promise<Json> {
    const token = (await this.stableToken()).access_token;
    return (await this.merchant.plain('POST', `${path}?access_token=${token}`, body)).json;
  }

  async get(path: string, query: Readonly<Record<string, string>>): Promise<Json> {
    const token = String((await this.stableToken()).access_token);
    return (await this.merchant.plain('GET', `${path}?${new URLSearchParams({ access_token: token, ...query })}`)).json;
  }

  async device(name: string, body: Json): Promise<Json> {
    return (await this.merchant.plain('POST', `/device/${name}`, { persona: 'xiaoyu', ...body })).json;
  }

  async code(kind: 'login' | 'phone', change: Json = {}): Promise<string> {
    return String((await this.device(`${kind}-code`, change)).code);
  }

  async login(code: string, change: Readonly<Record<string, string>> = {}): Promise<Json> {
    const { appId, appSecret } = this.merchant.agreed;
    const query = { appid: appId, secret: appSecret, js_code: code, grant_type: 'authorization_code', ...change };
    return (await this.merchant.plain('GET', `/sns/jscode2session?${new URLSearchParams(query)}`)).json;
  }
}
