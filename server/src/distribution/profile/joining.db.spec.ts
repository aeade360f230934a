import type { GuideCustomer } from '@mall/shared/guides';
import type { JoinOffer, Me } from '@mall/shared/membership';
import type { Page } from '@mall/shared/paging';
import { OPENING_MS, PeopleApp } from '../../../test/support/people-app.js';
import { ENGINES } from '../../../test/support/test-database.js';
import { POLICY_VERSION } from '../../membership/consent/consent.public.js';
import { Tx } from '../../platform/database/tx.js';
import { Bindings } from '../bindings/bindings.public.js';
import { Touches } from '../share-links/share-links.public.js';

const DAY = 86_400_000;

describe.each(ENGINES)('joining [%s]', (engine) => {
  let app: PeopleApp;
  let hq: string;
  let a: { token: string; id: string };
  let b: { token: string; id: string };
  beforeAll(async () => {
    app = await PeopleApp.open(engine);
    hq = await app.hqToken();
    const storeId = await app.openStore(hq, 'SH-JA');
    a = await app.guide(hq, storeId, '陈静', '13900000001');
    b = await app.guide(hq, storeId, '阿华', '13900000002');
  }, OPENING_MS);
  afterAll(() => app.close());

  const offer = async (token: string) => (await app.call<JoinOffer>('GET', '/me/join-offer', { token })).body;
  const post = (token: string, body: object) => app.call<Me & { type: string }>('POST', '/me/join', { token, body });
  const history = (memberId: string) => app.nest.get(Bindings, { strict: false }).history(app.database, memberId);

  it('names the guide before it asks, then binds to her in both windows (R2.3)', async () => {
    const { token, me } = await app.signIn('first');
    await app.touch(token, await app.shareCode(a.token));
    expect((await offer(token)).guide).toEqual({ name: '陈静', storeName: 'SH-JA店' });
    const answer = await post(token, await app.joinBody(token, '13811110001'));
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      id: me.id,
      phoneMasked: '138****0001',
      nickname: '王小雨',
      myGuide: { name: '陈静', storeName: 'SH-JA店' },
    });
    const [binding, ...more] = await history(me.id);
    expect(more).toEqual([]);
    expect(binding).toMatchObject({ guideId: a.id, cause: 'join', memberSequence: 1, fromGuideId: null });
    expect((binding?.protectedUntil ?? 0) - (binding?.startsAt ?? 0)).toBe(15 * DAY);
    expect((binding?.validUntil ?? 0) - (binding?.startsAt ?? 0)).toBe(90 * DAY);
  });

  it('records consent by version, purpose and time, and tells the house by an event (R2.1)', async () => {
    const { me } = await app.join('consenting', '13811110002');
    const rows = await app.database.query('SELECT purpose, act, policyVersion FROM consents WHERE memberId = ?', [
      me.id,
    ]);
    expect(rows).toHaveLength(2);
    expect(rows).toContainEqual({ purpose: 'membership', act: 'granted', policyVersion: POLICY_VERSION });
    expect(await app.count('outbox_events', `eventType = 'member.joined' AND streamId = ?`, [me.id])).toBe(1);
  });

  it('keeps the number sealed at rest', async () => {
    const { me } = await app.join('sealed', '13811110003');
    const row = await app.database.first('SELECT * FROM members WHERE id = ?', [me.id]);
    expect(JSON.stringify(row)).not.toContain('13811110003');
    expect(row).toMatchObject({ phoneTail: '0003' });
  });

  it('makes one member and one binding of two joinings at once', async () => {
    const { token, me } = await app.signIn('double');
    await app.touch(token, await app.shareCode(a.token));
    const body = await app.joinBody(token, '13811110004');
    const answers = await Promise.all([post(token, body), post(token, body), post(token, body)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    const refusals = answers.filter(({ status }) => status === 409).map(({ body: { type } }) => type);
    expect(refusals).toEqual(['/problems/already-member', '/problems/already-member']);
    expect(await history(me.id)).toHaveLength(1);
    expect(await app.count('consents', 'memberId = ?', [me.id])).toBe(2);
    expect(await app.count('outbox_events', 'streamId = ?', [me.id])).toBe(1);
  });

  it('C4: refuses a number that another member holds, and shows nothing of her', async () => {
    await app.join('holder@union-holder', '13811110005');
    const { token, me } = await app.signIn('recycled@union-other');
    const answer = await post(token, await app.joinBody(token, '13811110005'));
    expect([answer.status, answer.body.type]).toEqual([409, '/problems/phone-belongs-to-another']);
    expect(Object.keys(answer.body).sort()).toEqual(['detail', 'instance', 'status', 'title', 'type']);
    expect((await app.call<Me>('GET', '/me', { token })).body).toMatchObject({ joinedAt: null, phoneMasked: null });
    expect(await app.count('consents', 'memberId = ?', [me.id])).toBe(0);
  });

  it('C4: opens one case for HQ, however often she tries, and says nothing of the holder', async () => {
    const holder = await app.join('kept@union-kept', '13811110025');
    const { token, me } = await app.signIn('again@union-again');
    for (let tries = 0; tries < 2; tries += 1) {
      const answer = await post(token, await app.joinBody(token, '13811110025'));
      expect(answer.status).toBe(409);
      expect(JSON.stringify(answer.body)).not.toContain(holder.me.id);
    }
    const rows = await app.database.query(
      'SELECT memberId, otherMemberId, state FROM member_cases WHERE memberId = ?',
      [me.id],
    );
    expect(rows).toEqual([{ memberId: me.id, otherMemberId: holder.me.id, state: 'open' }]);
    expect(await app.count('member_merges', 'fromMemberId = ?', [me.id])).toBe(0);
  });

  it('C4: gives a number that two people bring at once to one of them', async () => {
    const people = await Promise.all(['same1@u-same1', 'same2@u-same2'].map((name) => app.signIn(name)));
    const body = await app.joinBody(people[0]?.token ?? '', '13811110006');
    const answers = await Promise.all(people.map(({ token }) => post(token, body)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(
      await app.count(
        'member_cases',
        `state = 'open' AND memberId IN (?, ?)`,
        people.map(({ me }) => me.id),
      ),
    ).toBe(1);
  });

  it('R2.1: two accounts of one phone, which WeChat does not tell apart, become one member, also at once', async () => {
    const people = await Promise.all(['twin1', 'twin2@u-twin2'].map((name) => app.signIn(name)));
    const body = await app.joinBody(people[0]?.token ?? '', '13811110026');
    const answers = await Promise.all(people.map(({ token }) => post(token, body)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const mine = await Promise.all(people.map(({ token }) => app.call<Me>('GET', '/me', { token })));
    expect(new Set(mine.map((answer) => answer.body.id)).size).toBe(1);
    expect(mine.map((answer) => answer.body.phoneMasked)).toEqual(['138****0026', '138****0026']);
    expect(
      await app.count(
        'member_merges',
        'fromMemberId IN (?, ?)',
        people.map(({ me }) => me.id),
      ),
    ).toBe(1);
    expect((await app.signIn('twin2@u-twin2')).me.id).toBe((await app.signIn('twin1')).me.id);
  });

  it('refuses without consent, or with consent to an older text, before the phone is asked for', async () => {
    const { token } = await app.signIn('careless');
    const body = await app.joinBody(token, '13811110007');
    const before = app.wechat.phoneCalls.length;
    for (const change of [{ purposes: ['guide_service'] }, { purposes: [] }, { policyVersion: '2020-01-01' }]) {
      const answer = await post(token, { ...body, ...change });
      expect([answer.status, answer.body.type]).toEqual([422, '/problems/consent-missing']);
    }
    expect(app.wechat.phoneCalls).toHaveLength(before);
  });

  it('refuses with the new offer when another guide than the one shown would be bound', async () => {
    const { token, me } = await app.signIn('changing');
    await app.touch(token, await app.shareCode(a.token));
    const body = await app.joinBody(token, '13811110008');
    await app.touch(token, await app.shareCode(b.token));
    const before = app.wechat.phoneCalls.length;
    const answer = await post(token, body);
    expect([answer.status, answer.body.type]).toEqual([409, '/problems/join-offer-changed']);
    expect((answer.body as unknown as { offer: JoinOffer }).offer).toEqual(await offer(token));
    expect((await offer(token)).guide?.name).toBe('阿华');
    expect(app.wechat.phoneCalls).toHaveLength(before);
    expect(await history(me.id)).toEqual([]);
  });

  it('R2.3: what a paid order binds while she joins stands, and the offer that she was shown is refused', async () => {
    const { token, me } = await app.signIn('buying');
    await app.touch(token, await app.shareCode(a.token));
    const body = await app.joinBody(token, '13811110031');
    const [touches, bindings] = [Touches, Bindings].map((type) => app.nest.get(type as never, { strict: false })) as [
      Touches,
      Bindings,
    ];
    const ofMember = touches.ofMember.bind(touches);
    const orderOfB = { guideId: b.id, storeId: null, touchId: null, orderId: 'ord_meanwhile' };
    // As READ COMMITTED shows it: the row is there between two readings of the joining.
    const meanwhile = jest.spyOn(touches, 'ofMember').mockImplementation(async (reader, memberId, since) => {
      const found = await ofMember(reader, memberId, since);
      if (reader instanceof Tx) await bindings.bindByPaidOrder(reader, { ...orderOfB, memberId, at: app.clock.now() });
      return found;
    });
    const answer = await post(token, body);
    meanwhile.mockRestore();
    expect([answer.status, answer.body.type]).toEqual([409, '/problems/join-offer-changed']);
    expect(await history(me.id)).toEqual([]);
    expect((await app.call<Me>('GET', '/me', { token })).body).toMatchObject({ joinedAt: null });
  });

  it('R2.1: who closes her account while she joins is no member, and nobody’s customer', async () => {
    const { token, me } = await app.signIn('leaving');
    await app.touch(token, await app.shareCode(a.token));
    const body = await app.joinBody(token, '13811110032');
    const phoneByCode = app.wechat.phoneByCode.bind(app.wechat);
    const slowly = jest.spyOn(app.wechat, 'phoneByCode').mockImplementation(async (code, openid) => {
      const closed = await app.call('POST', '/me/account-closure', {
        token,
        body: { code: 'leaving', confirmed: true },
      });
      expect(closed.status).toBe(204);
      return phoneByCode(code, openid);
    });
    const answer = await post(token, body);
    slowly.mockRestore();
    expect([answer.status, answer.body.type]).toEqual([401, '/problems/session-expired']);
    const row = await app.database.first('SELECT joinedAt, phoneHash FROM members WHERE id = ?', [me.id]);
    expect(row).toEqual({ joinedAt: null, phoneHash: null });
    expect(await history(me.id)).toEqual([]);
  });

  it('D12: binds also when the phone is authorised 31 seconds, or six days, after the card was opened', async () => {
    const before = app.clock.offset;
    for (const [name, phone, wait] of [
      ['slow', '13811110009', 31_000],
      ['slowly', '13811110019', 6 * DAY],
    ] as const) {
      const { token } = await app.signIn(`d12-${name}`);
      await app.touch(token, await app.shareCode(a.token));
      app.clock.setOffset(before + wait);
      const answer = await post(token, await app.joinBody(token, phone));
      app.clock.setOffset(before);
      expect(answer.body.myGuide?.name).toBe('陈静');
    }
  });

  it("D13: another guide's card rebinds nobody", async () => {
    const { token, me } = await app.signIn('faithful');
    await app.touch(token, await app.shareCode(a.token));
    await post(token, await app.joinBody(token, '13811110010'));
    await app.touch(token, await app.shareCode(b.token));
    expect((await app.call<Me>('GET', '/me', { token })).body.myGuide?.name).toBe('陈静');
    expect(await history(me.id)).toHaveLength(1);
    expect((await offer(token)).guide?.name).toBe('陈静');
  });

  it('joins without a guide when the link is revoked, or the guide suspended since (R3.3)', async () => {
    const guide = await app.guide(hq, await app.openStore(hq, 'SH-9'), '暂停', '13900000009');
    const { token, me } = await app.signIn('unlucky');
    await app.touch(token, await app.shareCode(guide.token));
    await app.call('POST', `/hq/guides/${guide.id}/suspend`, { token: hq, body: { reason: '调查' } });
    expect(await offer(token)).toMatchObject({ guide: null, offerTouchId: null });
    expect((await post(token, await app.joinBody(token, '13811110011'))).status).toBe(200);
    expect(await history(me.id)).toEqual([]);
  });

  it.each([
    ['bad', 422, '/problems/phone-code-invalid'],
    ['slow', 503, '/problems/dependency-unavailable'],
  ])('answers the phone code "%s" with %i and leaves a visitor', async (phoneCode, status, type) => {
    const { token, me } = await app.signIn(`phone-${phoneCode}`);
    const answer = await post(token, await app.joinBody(token, phoneCode));
    expect([answer.status, answer.body.type]).toEqual([status, type]);
    expect(app.wechat.phoneCalls.at(-1)?.openid).toBe(`openid-phone-${phoneCode}`);
    expect(await app.count('members', 'id = ? AND joinedAt IS NULL', [me.id])).toBe(1);
  });

  it('refuses a second joining', async () => {
    const { token } = await app.join('again', '13811110012');
    const answer = await post(token, await app.joinBody(token, '13811110013'));
    expect([answer.status, answer.body.type]).toEqual([409, '/problems/already-member']);
  });

  it('shows a guide her customers masked, and nothing of one who did not consent to it (R2.6)', async () => {
    const guide = await app.guide(hq, await app.openStore(hq, 'SH-8'), '掩码', '13900000008');
    const code = await app.shareCode(guide.token);
    for (const [name, phone, purposes] of [
      ['open', '13811110014', ['membership', 'guide_service']],
      ['closed', '13811110015', ['membership']],
    ] as const) {
      const { token } = await app.signIn(name);
      await app.touch(token, code);
      await post(token, { ...(await app.joinBody(token, phone)), purposes });
    }
    const { body } = await app.call<Page<GuideCustomer>>('GET', '/guide/customers', { token: guide.token });
    expect(body.items.map(({ nicknameMasked, phoneTail, orders }) => [nicknameMasked, phoneTail, orders])).toEqual([
      ['顾客', null, 0],
      ['王**', '0014', 0],
    ]);
  });
});
