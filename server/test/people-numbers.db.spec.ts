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

  it('C4: two accounts of one mini-program without a unionid are not merged by a number: HQ gets a case', async () => {
    const holder = await app.join(`same-h${people}`, number(3));
    const { token, me } = await app.signIn(`same-s${people}`);
    const answer = await join(token, number(3));
    expect([answer.status, answer.body.type]).toEqual([409, '/problems/phone-belongs-to-another']);
    expect((await openCases(me.id)).map((found) => found.holder.memberId)).toEqual([holder.me.id]);
    expect(await app.count('members', 'mergedInto IS NOT NULL AND id IN (?, ?)', [me.id, holder.me.id])).toBe(0);
  });

  it.each(['one unionid', 'another mini-program'])('R2.1: %s and one number are one person', async (how) => {
    const n = how === 'one unionid' ? 4 : 5;
    const holder = await app.join(`wide-h${people}`, number(n));
    const { token } = await app.signIn(how === 'one unionid' ? `wide-s${people}@uwide${people}` : `wide-s${people}`);
    if (how === 'another mini-program') {
      await app.unitOfWork.run((tx) =>
        tx.execute(`UPDATE member_identities SET appId = 'wx0000000000000002' WHERE memberId = ?`, [holder.me.id]),
      );
    }
    const answer = await join(token, number(n));
    expect([answer.status, answer.body.id]).toEqual([200, holder.me.id]);
  });

  it('C4: a dismissed case opens again when the number is claimed again, and can be decided', async () => {
    await app.join(`again-h${people}@uah${people}`, number(6));
    const { token, me } = await app.signIn(`again-s${people}@uas${people}`);
    await join(token, number(6));
    const [found] = await openCases(me.id);
    await decide(found?.id ?? '', 'dismiss');
    expect(await openCases(me.id)).toEqual([]);
    await join(token, number(6));
    await join(token, number(6));
    expect(await openCases(me.id)).toEqual([expect.objectContaining({ id: found?.id, decidedAt: null, reason: null })]);
    expect((await decide(found?.id ?? '', 'release-phone')).status).toBe(200);
    expect((await join(token, number(6))).status).toBe(200);
  });

  it('R2.1: a sign-in that merges while her other phone adds an address succeeds, and both addresses are hers', async () => {
    const x = await app.signIn(`adr-old${people}`);
    const y = await app.signIn(`adr-new${people}@uadr${people}`);
    const place = { province: '上海市', city: '上海市', district: '静安区', detail: '南京西路 1 号' };
    const body = { recipient: '王', phone: '13800138000', ...place, isDefault: false };
    await app.call('POST', '/me/addresses', { token: y.token, body });
    const row = await app.database.first<Record<string, string | number | null>>(
      'SELECT * FROM addresses WHERE memberId = ?',
      [y.me.id],
    );
    const late = { ...row, id: `adr_late${people}`, memberId: x.me.id, defaultOf: null };
    const columns = Object.keys(late);
    let go: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      go = resolve;
    });
    const slow = app.unitOfWork.run(async (tx) => {
      const marks = columns.map(() => '?').join(', ');
      await tx.execute(`INSERT INTO addresses (${columns.join(', ')}) VALUES (${marks})`, Object.values(late));
      await gate;
    });
    const signingIn = app.call('POST', '/sessions/wechat', { body: { code: `adr-old${people}@uadr${people}` } });
    setTimeout(go, 500);
    await slow;
    expect((await signingIn).status).toBe(201);
    expect(await app.count('addresses', 'memberId = ?', [x.me.id])).toBe(2);
  });
});
