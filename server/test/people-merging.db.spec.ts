import { AsyncResource } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MemberCase } from '@mall/shared/bindings';
import type { AuditEntry } from '@mall/shared/hq';
import { type Address, ContactPreference, type Me } from '@mall/shared/membership';
import type { Page } from '@mall/shared/paging';
import { Bindings } from '../src/distribution/bindings/bindings.public.js';
import { Members } from '../src/membership/members/members.public.js';
import { MergeEntry } from '../src/membership/merging/merge-entry.part.js';
import { MergeMembers } from '../src/membership/merging/merging.public.js';
import { Worker } from '../src/platform/jobs/worker.js';
import { APP_ID, OPENING_MS, PeopleApp, type ProblemBody } from './support/people-app.js';
import { ENGINES } from './support/test-database.js';

const DAY = 86_400_000;

describe.each(ENGINES)('merging two entries of one person [%s]', (engine) => {
  let app: PeopleApp;
  let hq: string;
  let storeId: string;
  let bindings: Bindings;
  let a: { token: string; id: string };
  let b: { token: string; id: string };
  let people = 0;
  beforeAll(async () => {
    app = await PeopleApp.open(engine);
    hq = await app.hqToken();
    storeId = await app.openStore(hq, 'SH-JA');
    a = await app.guide(hq, storeId, '陈静', '13900000001');
    b = await app.guide(hq, storeId, '阿华', '13900000002');
    bindings = app.nest.get(Bindings, { strict: false });
  }, OPENING_MS);
  afterAll(() => app.close());
  beforeEach(() => {
    people += 1;
  });

  /** An entry without a sign-in over HTTP, of which only so many a minute are let through. */
  const entry = async (name: string): Promise<string> => {
    const person = { appId: APP_ID, openid: `openid-${name}`, unionid: null };
    const members = app.nest.get(Members, { strict: false });
    return (await app.unitOfWork.run((tx) => members.findOrCreateByWechat(tx, person))).id;
  };
  const merge = (one: string, other: string) =>
    app.unitOfWork.run((tx) => app.nest.get(MergeMembers, { strict: false }).execute(tx, one, other, 'hq'));
  const bind = (memberId: string, guideId: string, at: number) =>
    app.unitOfWork.run(async (tx) => {
      const expectedSequence = await bindings.sequence(tx, memberId);
      const cause = { cause: 'join', causeId: null, at, actorId: memberId } as const;
      return bindings.bind(tx, { memberId, expectedSequence, guideId, storeId, ...cause });
    });
  const current = (memberId: string, at = app.clock.now()) => bindings.current(app.database, memberId, at);
  const address = (token: string, recipient: string, isDefault: boolean) => {
    const place = { province: '上海市', city: '上海市', district: '静安区', detail: '南京西路 1 号' };
    return app.call('POST', '/me/addresses', { token, body: { recipient, phone: '13800138000', ...place, isDefault } });
  };
  /** An older visitor without a unionid, and a younger one with the unionid that WeChat names for both from now on. */
  const twins = async () => {
    const older = await app.signIn(`old${people}`);
    const younger = await app.signIn(`new${people}@union-${people}`);
    return { older, younger };
  };

  it('R2.1: a sign-in whose unionid another entry holds makes them one; both sessions go on as her', async () => {
    const { older, younger } = await twins();
    const again = await app.signIn(`old${people}@union-${people}`);
    expect(again.me.id).toBe(older.me.id);
    for (const { token } of [older, younger, again]) {
      expect((await app.call<Me>('GET', '/me', { token })).body.id).toBe(older.me.id);
    }
    expect((await app.signIn(`new${people}@union-${people}`)).me.id).toBe(older.me.id);
    expect(await app.count('member_merges', `fromMemberId = ? AND cause = 'unionid'`, [younger.me.id])).toBe(1);
  });

  it('R2.1: two sign-ins at once merge once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const names = [`race-old-${people}-${round}`, `race-new-${people}-${round}`];
      const one = await app.signIn(names[0] ?? '');
      await app.signIn(`${names[1]}@union-race-${people}-${round}`);
      const codes = [names[0], names[1], names[0]].map((name) => `${name}@union-race-${people}-${round}`);
      const answers = await Promise.all(codes.map((code) => app.signIn(code)));
      expect((await app.signIn(codes[0] ?? '')).me.id).toBe(one.me.id);
      expect(answers.every(({ token }) => token !== undefined)).toBe(true);
      expect(await app.count('member_merges', 'intoMemberId = ?', [one.me.id])).toBe(1);
    }
  });

  it('R2.1: merges asked for in both directions at once happen once', async () => {
    for (let round = 0; round < 20; round += 1) {
      const one = await entry(`dir-a-${people}-${round}`);
      const other = await entry(`dir-b-${people}-${round}`);
      const outcomes = await Promise.all([merge(one, other), merge(other, one), merge(one, other)]);
      expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['merged', 'same', 'same']);
      expect(await app.count('members', 'mergedInto IS NOT NULL AND id IN (?, ?)', [one, other])).toBe(1);
    }
  });

  it('C3: A is protected and stays, B is older and unprotected and closes as merged, in either direction', async () => {
    for (const direction of ['stays', 'closes']) {
      const first = await entry(`c3-1-${direction}-${people}`);
      const second = await entry(`c3-2-${direction}-${people}`);
      const [withA, withB] = direction === 'stays' ? [first, second] : [second, first];
      const now = app.clock.now();
      await bind(withA, a.id, now - 5 * DAY);
      await bind(withB, b.id, now - 40 * DAY);
      const was = await current(withA);
      expect([was?.isProtected, (await current(withB))?.isProtected]).toEqual([true, false]);
      expect(await merge(first, second)).toEqual({ outcome: 'merged', memberId: first });
      expect(await current(first)).toMatchObject({
        guideId: a.id,
        isProtected: true,
        relationSince: was?.relationSince,
        protectedUntil: was?.protectedUntil,
        validUntil: was?.validUntil,
      });
      const closed = [
        ...(await bindings.history(app.database, first)),
        ...(await bindings.history(app.database, second)),
      ];
      expect(closed).toContainEqual(expect.objectContaining({ fromGuideId: b.id, cause: 'merged' }));
      const customers = await bindings.customersOf(app.database, b.id, { at: now, below: '~', limit: 100 });
      expect(customers.filter(({ binding }) => [first, second].includes(binding.memberId))).toEqual([]);
    }
  });

  it('R2.1, R2.3: a protection that only an open paid order holds survives the merge, and its completion renews it', async () => {
    const first = await entry(`held-1-${people}`);
    const second = await entry(`held-2-${people}`);
    const now = app.clock.now();
    const bound = await bind(second, a.id, now - 20 * DAY);
    if (bound.outcome !== 'bound') throw new Error('not bound');
    const order = { orderId: `ord_held_${people}`, orderedAt: now - 19 * DAY, paidAt: now - 19 * DAY };
    await app.unitOfWork.run((tx) => bindings.holdByOrder(tx, bound.binding, order));
    await bind(first, b.id, now - 30 * DAY);
    await merge(first, second);
    expect(await current(first)).toMatchObject({ guideId: a.id, isProtected: true });
    const completed = { orderId: order.orderId, bindingId: bound.binding.id, at: app.clock.now() + 1 };
    await app.unitOfWork.run(async (tx) => {
      await bindings.endOrder(tx, order.orderId, completed.at);
      expect(await bindings.renewOnCompletedOrder(tx, completed)).toBe('renewed');
    });
    expect(await current(first, completed.at)).toMatchObject({ cause: 'renewal', startsAt: completed.at });
  });

  it('R2.1: addresses, consents and touches add up; one default stays the default', async () => {
    const { older, younger } = await twins();
    await address(older.token, '甲', true);
    await address(younger.token, '乙', true);
    await address(younger.token, '丙', false);
    await app.touch(older.token, await app.shareCode(a.token));
    await app.touch(younger.token, await app.shareCode(b.token));
    await app.call('POST', '/me/join', {
      token: younger.token,
      body: await app.joinBody(younger.token, `1370000${1000 + people}`),
    });
    await app.signIn(`old${people}@union-${people}`);
    const { body } = await app.call<Address[]>('GET', '/me/addresses', { token: older.token });
    expect(body.map(({ recipient }) => recipient).sort()).toEqual(['丙', '乙', '甲'].sort());
    expect(body.filter(({ isDefault }) => isDefault).map(({ recipient }) => recipient)).toEqual(['乙']);
    const me = (await app.call<Me>('GET', '/me', { token: older.token })).body;
    // She joined with the younger one: that is the entry that stays.
    expect([me.id, me.myGuide?.name, me.joinedAt === null]).toEqual([younger.me.id, '阿华', false]);
    expect(await app.count('touches', 'memberId = ?', [me.id])).toBe(2);
    expect(await app.count('consents', 'memberId = ?', [me.id])).toBe(2);
    expect(await app.count('sessions', 'subjectId = ?', [older.me.id])).toBe(0);
  });

  it('R2.1, R3.3: a guide keeps her desk under the entry that stays, and is not her own customer', async () => {
    const guide = await app.guide(hq, storeId, `导${people}`, `1390001${1000 + people}`);
    const guideMember = (await app.call<Me>('GET', '/me', { token: guide.token })).body.id;
    const customer = await app.signIn(`second-${people}`);
    await bind(customer.me.id, guide.id, app.clock.now());
    await merge(customer.me.id, guideMember);
    const me = (await app.call<Me>('GET', '/me', { token: customer.token })).body;
    expect([me.id, me.guide?.id, me.myGuide]).toEqual([guideMember, guide.id, null]);
    expect((await bindings.customersOf(app.database, guide.id, { at: 0, below: '~', limit: 9 })).length).toBe(0);
  });

  it('R2.1: two guides are not merged by themselves: HQ gets a case and cannot merge them either', async () => {
    const name = `gg${people}`;
    const one = await app.guide(hq, storeId, `${name}a`, `1390002${1000 + people}`);
    await app.guide(hq, storeId, `${name}b@u-${name}`, `1390003${1000 + people}`);
    const other = await app.signIn(`${name}b@u-${name}`);
    const again = await app.signIn(`${name}a@u-${name}`);
    expect(again.me.guide?.id).toBe(one.id);
    const row = await app.database.first<{ id: string }>('SELECT id FROM member_cases WHERE memberId = ?', [
      again.me.id,
    ]);
    const answer = await app.call('POST', `/hq/member-cases/${row?.id}/merge`, { token: hq, body: { reason: '合并' } });
    expect([answer.status, answer.body.type, answer.body.detail]).toEqual([
      409,
      '/problems/member-case-conflict',
      '两个账号都是导购，不能自动合并',
    ]);
    expect(await app.count('members', 'mergedInto IS NOT NULL AND id IN (?, ?)', [again.me.id, other.me.id])).toBe(0);
    expect(await app.count('member_cases', `id = ? AND state = 'open'`, [row?.id ?? ''])).toBe(1);
  });

  it('R2.1: what is written under the old id after the merge follows by the event and by later looks', async () => {
    const [one, other] = [await entry(`late-1-${people}`), await entry(`late-2-${people}`)];
    await merge(one, other);
    await bind(other, a.id, app.clock.now());
    await app.nest.get(Worker).settle();
    expect((await current(one))?.guideId).toBe(a.id);
    expect((await current(other))?.guideId).toBeNull();
    await bind(other, b.id, app.clock.now());
    await app.unitOfWork.run((tx) =>
      tx.execute('UPDATE member_merges SET sweepDueAt = 0 WHERE fromMemberId = ?', [other]),
    );
    await app.nest.get(Worker).settle();
    expect((await current(other))?.guideId).toBeNull();
    expect(await app.count('member_merges', 'fromMemberId = ? AND sweeps = 1 AND sweepDueAt > 0', [other])).toBe(1);
  });

  it('R2.5: what she wishes while a later look goes over her entries stands', async () => {
    const [one, other] = [await entry(`wish-1-${people}`), await entry(`wish-2-${people}`)];
    await merge(one, other);
    const members = app.nest.get(Members, { strict: false });
    const find = members.find.bind(members);
    // Made here, so that what runs in it is no unit of work within the look's own.
    const outside = new AsyncResource('wish');
    let wish: Promise<void> | null = null;
    const looking = jest.spyOn(members, 'find').mockImplementation(async (reader, id) => {
      const found = await find(reader, id);
      if (id !== one || wish !== null) return found;
      wish = outside.runInAsyncScope(() =>
        app.unitOfWork.run((tx) => members.setContactPreference(tx, one, ContactPreference.Nobody)),
      );
      await Promise.race([wish, sleep(100)]);
      return found;
    });
    const look = { id: 'mrg_look', fromMemberId: other, intoMemberId: one, at: app.clock.now(), sweep: true };
    await app.unitOfWork.run((tx) => app.nest.get(MergeEntry, { strict: false }).merge(tx, look));
    looking.mockRestore();
    expect(wish).not.toBeNull();
    await wish;
    expect((await members.find(app.database, one))?.contactPreference).toBe(ContactPreference.Nobody);
  });

  describe('cases of HQ', () => {
    /** A member who holds a number, and another person of WeChat's who verified it. */
    const openCase = async () => {
      const phone = `1360000${1000 + people}`;
      const holder = await app.join(`holder${people}@u-holder${people}`, phone);
      const { token, me } = await app.signIn(`claims${people}@u-claims${people}`);
      await app.call('POST', '/me/join', { token, body: await app.joinBody(token, phone) });
      const { body } = await app.call<Page<MemberCase>>('GET', '/hq/member-cases?state=open', { token: hq });
      const found = body.items.find(({ member }) => member.memberId === me.id);
      if (found === undefined) throw new Error('no case');
      return { phone, holder, token, me, found };
    };
    const decide = (id: string, what: string, reason = '已核实') =>
      app.call<MemberCase & ProblemBody>('POST', `/hq/member-cases/${id}/${what}`, { token: hq, body: { reason } });

    it('C4: HQ sees both masked, and merges them when they are one person; decided once, audited', async () => {
      const { holder, token, found } = await openCase();
      expect(JSON.stringify(found)).not.toContain('1360000');
      const answers = await Promise.all([decide(found.id, 'merge'), decide(found.id, 'merge')]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      expect((await app.call<Me>('GET', '/me', { token })).body.id).toBe(holder.me.id);
      const log = await app.call<Page<AuditEntry>>('GET', `/hq/audit-log?subject=${found.id}`, { token: hq });
      expect(log.body.items.map(({ action, reason }) => [action, reason])).toEqual([['member-case.merged', '已核实']]);
    });

    it('C4: a recycled number is released by HQ: the new owner joins, the old holder stays a member', async () => {
      const { phone, holder, token, me, found } = await openCase();
      expect((await decide(found.id, 'release-phone')).body.state).toBe('released');
      const joined = await app.call<Me>('POST', '/me/join', { token, body: await app.joinBody(token, phone) });
      expect([joined.status, joined.body.id]).toEqual([200, me.id]);
      const old = (await app.call<Me>('GET', '/me', { token: holder.token })).body;
      expect([old.id, old.phoneMasked, old.joinedAt === null]).toEqual([holder.me.id, null, false]);
    });

    it('C4: a dismissed case changes nobody, and cannot be decided again', async () => {
      const { token, me, found } = await openCase();
      expect((await decide(found.id, 'dismiss')).body).toMatchObject({ state: 'dismissed', reason: '已核实' });
      const again = await decide(found.id, 'merge');
      expect([again.status, again.body.caseState]).toEqual([409, 'dismissed']);
      expect((await app.call<Me>('GET', '/me', { token })).body.id).toBe(me.id);
      expect((await decide('mcs_unknown', 'dismiss')).status).toBe(404);
      expect((await decide(found.id, 'dismiss', '')).status).toBe(422);
      expect((await app.call('GET', '/hq/member-cases', { token })).status).toBe(403);
    });
  });
});
