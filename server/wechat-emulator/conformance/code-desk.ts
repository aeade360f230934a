import { strictEqual } from 'node:assert/strict';
import type { EmulatorOptions } from '../start-emulator.js';
import type { Bench } from './bench.js';
import type { Json, Merchant, Reply } from './merchant.js';

export const CODE = '/wxa/getwxacodeunlimit';
export const URL_LINK = '/wxa/generate_urllink';
export const SCHEME = '/wxa/generatescheme';

const PRODUCT = 'packages/shop/product/index';

/** A merchant who makes codes and links of a mini-program with two released pages, and the phone that opens them. */
export class CodeDesk {
  private constructor(
    readonly merchant: Merchant,
    private token: string,
  ) {}

  static async open(bench: Bench, options: EmulatorOptions = {}): Promise<CodeDesk> {
    const released = ['pages/home/index', PRODUCT];
    const desk = new CodeDesk(await bench.merchant({ releasedPages: released, ...options }), '');
    await desk.signIn();
    return desk;
  }

  /** A new access token, after a long time. */
  async signIn(): Promise<void> {
    const { appId, appSecret } = this.merchant.agreed;
    const body = { grant_type: 'client_credential', appid: appId, secret: appSecret };
    this.token = String((await this.merchant.plain('POST', '/cgi-bin/stable_token', body)).json.access_token);
  }

  ask(path: string, body: Json | null, token = this.token): Promise<Reply> {
    return this.merchant.plain('POST', `${path}?access_token=${token}`, body);
  }

  code(change: Json = {}): Promise<Reply> {
    return this.ask(CODE, { scene: '7KQ2MXRB', ...change });
  }

  link(change: Json = {}): Promise<Reply> {
    return this.ask(URL_LINK, { path: PRODUCT, query: 's=7KQ2MXRB', expire_type: 1, expire_interval: 30, ...change });
  }

  scheme(change: Json = {}): Promise<Reply> {
    const jump = { path: PRODUCT, query: 's=7KQ2MXRB' };
    return this.ask(SCHEME, { jump_wxa: jump, is_expire: true, expire_type: 1, expire_interval: 30, ...change });
  }

  /** The errcodes of calls that change one thing each; 0 or absent is `ok`. */
  async errcodes(ask: (change: Json) => Promise<Reply>, changes: readonly Json[]): Promise<unknown[]> {
    const codes: unknown[] = [];
    for (const change of changes) {
      const { status, json } = await ask(change);
      strictEqual(status, 200);
      codes.push(json.errcode || 'ok');
    }
    return codes;
  }

  /** Makes a code; what a scanner reads in it. The picture itself is read by the emulator's own tests. */
  async scanned(change: Json = {}): Promise<string> {
    strictEqual((await this.code(change)).json.errcode, undefined);
    const { codes } = (await this.merchant.plain('GET', '/control/codes')).json;
    return String((codes as { address: string }[]).at(-1)?.address);
  }

  /** Where the phone lands: the page, its query, and the scene value that it is told. Null: nowhere. */
  async lands(address: string): Promise<{ page: string; query: URLSearchParams; scene: string } | null> {
    const path = address.startsWith(this.merchant.baseUrl)
      ? address.slice(this.merchant.baseUrl.length)
      : `/device/open?${new URLSearchParams({ link: address })}`;
    const { status, headers } = await this.merchant.plain('GET', path);
    if (status !== 302) return null;
    const [page = '', search = ''] = (headers.get('location') ?? '').split('#/').at(-1)?.split('?') ?? [];
    const query = new URLSearchParams(search);
    return { page, query, scene: query.get('wxscene') ?? '' };
  }
}

/** Width and colour type of a PNG, from its header. */
export function pngOf({ bytes }: Reply): { width: number; colour: number } {
  return { width: bytes.readUInt32BE(16), colour: bytes[25] ?? -1 };
}
