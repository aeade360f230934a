import type { HqText, HqTextCounts, MyNickname } from '@mall/shared/texts';
import { OPENING_MS, PeopleApp, timeout } from '../../../test/support/people-app.js';
import { ENGINES } from '../../../test/support/test-database.js';
import { WallClock } from '../../platform/clock/wall-clock.js';
import { MergeMembers } from '../merging/merging.public.js';
import { RotateDataKey } from '../privacy/privacy.public.js';
import { CheckWaitingTexts } from './check-waiting-texts.job.js';
import { TextPersonalData } from './personal-texts.part.js';

const says = (suggest: 'pass' | 'review' | 'risky', label: number) => async () =>
  ({ outcome: 'ok', value: { suggest, label } }) as const;
const refuses = (reason: 'user_not_seen' | 'repeated' | 'misconfigured') => async () =>
  ({ outcome: 'refused', reason, code: '0', message: '' }) as const;
const noAnswer = async () => timeout;
const NOTHING = { waiting: null, refused: null };

describe.each(ENGINES)('texts that others see (§9) [%s]', (engine) => {
  let app: PeopleApp;
  let hq: string;
  let guide: { token: string };
  let ahead = 0;
  let phone = 13811200000;
  beforeAll(async () => {
    app = await PeopleApp.open(engine);
    hq = await app.hqToken();
    guide = await app.guide(hq, await app.openStore(hq, 'SH-TX'), '陈静', '13900000071');
    const wall = app.nest.get(WallClock);
    const now = wall.now.bind(wall);
    wall.now = () => now() + ahead;
  }, OPENING_MS);
  beforeEach(() => {
    app.wechat.textAnswer = says('pass', 100);
    app.wechat.textCalls.length = 0;
  });
  afterAll(() => app.close());

  const write = (token: string, nickname: string) =>
    app.call<MyNickname & { type: string; detail: string }>('PUT', '/me/nickname', { token, body: { nickname } });
  const mine = async (token: string) => (await app.call<MyNickname>('GET', '/me/nickname', { token })).body;
  const queue = async (state = 'waiting') =>
    (await app.call<{ items: HqText[] }>('GET', `/hq/texts?state=${state}&limit=100`, { token: hq })).body.items;
  const queued = async (memberId: string) => (await queue()).filter((one) => one.memberId === memberId);
  const decide = (id: string, verb: 'pass' | 'refuse', reason = '看过了') =>
    app.call<HqText & { type: string }>('POST', `/hq/texts/${id}/${verb}`, { token: hq, body: { reason } });
  const runJob = () => app.nest.get(CheckWaitingTexts, { strict: false }).run();
  /** A member called 王小雨. */
  const member = (name: string) => {
    phone += 1;
    return app.join(name, String(phone));
  };

  it('pass: the new name is shown at once, and the words stand in one place', async () => {
    const { token, me } = await member('pass');
    const answer = await write(token, '开衫控');
    expect([answer.status, answer.body]).toEqual([200, { shown: '开衫控', ...NOTHING }]);
    expect(app.wechat.textCalls).toEqual([
      { openid: 'openid-pass', scene: 1, content: '王小雨' },
      {
        openid: 'openid-pass',
        scene: 1,
        content: '开衫控',
      },
    ]);
    expect(await app.count('written_texts', 'memberId = ? AND textSealed IS NOT NULL', [me.id])).toBe(0);
  });

  it('risky: refused with plain words, and the former name stays', async () => {
    const { token } = await member('risky');
    app.wechat.textAnswer = says('risky', 10001);
    const answer = await write(token, '加微信领红包');
    expect([answer.status, answer.body.type]).toEqual([422, '/problems/text-refused']);
    expect(answer.body.detail).toBe('像是广告或联系方式，换一个就好');
    const refused = { text: '加微信领红包', at: expect.any(Number), reason: answer.body.detail };
    expect(await mine(token)).toEqual({ shown: '王小雨', waiting: null, refused });
    // The same words once more are the same refusal, without a call.
    const calls = app.wechat.textCalls.length;
    expect((await write(token, '加微信领红包')).status).toBe(422);
    expect(app.wechat.textCalls).toHaveLength(calls);
    app.wechat.textAnswer = says('pass', 100);
    expect((await write(token, '小红')).body).toEqual({ shown: '小红', ...NOTHING });
  });

  it.each([
    ['review', says('review', 20012), 'review', 20012],
    ['61010', refuses('user_not_seen'), 'unseen', null],
    ['87020', refuses('repeated'), 'repeated', null],
    ['a fault of ours', refuses('misconfigured'), 'misconfigured', null],
    [
      'a used-up day',
      async () => ({ outcome: 'unknown', reason: 'busy', detail: '', errcode: 45009 }) as const,
      'quota',
      null,
    ],
  ] as const)('%s: hidden, and in the queue of HQ with cause and label', async (name, answer, cause, label) => {
    const { token, me } = await member(`hq-${cause}`);
    app.wechat.textAnswer = answer;
    const { body, status } = await write(token, `名字${name.length}`);
    expect([status, body.shown, body.waiting?.text]).toEqual([200, '王小雨', `名字${name.length}`]);
    expect(await queued(me.id)).toEqual([
      expect.objectContaining({ text: body.waiting?.text, waitingFor: 'hq', cause, label, tries: 1 }),
    ]);
    expect((await queued(me.id))[0]?.waitingMs).toBeGreaterThanOrEqual(0);
  });

  it('an outage: hidden, asked again less and less often, then for HQ; an answer in between ends it', async () => {
    const { token, me } = await member('outage');
    app.wechat.textAnswer = noAnswer;
    expect((await write(token, '雨天')).body.waiting?.text).toBe('雨天');
    const calls = () => app.wechat.textCalls.filter(({ content }) => content === '雨天').length;
    await runJob();
    expect(calls()).toBe(1);
    ahead += 90_000;
    await runJob();
    expect(calls()).toBe(2);
    app.wechat.textAnswer = says('pass', 100);
    ahead += 5 * 60_000;
    expect(await runJob()).toBe(1);
    expect(await mine(token)).toEqual({ shown: '雨天', ...NOTHING });

    app.wechat.textAnswer = noAnswer;
    await write(token, '晴天');
    for (let run = 0; run < 8; run += 1) {
      ahead += 60 * 60_000;
      await runJob();
    }
    expect(await queued(me.id)).toEqual([expect.objectContaining({ cause: 'unanswered', tries: 6, waitingFor: 'hq' })]);
    expect((await mine(token)).shown).toBe('雨天');
  });

  it('a process that died before the answer is followed up by the job, once', async () => {
    const { token, me } = await member('died');
    app.wechat.textAnswer = () => Promise.reject(new Error('the process ends here'));
    expect((await write(token, '重来')).body.waiting?.text).toBe('重来');
    app.wechat.textAnswer = says('pass', 100);
    await runJob();
    expect((await mine(token)).shown).toBe('王小雨');
    ahead += 90_000;
    await Promise.all([runJob(), runJob()]);
    expect((await mine(token)).shown).toBe('重来');
    expect(app.wechat.textCalls.filter(({ content }) => content === '重来')).toHaveLength(2);
    expect(await app.count('written_texts', `memberId = ? AND state = 'shown'`, [me.id])).toBe(2);
  });

  it('HQ passes or refuses once, with a reason that the audit log keeps and no words of hers', async () => {
    const { token, me } = await member('decided');
    app.wechat.textAnswer = says('review', 20012);
    await write(token, '看情况');
    const [row] = await queued(me.id);
    const both = await Promise.all([decide(row?.id ?? '', 'pass'), decide(row?.id ?? '', 'refuse')]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(both.find(({ status }) => status === 409)?.body.type).toBe('/problems/text-decided');
    const entries = await app.database.query<{ newJson: string; oldJson: string; reason: string }>(
      'SELECT newJson, oldJson, reason FROM audit_entries WHERE subject = ?',
      [row?.id ?? ''],
    );
    expect(entries).toHaveLength(1);
    expect(JSON.stringify(entries)).not.toContain('看情况');

    await write(token, '再看看');
    const [next] = await queued(me.id);
    const refused = await decide(next?.id ?? '', 'refuse', '请换一个名字');
    expect(refused.body).toMatchObject({ state: 'refused', decidedBy: expect.stringMatching(/^hqu_/), label: 20012 });
    expect((await mine(token)).refused).toMatchObject({ text: '再看看', reason: '请换一个名字' });
  });

  it('only operators see the words and decide; auditors count', async () => {
    const credentials = { username: 'audit-tx', password: 'a long password 1' };
    await app.call('POST', '/hq/users', { token: hq, body: { ...credentials, role: 'auditor' } });
    const signedIn = await app.call<{ token: string }>('POST', '/hq/sessions', { body: credentials });
    const auditor = signedIn.body.token;
    const status = async (method: 'GET' | 'POST', path: string, token: string) =>
      (await app.call(method, path, { token, ...(method === 'POST' ? { body: { reason: '看过了' } } : {}) })).status;
    expect(await status('GET', '/hq/texts', auditor)).toBe(403);
    expect(await status('POST', '/hq/texts/txt_1/pass', auditor)).toBe(403);
    expect(await status('GET', '/hq/texts/counts', auditor)).toBe(200);
    expect(await status('GET', '/hq/texts', guide.token)).toBe(403);
    expect(await status('POST', '/hq/texts/txt_1/pass', hq)).toBe(404);
  });

  it('counts what waits, for whom and why', async () => {
    const counts = async () => (await app.call<HqTextCounts>('GET', '/hq/texts/counts', { token: hq })).body;
    const before = await counts();
    const { token } = await member('counted');
    app.wechat.textAnswer = says('review', 20001);
    await write(token, '数一数');
    const after = await counts();
    expect(after.waitingForHq - before.waitingForHq).toBe(1);
    expect((after.causes.review ?? 0) - (before.causes.review ?? 0)).toBe(1);
    expect(after.oldestWaitingAt).toBe(before.oldestWaitingAt);
    expect(after.shown - before.shown).toBe(1);
  });

  it('a second text takes the place of the one that waits, however many she writes at once', async () => {
    const { token, me } = await member('second');
    app.wechat.textAnswer = says('review', 20001);
    await write(token, '第一');
    const [first] = await queued(me.id);
    await Promise.all(['第二', '第三', '第四'].map((name) => write(token, name)));
    expect(await queued(me.id)).toHaveLength(1);
    expect((await decide(first?.id ?? '', 'pass')).status).toBe(409);
    expect(await app.count('written_texts', 'memberId = ? AND textSealed IS NOT NULL', [me.id])).toBe(1);
    // Back to what is shown: nothing waits any more, and WeChat is not asked.
    const calls = app.wechat.textCalls.length;
    expect((await write(token, '王小雨')).body).toEqual({ shown: '王小雨', ...NOTHING });
    expect(app.wechat.textCalls).toHaveLength(calls);
  });

  it('the guide sees the former name until the new one is passed (R2.6)', async () => {
    const { token } = await app.signIn('seen');
    await app.touch(token, await app.shareCode(guide.token));
    await app.call('POST', '/me/join', { token, body: await app.joinBody(token, '13811200999') });
    const seen = async () => {
      const { body } = await app.call<{ items: { phoneTail: string; nicknameMasked: string }[] }>(
        'GET',
        '/guide/customers',
        { token: guide.token },
      );
      return body.items.find(({ phoneTail }) => phoneTail === '0999')?.nicknameMasked;
    };
    app.wechat.textAnswer = says('review', 20003);
    await write(token, '李花');
    expect(await seen()).toBe('王**');
    await decide((await queue()).find(({ text }) => text === '李花')?.id ?? '', 'pass');
    expect(await seen()).toBe('李**');
  });

  it('a name that WeChat refuses hinders no joining, and is not shown', async () => {
    app.wechat.textAnswer = says('risky', 20002);
    const { me } = await member('joining');
    expect([me.joinedAt === null, me.nickname]).toEqual([false, null]);
  });

  it('ten tries a minute are enough for one person, and stop nobody else', async () => {
    const { token } = await member('restless');
    const statuses: number[] = [];
    for (let turn = 0; turn < 11; turn += 1) statuses.push((await write(token, `第${turn}个`)).status);
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 200), 429]);
    expect((await write((await member('calm')).token, '安静')).status).toBe(200);
  });

  it.each(['', ' 小雨', '小雨 ', '字'.repeat(21), '小\n雨', '小\u202e雨', '\u200b', '\u3164', '\u200d\u2060\ufeff'])(
    'takes no name like %j',
    async (nickname) => {
      const { token } = await app.signIn('bad-names');
      expect((await write(token, nickname)).status).toBe(422);
      expect(app.wechat.textCalls).toEqual([]);
    },
  );

  it('takes 20 characters of any plane', async () => {
    const { token } = await member('emoji');
    expect((await write(token, '🌸'.repeat(20))).body.shown).toBe('🌸'.repeat(20));
  });

  it('merging keeps the later of two texts that wait, and shows it to the entry that stands', async () => {
    const [stays, closes] = [await member('merge1'), await member('merge2')];
    app.wechat.textAnswer = says('review', 20001);
    await write(stays.token, '早一点');
    await write(closes.token, '晚一点');
    const merging = app.nest.get(MergeMembers, { strict: false });
    await app.unitOfWork.run((tx) => merging.execute(tx, closes.me.id, stays.me.id, 'hq'));
    const rows = await queued(stays.me.id);
    expect(rows.map(({ text }) => text)).toEqual(['晚一点']);
    expect(await queued(closes.me.id)).toEqual([]);
    expect((await decide(rows[0]?.id ?? '', 'pass')).status).toBe(200);
    expect((await mine(stays.token)).shown).toBe('晚一点');
  });

  it('closing the account erases every text of hers, and a verdict that comes later shows nothing', async () => {
    const { token, me } = await member('closing');
    let answered = (): void => {};
    app.wechat.textAnswer = async () => {
      await new Promise<void>((resolve) => {
        answered = resolve;
      });
      return { outcome: 'ok', value: { suggest: 'pass', label: 100 } };
    };
    const writing = write(token, '最后一个');
    for (let turn = 0; turn < 1_000 && app.wechat.textCalls.at(-1)?.content !== '最后一个'; turn += 1) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const body = { code: 'closing', confirmed: true };
    expect((await app.call('POST', '/me/account-closure', { token, body })).status).toBe(204);
    answered();
    await writing;
    expect(await app.count('written_texts', 'memberId = ?', [me.id])).toBe(0);
    const row = await app.database.first('SELECT nickname FROM members WHERE id = ?', [me.id]);
    expect(row).toEqual({ nickname: null });
  });

  it('a text of an account that is just being closed is not shown either', async () => {
    const { token, me } = await member('half-closed');
    app.wechat.textAnswer = says('review', 20001);
    await write(token, '还没走');
    const [row] = await queued(me.id);
    await app.unitOfWork.run((tx) => tx.execute('UPDATE members SET closedAt = 1 WHERE id = ?', [me.id]));
    expect((await decide(row?.id ?? '', 'pass')).status).toBe(409);
    expect(
      (await app.database.first<{ nickname: string }>('SELECT nickname FROM members WHERE id = ?', [me.id]))?.nickname,
    ).toBe('王小雨');
  });

  it('her copy of her data has what she wrote and what became of it', async () => {
    const { token, me } = await member('exported');
    app.wechat.textAnswer = says('risky', 20003);
    await write(token, '不友善');
    const part = app.nest.get(TextPersonalData, { strict: false });
    const subject = { memberId: me.id, entryIds: [me.id] };
    expect(await part.export(app.database, subject)).toEqual([
      {
        title: '改昵称的记录',
        items: [
          { 写于: expect.any(String), 昵称: null, 结果: '已展示', 原因: null },
          { 写于: expect.any(String), 昵称: '不友善', 结果: '没有通过', 原因: '含有不友善的字眼，换一个就好' },
        ],
      },
    ]);
  });

  it('words at rest are sealed, and found by the rotation of the data key', async () => {
    const { token, me } = await member('sealed-text');
    app.wechat.textAnswer = says('review', 20001);
    await write(token, '看不见');
    const row = await app.database.first('SELECT * FROM written_texts WHERE openKey = ?', [`nickname:${me.id}`]);
    expect(JSON.stringify(row)).not.toContain('看不见');
    expect(app.nest.get(RotateDataKey, { strict: false }).columns()).toContainEqual({
      table: 'written_texts',
      column: 'textSealed',
    });
  });
});
