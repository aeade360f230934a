import type { GuideCustomer } from '@mall/shared/guides';
import type { MyGuide } from '@mall/shared/membership';
import type { Page } from '@mall/shared/paging';
import { OPENING_MS, PeopleApp, type ProblemBody } from '../../../test/support/people-app.js';
import { ENGINES } from '../../../test/support/test-database.js';
import { Bindings } from '../bindings/bindings.public.js';

const DAY = 86_400_000;

describe.each(ENGINES)('my guide [%s]', (engine) => {
  let app: PeopleApp;
  let hq: string;
  let a: { token: string; id: string };
  let b: { token: string; id: string };
  let far: { token: string; id: string };
  let people = 0;
  beforeAll(async () => {
    app = await PeopleApp.open(engine);
    hq = await app.hqToken();
    const storeId = await app.openStore(hq, 'SH-JA');
    a = await app.guide(hq, storeId, '陈静', '13900000001');
    b = await app.guide(hq, storeId, '阿华', '13900000002');
    far = await app.guide(hq, await app.openStore(hq, 'BJ-CY'), '远方', '13900000003');
  }, OPENING_MS);
  afterAll(() => app.close());
  let offset = 0;
  beforeEach(() => {
    offset = app.clock.offset;
  });
  afterEach(() => app.clock.setOffset(offset));

  /** A member bound to guide A. */
  const member = async () => {
    people += 1;
    const { token, me } = await app.signIn(`p${people}`);
    await app.touch(token, await app.shareCode(a.token));
    const body = await app.joinBody(token, `138${String(people).padStart(8, '0')}`);
    await app.call('POST', '/me/join', { token, body });
    return { token, id: me.id };
  };
  const read = async (token: string) => (await app.call<MyGuide>('GET', '/me/guide', { token })).body;
  const choose = (token: string, guideId: string | null) =>
    app.call<MyGuide & ProblemBody>('POST', '/me/guide', { token, body: { guideId } });
  const history = (id: string) => app.nest.get(Bindings, { strict: false }).history(app.database, id);
  const namesOf = ({ choices }: MyGuide) => choices.map(({ name }) => name).sort();

  it('R2.5: shows her guide, and as choices the guides of her store and those whose share she opened', async () => {
    const { token } = await member();
    const before = await read(token);
    expect(before.guide).toMatchObject({ id: a.id, name: '陈静', isServing: true });
    expect([before.nextChangeAt, before.contactPreference, namesOf(before)]).toEqual([null, 'guide', ['阿华']]);
    await app.touch(token, await app.shareCode(far.token));
    expect(namesOf(await read(token))).toEqual(['远方', '阿华'].sort());
    app.clock.setOffset(offset + 7 * DAY);
    expect(namesOf(await read(token))).toEqual(['阿华']);
  });

  it('R2.5: she changes her guide once in 30 days, to the millisecond, by a new row', async () => {
    const { token, id } = await member();
    const answer = await choose(token, b.id);
    expect([answer.status, answer.body.guide?.name]).toEqual([200, '阿华']);
    const nextChangeAt = answer.body.nextChangeAt ?? 0;
    expect((await history(id)).at(-1)).toMatchObject({ cause: 'member_choice', fromGuideId: a.id, guideId: b.id });
    expect(nextChangeAt - ((await history(id)).at(-1)?.startsAt ?? 0)).toBe(30 * DAY);
    const again = await choose(token, a.id);
    expect([again.status, again.body.type, again.body.nextChangeAt]).toEqual([
      409,
      '/problems/guide-change-too-soon',
      nextChangeAt,
    ]);
    app.clock.setOffset(offset + 30 * DAY);
    expect((await choose(token, a.id)).body.guide?.name).toBe('陈静');
  });

  it('R2.5: of two changes at once to different guides one counts', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { token, id } = await member();
      await app.touch(token, await app.shareCode(far.token));
      const answers = await Promise.all([choose(token, b.id), choose(token, far.id), choose(token, b.id)]);
      expect(answers.some(({ status }) => status === 200)).toBe(true);
      expect(await app.count('bindings', `memberId = ? AND cause = 'member_choice'`, [id])).toBe(1);
    }
  });

  it('R2.5: to choose the present guide again changes nothing and costs no change', async () => {
    const { token, id } = await member();
    expect((await choose(token, a.id)).body.nextChangeAt).toBeNull();
    expect(await history(id)).toHaveLength(1);
  });

  it('R2.5, R3.2e: she may have no guide; her store stays her home store and its guides stay choices', async () => {
    const { token, id } = await member();
    const { body } = await choose(token, null);
    expect([body.guide, namesOf(body)]).toEqual([null, ['陈静', '阿华'].sort()]);
    const [first, last] = await history(id);
    expect(last).toMatchObject({ guideId: null, storeId: first?.storeId });
  });

  it('refuses a visitor, a guide out of reach, one who left, and never offers herself', async () => {
    const { token } = await app.signIn('visitor');
    expect([(await choose(token, a.id)).status, (await choose(token, a.id)).body.type]).toEqual([
      403,
      '/problems/not-member',
    ]);
    const someone = await member();
    expect((await choose(someone.token, far.id)).status).toBe(404);
    expect((await choose(someone.token, 'gde_x')).status).toBe(422);
    const leaver = await app.guide(
      hq,
      await app.openStore(hq, `GZ-${engine === 'sqlite' ? 1 : 2}`),
      '离',
      '13900000009',
    );
    await app.touch(someone.token, await app.shareCode(leaver.token));
    await app.call('POST', `/hq/guides/${leaver.id}/leave`, { token: hq, body: { reason: '离职' } });
    expect((await choose(someone.token, leaver.id)).body.type).toBe('/problems/guide-not-serving');
    expect(namesOf(await read(someone.token))).not.toContain('离');
    await app.call('POST', `/hq/members/${(await app.signIn('陈静')).me.id}/transfer`, {
      token: hq,
      body: { guideId: b.id, reason: '测试' },
    });
    expect(namesOf(await read(a.token))).toEqual([]);
  });

  it('R2.5: who wants no messages from her guide is in no contact list, and stays her customer', async () => {
    const guide = await app.guide(
      hq,
      await app.openStore(hq, `SZ-${engine}`.toUpperCase().slice(0, 8)),
      '联',
      '13900000019',
    );
    const code = await app.shareCode(guide.token);
    const ids: string[] = [];
    for (const preference of ['guide', 'hq_only', 'nobody', 'guide', 'hq_only', 'guide']) {
      people += 1;
      const { token, me } = await app.signIn(`p${people}`);
      await app.touch(token, code);
      const joining = await app.joinBody(token, `138${String(people).padStart(8, '0')}`);
      await app.call('POST', '/me/join', { token, body: joining });
      const body = { contactPreference: preference };
      const answer = await app.call<MyGuide>('POST', '/me/contact-preference', { token, body });
      expect([answer.body.contactPreference, answer.body.guide?.name]).toEqual([preference, '联']);
      if (preference === 'guide') ids.unshift(me.id);
    }
    const list = async (query: string) =>
      (await app.call<Page<GuideCustomer>>('GET', `/guide/customers?${query}`, { token: guide.token })).body;
    expect((await list('limit=20')).items.map(({ mayContact }) => mayContact)).toEqual([
      true,
      false,
      true,
      false,
      false,
      true,
    ]);
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: Page<GuideCustomer> = await list(`contactable=1&limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`);
      seen.push(...page.items.map(({ memberId }) => memberId));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(ids);
    const { token } = await app.signIn('p1');
    expect((await app.call('POST', '/me/contact-preference', { token, body: { contactPreference: 'x' } })).status).toBe(
      422,
    );
  });
});
