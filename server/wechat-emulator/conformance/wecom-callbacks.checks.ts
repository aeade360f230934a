import { deepStrictEqual, match, notStrictEqual, strictEqual } from 'node:assert/strict';
import { checksOf } from './check.js';
import { Company, field, WAY } from './wecom-company.js';

const welcome = (code: unknown, more: object = {}) => ({ welcome_code: code, text: { content: '您好' }, ...more });

/** A customer who was just added, and the code for one welcome. */
async function added(company: Company): Promise<string> {
  await company.person('add');
  return field((await company.heard(1))[0]?.xml ?? '', 'WelcomeCode') ?? '';
}

export const wecomCallbackChecks = checksOf('§10', {
  'a callback is sealed XML under the company’s keys: msg_signature over the cipher text, the company as receiver':
    async (bench) => {
      const company = await Company.open(bench);
      await company.listen(async () => {
        const way = await company.post('add_contact_way', WAY);
        await company.person('add', { configId: way.config_id });
        const [told] = await company.heard(1);
        deepStrictEqual([told?.signed, told?.receiver], [true, company.agreed.corpId]);
        const read = (name: string) => field(told?.xml ?? '', name);
        deepStrictEqual(['ToUserName', 'FromUserName', 'MsgType', 'Event', 'ChangeType', 'UserID', 'State'].map(read), [
          company.agreed.corpId,
          'sys',
          'event',
          'change_external_contact',
          'add_external_contact',
          'chenjing',
          '7KQ2',
        ]);
        match(read('ExternalUserID') ?? '', /^wm/);
        match(read('CreateTime') ?? '', /^\d{10}$/);
        notStrictEqual(read('WelcomeCode'), null);
      });
    },
  'each change has its ChangeType: half added, edited, deleted by the member, left by the customer': async (bench) => {
    const company = await Company.open(bench);
    await company.listen(async () => {
      await company.person('add', { half: true });
      await company.heard(1);
      await company.person('edit', { remark: '小雨' });
      await company.heard(2);
      await company.person('end', { by: 'member' });
      await company.heard(3);
      await company.person('add');
      await company.heard(4);
      await company.person('end', { by: 'customer' });
      const types = (await company.heard(5)).map(({ xml }) => field(xml, 'ChangeType'));
      deepStrictEqual(types, [
        'add_half_external_contact',
        'edit_external_contact',
        'del_external_contact',
        'add_external_contact',
        'del_follow_user',
      ]);
    });
  },
  'who is added again may come without the state of the code': async (bench) => {
    const company = await Company.open(bench);
    await company.listen(async () => {
      const { config_id: configId } = await company.post('add_contact_way', WAY);
      await company.person('add', { configId });
      await company.person('end');
      await company.heard(2);
      await company.person('add', { configId });
      const told = await company.heard(3);
      deepStrictEqual(
        [told[0], told[2]].map((one) => field(one?.xml ?? '', 'State')),
        ['7KQ2', null],
      );
    });
  },
  'what is not answered with 200 is sent three times more, the same event each time': async (bench) => {
    const company = await Company.open(bench, { pushRetryDelaysMs: [20, 20, 20] });
    company.answers = [500, 500, 500, 500, 500];
    await company.listen(async () => {
      await company.person('add');
      await company.heard(4);
      await new Promise((resolve) => setTimeout(resolve, 120));
      strictEqual(company.told.length, 4);
      strictEqual(new Set(company.told.map(({ xml }) => xml)).size, 1);
    });
  },
  'the console saves an address only when it answers the check with the bare text': async (bench) => {
    const company = await Company.open(bench);
    const url = 'http://127.0.0.1:9/wecom';
    strictEqual((await company.merchant.plain('POST', '/control/wecom-callbacks', { url })).status, 400);
    await company.listen(async () => {
      strictEqual((await company.merchant.plain('POST', '/control/wecom-callbacks/check', {})).json.echoed, true);
    });
  },
  'an address has one second for the echo of a check': async (bench) => {
    const company = await Company.open(bench);
    await company.listen(async () => {
      const echoed = async () =>
        (await company.merchant.plain('POST', '/control/wecom-callbacks/check', {})).json.echoed;
      company.echoAfterMs = 1300;
      strictEqual(await echoed(), false);
      company.echoAfterMs = 300;
      strictEqual(await echoed(), true);
    });
  },
  'a welcome is sent once': async (bench) => {
    const company = await Company.open(bench);
    await company.listen(async () => {
      const code = await added(company);
      deepStrictEqual(await company.errcodes('send_welcome_msg', [welcome(code), welcome(code)]), [0, 41050]);
    });
  },
  'a welcome is sent within 20 s': async (bench) => {
    const company = await Company.open(bench);
    await company.listen(async () => {
      const code = await added(company);
      await company.merchant.advance(20_000);
      deepStrictEqual(await company.errcodes('send_welcome_msg', [welcome(code)]), [41050]);
    });
  },
  'who is chatting already gets no welcome: 41051': async (bench) => {
    const company = await Company.open(bench);
    await company.listen(async () => {
      const code = await added(company);
      await company.person('chat');
      deepStrictEqual(await company.errcodes('send_welcome_msg', [welcome(code)]), [41051]);
    });
  },
  'while another application sends the answer is 41096, and the code is good for another try': async (bench) => {
    const company = await Company.open(bench);
    await company.listen(async () => {
      const code = await added(company);
      await company.merchant.control('wecom', { nextWelcomes: [41096] });
      deepStrictEqual(await company.errcodes('send_welcome_msg', [welcome(code), welcome(code)]), [41096, 0]);
    });
  },
  'a welcome has text or attachments, nine at most': async (bench) => {
    const company = await Company.open(bench);
    await company.listen(async () => {
      const code = await added(company);
      const of = (count: number) => ({ attachments: Array.from({ length: count }, () => ({ msgtype: 'link' })) });
      const bodies = [{ welcome_code: code }, welcome(code, of(10)), welcome(code, of(9))];
      deepStrictEqual(await company.errcodes('send_welcome_msg', bodies), [40058, 40058, 0]);
    });
  },
  'with a greeting of the console there is no welcome code': async (bench) => {
    const company = await Company.open(bench);
    await company.merchant.control('wecom', { consoleGreeting: true });
    await company.listen(async () => {
      strictEqual(await added(company), '');
    });
  },
});
