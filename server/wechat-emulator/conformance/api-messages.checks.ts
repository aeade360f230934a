import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import type { Bench } from './bench.js';
import { checksOf } from './check.js';
import type { Json, Merchant } from './merchant.js';

/** A merchant that sends, and the phone that allows. */
class MessageDesk {
  private constructor(
    readonly merchant: Merchant,
    private readonly openid: string,
    private readonly token: string,
  ) {}

  static async open(bench: Bench): Promise<MessageDesk> {
    const merchant = await bench.merchant();
    const { appId, appSecret } = merchant.agreed;
    const body = { grant_type: 'client_credential', appid: appId, secret: appSecret };
    const token = (await merchant.plain('POST', '/cgi-bin/stable_token', body)).json.access_token;
    return new MessageDesk(merchant, await merchant.openid(), String(token));
  }

  async allow(tmplIds: readonly string[], choices: Json = {}): Promise<Json> {
    return (await this.merchant.plain('POST', '/device/subscribe', { persona: 'xiaoyu', tmplIds, choices })).json;
  }

  async send(change: Json = {}): Promise<unknown> {
    const body = { template_id: 'shipped', touser: this.openid, data: { thing1: { value: '针织开衫' } }, ...change };
    const path = `/cgi-bin/message/subscribe/send?access_token=${this.token}`;
    return (await this.merchant.plain('POST', path, body)).json.errcode;
  }

  async sent(): Promise<unknown[]> {
    return (await this.merchant.plain('GET', '/control/messages')).json.messages as unknown[];
  }
}

/** Values by key: taken, and refused. */
const VALUES: Readonly<Record<string, readonly [readonly string[], readonly string[]]>> = {
  thing1: [['字'.repeat(20)], ['字'.repeat(21), '', '一\n二']],
  number1: [['12.50'], ['1'.repeat(33), '十二']],
  letter1: [['a'.repeat(32)], ['a'.repeat(33), 'a1']],
  symbol1: [['!!!!!'], ['!!!!!!', 'a']],
  character_string1: [['YT-0001'], ['订单1', 'x'.repeat(33)]],
  time1: [
    ['15:01', '2026年10月1日 15:01~2026年10月1日 16:00'],
    ['25:00', '2026年10月1日'],
  ],
  date1: [['2026年10月1日', '2026-10-01 15:01'], ['15:01']],
  amount1: [
    ['¥88.61', '88元'],
    ['¥¥88', '12345678901'],
  ],
  phone_number1: [['+86-0766-66888866'], ['1'.repeat(18)]],
  car_number1: [['粤A8Z888挂'], ['粤A8Z88888挂']],
  name1: [
    ['字'.repeat(10), 'a'.repeat(20)],
    ['字'.repeat(11), 'a'.repeat(21)],
  ],
  phrase1: [['已发货'], ['已经发货啦喽', 'sent']],
  other1: [[], ['x']],
};

export const messageChecks = checksOf('§4', {
  'one accept is one send; the next is 43101': async (bench) => {
    const desk = await MessageDesk.open(bench);
    strictEqual(await desk.send(), 43101);
    deepStrictEqual(await desk.allow(['shipped']), { errMsg: 'requestSubscribeMessage:ok', shipped: 'accept' });
    deepStrictEqual([await desk.send(), await desk.send()], [0, 43101]);
    strictEqual((await desk.sent()).length, 1);
  },
  'accepts add up and do not expire, each for its template': async (bench) => {
    const desk = await MessageDesk.open(bench);
    await desk.allow(['shipped', 'refunded']);
    await desk.allow(['shipped'], { shipped: 'accept' });
    const counts = [
      await desk.send(),
      await desk.send(),
      await desk.send(),
      await desk.send({ template_id: 'refunded' }),
    ];
    deepStrictEqual(counts, [0, 0, 43101, 0]);
  },
  'a reject grants nothing, a ban is 43107': async (bench) => {
    const desk = await MessageDesk.open(bench);
    await desk.allow(['shipped', 'refunded'], { shipped: 'reject', refunded: 'ban' });
    deepStrictEqual([await desk.send(), await desk.send({ template_id: 'refunded' })], [43101, 43107]);
  },
  'more than 5 templates 20003, mixed kinds 20002, unknown 20001, none 10001, master switch off 20004': async (
    bench,
  ) => {
    const desk = await MessageDesk.open(bench);
    await desk.merchant.control('messages', { templates: { a: 'once', b: 'once', c: 'long' } });
    const code = async (...ids: string[]): Promise<unknown> => (await desk.allow(ids)).errCode;
    const codes = [await code('a', 'b', 'a', 'b', 'a', 'b'), await code('a', 'c'), await code('d'), await code()];
    deepStrictEqual(codes, [20003, 20002, 20001, 10001]);
    await desk.merchant.control('messages', { persona: 'xiaoyu', masterSwitch: false });
    strictEqual(await code('a'), 20004);
  },
  'each type of value has its limit: 47003, and no accept is used': async (bench) => {
    const desk = await MessageDesk.open(bench);
    // Exactly one accept is there before each value: a refusal that used it up would make the next good value 43101.
    await desk.allow(['shipped']);
    for (const [key, [good, bad]] of Object.entries(VALUES)) {
      for (const value of bad) strictEqual(await desk.send({ data: { [key]: { value } } }), 47003, `${key} ${value}`);
      for (const value of good) {
        strictEqual(await desk.send({ data: { [key]: { value } } }), 0, `${key} ${value}`);
        await desk.allow(['shipped']);
      }
    }
  },
  'a stranger is 40003, an unknown template 40037, a sensitive word 45168': async (bench) => {
    const desk = await MessageDesk.open(bench);
    await desk.merchant.control('messages', { templates: { shipped: 'once' } });
    const codes = [
      await desk.send({ touser: 'nobody' }),
      await desk.send({ template_id: 'unknown' }),
      await desk.send({ data: { thing1: { value: '违禁品' } } }),
    ];
    deepStrictEqual(codes, [40003, 40037, 45168]);
  },
  'a send that meets another to the same person is 43108 and uses no accept': async (bench) => {
    const desk = await MessageDesk.open(bench);
    await desk.allow(['shipped']);
    await desk.merchant.control('messages', { nextErrcode: 43108 });
    deepStrictEqual([await desk.send(), await desk.send()], [43108, 0]);
  },
  'a long-term subscription is not used up': async (bench) => {
    const desk = await MessageDesk.open(bench);
    await desk.merchant.control('messages', { templates: { shipped: 'long' } });
    await desk.allow(['shipped']);
    deepStrictEqual([await desk.send(), await desk.send(), (await desk.sent()).length], [0, 0, 2]);
  },
  'a message needs values, a known version to open and a token: 47003, 47003, 40001': async (bench) => {
    const desk = await MessageDesk.open(bench);
    await desk.allow(['shipped']);
    deepStrictEqual([await desk.send({ data: {} }), await desk.send({ miniprogram_state: 'beta' })], [47003, 47003]);
    const { json } = await desk.merchant.plain('POST', '/cgi-bin/message/subscribe/send?access_token=stale', {});
    strictEqual(json.errcode, 40001);
    strictEqual((await desk.sent()).length, 0);
  },
});
