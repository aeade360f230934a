import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { ApiDesk } from './api-desk.js';
import type { Bench } from './bench.js';
import { checksOf } from './check.js';
import type { Json } from './merchant.js';

const CHECK = '/wxa/msg_sec_check';
const HOUR_MS = 3_600_000;

class ContentDesk {
  private constructor(
    readonly api: ApiDesk,
    private readonly openid: string,
  ) {}

  static async open(bench: Bench): Promise<ContentDesk> {
    const api = await ApiDesk.open(bench);
    return new ContentDesk(api, await api.merchant.openid());
  }

  ask(content: string, change: Json = {}): Promise<Json> {
    return this.api.post(CHECK, { version: 2, openid: this.openid, scene: 1, content, ...change });
  }

  async errcode(content: string, change: Json = {}): Promise<unknown> {
    return (await this.ask(content, change)).errcode;
  }

  async verdict(content: string, change: Json = {}): Promise<unknown> {
    const { result } = await this.ask(content, change);
    const { suggest, label } = result as Json;
    return `${suggest} ${label}`;
  }

  lever(body: Json): Promise<Json> {
    return this.api.merchant.control('content', body);
  }
}

/** Every documented label but 100, by a word that the emulator's page names. */
const LABELS: Readonly<Record<string, number>> = {
  加微信领红包: 10001,
  时政敏感: 20001,
  色情: 20002,
  辱骂: 20003,
  违法犯罪: 20006,
  欺诈: 20008,
  低俗: 20012,
  盗版: 20013,
  违禁: 21000,
};

export const contentChecks = checksOf('§9', {
  'a harmless text is pass with label 100, details and a trace': async (bench) => {
    const desk = await ContentDesk.open(bench);
    const { errcode, result, detail, trace_id: trace } = await desk.ask('小雨爱开衫');
    deepStrictEqual([errcode, result], [0, { suggest: 'pass', label: 100 }]);
    ok(Array.isArray(detail) && typeof trace === 'string' && trace !== '');
  },
  'each label comes with risky': async (bench) => {
    const desk = await ContentDesk.open(bench);
    for (const [word, label] of Object.entries(LABELS)) strictEqual(await desk.verdict(word), `risky ${label}`);
  },
  'a doubtful text is review': async (bench) => {
    const desk = await ContentDesk.open(bench);
    strictEqual(await desk.verdict('疑似低俗'), 'review 20012');
  },
  'title, nickname and signature are judged as well': async (bench) => {
    const desk = await ContentDesk.open(bench);
    for (const field of ['title', 'nickname', 'signature']) {
      strictEqual(await desk.verdict(`看 ${field}`, { [field]: '色情' }), 'risky 20002');
    }
  },
  'only version 2 is answered, to a text of 1 to 2500 characters': async (bench) => {
    const desk = await ContentDesk.open(bench);
    const errcodes = [
      await desk.errcode('好', { version: 1 }),
      await desk.errcode('好', { version: '2' }),
      await desk.errcode(''),
      await desk.errcode('字'.repeat(2_501)),
      await desk.errcode('字'.repeat(2_500)),
    ];
    deepStrictEqual(errcodes, [40097, 40097, 40097, 40097, 0]);
  },
  'a scene that is not 1 to 4 is 40129': async (bench) => {
    const desk = await ContentDesk.open(bench);
    const errcodes = [];
    for (const scene of [0, 5, '1', undefined]) errcodes.push(await desk.errcode('好', { scene }));
    for (const scene of [1, 2, 3, 4]) errcodes.push(await desk.errcode('好', { scene }));
    deepStrictEqual(errcodes, [40129, 40129, 40129, 40129, 0, 0, 0, 0]);
  },
  'an openid that is not of this appid is 43104': async (bench) => {
    const desk = await ContentDesk.open(bench);
    deepStrictEqual(
      [await desk.errcode('好', { openid: 'oForeign' }), await desk.errcode('好', { openid: 7 })],
      [43104, 43104],
    );
  },
  'a user who was not in the mini-program for two hours is 61010, until she opens it': async (bench) => {
    const desk = await ContentDesk.open(bench);
    await desk.api.merchant.advance(2 * HOUR_MS - 60_000);
    strictEqual(await desk.errcode('在'), 0);
    await desk.api.merchant.advance(60_000);
    strictEqual(await desk.errcode('不在'), 61010);
    await desk.api.device('open', {});
    strictEqual(await desk.errcode('回来'), 0);
  },
  'the same text of one person repeated at once is 87020, of another person or scene it is not': async (bench) => {
    const desk = await ContentDesk.open(bench);
    const other = await desk.api.merchant.openid('azhe');
    const errcodes = [
      await desk.errcode('你好'),
      await desk.errcode('你好'),
      await desk.errcode('你好', { scene: 2 }),
      await desk.errcode('你好', { openid: other }),
    ];
    deepStrictEqual(errcodes, [0, 87020, 0, 0]);
    await desk.api.merchant.advance(60_000);
    strictEqual(await desk.errcode('你好'), 0);
  },
  'the quota of a minute is 45011, of a day 45009': async (bench) => {
    const desk = await ContentDesk.open(bench);
    await desk.api.merchant.control('quotas', { path: CHECK, perMinute: 1, perDay: 2 });
    deepStrictEqual([await desk.errcode('一'), await desk.errcode('二')], [0, 45011]);
    await desk.api.merchant.advance(60_000);
    deepStrictEqual([await desk.errcode('三'), await desk.errcode('四')], [0, 45009]);
  },
  'levers order the next verdict or errcode, once': async (bench) => {
    const desk = await ContentDesk.open(bench);
    await desk.lever({ next: { suggest: 'review', label: 20006 } });
    deepStrictEqual([await desk.verdict('甲'), await desk.verdict('乙')], ['review 20006', 'pass 100']);
    await desk.lever({ nextErrcode: -1 });
    deepStrictEqual([await desk.errcode('丙'), await desk.errcode('丙')], [-1, 0]);
  },
});
