import type { MemberCase } from '@mall/shared/bindings';
import type { Me } from '@mall/shared/membership';
import type { Page } from '@mall/shared/paging';
import { MergeMembers } from '../src/membership/merging/merging.public.js';
import { SweepMerges } from '../src/membership/merging/sweep-merges.js';
import { OPENING_MS, PeopleApp, type ProblemBody } from './support/people-app.js';
import { ENGINES } from './support/test-database.js';

describe.each(ENGINES)('a number that two entries claim [%s]', (engine) => {
  let app: PeopleApp;
  let hq: string;
  let people = 0;
  beforeAll(async () => {
    app = await PeopleApp.open(engine);
    hq = await app.hqToken();
  }, OPENING_MS);
  afterAll(() => app.close());
  beforeEach(() => {
    people += 1;
  });

  const number = (n: number): string => `137${people}000${1000 + n}`.slice(0, 11);
  const merge = (one: string, other: string) =>
    app.unitOfWork.run((tx) => app.nest.get(MergeMembers, { strict: false }).execute(tx, one, other, 'hq'));
  const join = async (token: string, phone: string) =>
    app.call<Me & ProblemBody>('POST', '/me/join', { token, body: await app.joinBody(token, phone) });
  const openCases = async (memberId: string) =>
    (await app.call<Page<MemberCase>>('GET', '/hq/member-cases?state=open', { token: hq })).body.items.filter(
      ({ member }) => member.memberId === memberId,
    );
  const decide = (id: string, what: string) =>
    app.call<MemberCase & ProblemBody>('POST', `/hq/member-cases/${id}/${what}`, {
      token: hq,
      body: { reason: '号码回收' },
    });
  const tails = async (...ids: string[]) => {
    const rows = await app.database.query<{ id: string; phoneTail: string | null }>(
      'SELECT id, phoneTail FROM members WHERE id IN (?, ?)',
      ids,
    );
    return ids.map((id) => rows.find((row) => row.id === id)?.phoneTail);
  };
  /** X holds 1001. H, who held 1002, was merged into her after a stranger had verified 1002. */
  const recycled = async () => {
    const x = await app.join(`x${people}@ux${people}`, number(1));
    const h = await app.join(`h${people}@uh${people}`, number(2));
    const stranger = await app.signIn(`s${people}@us${people}`);
    expect((await join(stranger.token, number(2))).status).toBe(409);
    const [found] = await openCases(stranger.me.id);
    await merge(h.me.id, x.me.id);
    expect(await tails(x.me.id, h.me.id)).toEqual(['1001', '1002']);
    return { x: x.me.id, h: h.me.id, stranger, caseId: found?.id ?? '' };
  };

  it('C4: the number that is released is the disputed one, wherever a merge left it; her own stays', async () => {
    const { x, h, stranger, caseId } = await recycled();
    expect((await decide(caseId, 'release-phone')).status).toBe(200);
    expect(await tails(x, h)).toEqual(['1001', null]);
    expect((await join(stranger.token, number(2))).status).toBe(200);
  });

  it('C4: a later look after a merge hands her no old number for one that HQ took', async () => {
    const { x, h } = await recycled();
    const stranger = await app.signIn(`s2${people}@us2${people}`);
    await join(stranger.token, number(1));
    const [found] = await openCases(stranger.me.id);
    await decide(found?.id ?? '', 'release-phone');
    expect(await tails(x, h)).toEqual([null, '1002']);
    const row = await app.database.first<{ id: string; fromMemberId: string; intoMemberId: string; at: number }>(
      'SELECT id, fromMemberId, intoMemberId, at FROM member_merges WHERE fromMemberId = ?',
      [h],
    );
    if (row === null) throw new Error('no merge');
    await app.unitOfWork.run((tx) => app.nest.get(SweepMerges, { strict: false }).execute(tx, row));
    expect(await tails(x, h)).toEqual([null, '1002']);
  });
});
