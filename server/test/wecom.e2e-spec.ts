import type { GuideSummary } from '@mall/shared/guides';
import type { Me } from '@mall/shared/membership';
import type { Page } from '@mall/shared/paging';
import type { ContactCode, WecomContact } from '@mall/shared/wecom';
import { Bindings } from '../src/distribution/bindings/bindings.public.js';
import { MergeMembers } from '../src/membership/merging/merging.public.js';
import { Database } from '../src/platform/database/database.js';
import { UnitOfWork } from '../src/platform/database/unit-of-work.js';
import { eventually } from '../tools/journey/api-client.js';
import { FakeWecom } from './support/fake-wecom.js';
import { ENGINES } from './support/test-database.js';
import { startTestMall, type TestMall } from './support/test-mall.js';

interface Answer<T> {
  status: number;
  body: T;
}

/** Lately enough for a binding to be valid now. */
const BOUND_AT = performance.timeOrigin - 60_000;

describe.each(ENGINES)('§10 WeCom [%s]', (engine) => {
  const wecom = new FakeWecom();
  let mall: TestMall;
  let hq: string;
  let guide: { id: string; token: string };
  let seconds = 1_790_000_000;
  let people = 0;

  async function call<T>(method: string, path: string, token: string | null, body?: object): Promise<Answer<T>> {
    const answer = await fetch(`${mall.apiUrl}/api${path}`, {
      method,
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: (text === '' ? null : JSON.parse(text)) as T };
  }

  async function person(name: string): Promise<{ token: string; id: string; unionid: string | null }> {
    const { code } = await device<{ code: string }>('/device/login-code', { persona: name });
    const { body } = await call<{ token: string; me: Me }>('POST', '/sessions/wechat', null, { code });
    const member = await mall.app
      .get(Database)
      .first<{ unionid: string | null }>('SELECT unionid FROM members WHERE id = ?', [body.me.id]);
    return { token: body.token, id: body.me.id, unionid: member?.unionid ?? null };
  }

  async function device<T>(path: string, body: object): Promise<T> {
    const answer = await fetch(`${mall.emulatorUrl}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return (await answer.json()) as T;
  }

  async function post({ query, body }: { query: URLSearchParams; body: string }): Promise<number> {
    const headers = { 'content-type': 'text/xml' };
    const answer = await fetch(`${mall.apiUrl}/api/wecom/callback?${query}`, { method: 'POST', headers, body });
    await answer.text();
    return answer.status;
  }

  const change = (type: string, externalUserId: string, more: Record<string, string | number> = {}) =>
    wecom.event({
      Event: 'change_external_contact',
      ChangeType: type,
      CreateTime: seconds,
      UserID: 'chenjing',
      ExternalUserID: externalUserId,
      ...more,
    });
  const contacts = async (): Promise<WecomContact[]> =>
    (await call<Page<WecomContact>>('GET', '/hq/wecom/contacts?limit=100', hq)).body.items;
  const row = (externalUserId: string) =>
    mall.app
      .get(Database)
      .first<{ memberId: string | null; unionid: string | null; looks: number }>(
        'SELECT memberId, unionid, looks FROM wecom_contacts WHERE externalUserId = ?',
        [externalUserId],
      );
  const latest = async (): Promise<WecomContact | undefined> => (await contacts())[0];
  const followed = (test: (contact: WecomContact) => boolean) =>
    eventually(
      'that the contact is followed',
      async () => (await latest()) as WecomContact,
      (contact) => contact !== undefined && test(contact),
    );

  beforeAll(async () => {
    const url = await wecom.start();
    mall = await startTestMall(engine, {
      WECOM_CORP_ID: wecom.corpId,
      WECOM_SECRET: 'wecom-secret',
      WECOM_CALLBACK_TOKEN: wecom.token,
      WECOM_CALLBACK_AES_KEY: wecom.encodingAesKey,
      WECOM_API_URL: url,
    });
    const signedIn = await call<{ token: string }>('POST', '/hq/sessions', null, {
      username: 'admin',
      password: mall.hqPassword,
    });
    hq = signedIn.body.token;
    const unitOfWork = mall.app.get(UnitOfWork);
    const me = await person('chenjing');
    await unitOfWork.run(async (tx) => {
      await tx.execute(
        `INSERT INTO stores (id, code, name, storeType, province, city, createdAt) VALUES ('str_1', 'SH-JA', '静安店', 'direct', '上海市', '上海市', 1)`,
      );
      await tx.execute(
        `INSERT INTO guides (id, memberId, storeId, name, tier, payeeType, status, registeredAt) VALUES ('gde_1', ?, 'str_1', '陈静', '标准', 'employee', 'active', 1)`,
        [me.id],
      );
    });
    guide = { id: 'gde_1', token: me.token };
  });
  afterAll(async () => {
    await mall?.close();
    await wecom.close();
  });
  beforeEach(() => {
    seconds += 100;
    people += 1;
    wecom.welcomes.length = 0;
  });

  /** A person whose valid binding names the guide. */
  async function customer(): Promise<{ token: string; id: string; unionid: string | null }> {
    const found = await person(`customer-${people}`);
    const bindings = mall.app.get(Bindings, { strict: false });
    const change = { expectedSequence: 0, guideId: 'gde_1', storeId: 'str_1', cause: 'join', causeId: null } as const;
    await mall.app
      .get(UnitOfWork)
      .run((tx) => bindings.bind(tx, { ...change, memberId: found.id, at: BOUND_AT, actorId: found.id }));
    return found;
  }

  it('answers the check of its address with the bare text, and no check under another token', async () => {
    const ask = async (sealed: { query: URLSearchParams; encrypt: string }) => {
      const query = `${sealed.query}&echostr=${encodeURIComponent(sealed.encrypt)}`;
      const answer = await fetch(`${mall.apiUrl}/api/wecom/callback?${query}`);
      return { status: answer.status, text: await answer.text() };
    };
    expect(await ask(wecom.seal('5927782489442352469'))).toEqual({ status: 200, text: '5927782489442352469' });
    expect((await ask(wecom.seal('5927782489442352469', { token: 'other' }))).status).toBe(401);
  });

  it('refuses what is forged, for another company, no XML or cut, and writes nothing', async () => {
    const before = (await contacts()).length;
    const good = change('add_external_contact', 'wm_forged');
    const fields = { Event: 'change_external_contact', ChangeType: 'add_external_contact', CreateTime: seconds };
    const bad = [
      wecom.event({ ...fields, UserID: 'chenjing', ExternalUserID: 'wm_x' }, { token: 'other' }),
      wecom.event({ ...fields, UserID: 'chenjing', ExternalUserID: 'wm_x' }, { receiveId: 'ww_other' }),
      wecom.event(fields),
      { ...good, body: 'text' },
      { ...good, body: good.body.slice(0, -40) },
      { ...good, query: new URLSearchParams({ ...Object.fromEntries(good.query), timestamp: '1' }) },
    ];
    for (const one of bad) expect(await post(one)).toBe(401);
    expect(await contacts()).toHaveLength(before);
  });

  it('gives a customer the code of her guide once made, with a state of her own; R2.5: none when she wants no word', async () => {
    expect((await call('PUT', `/hq/guides/${guide.id}/wecom`, hq, { wecomUserId: null })).status).toBe(204);
    const her = await customer();
    const ask = async () => (await call<ContactCode>('POST', '/me/guide/contact-code', her.token)).body;
    expect(await ask()).toEqual({ available: false, reason: 'not_connected' });
    expect((await call('PUT', `/hq/guides/${guide.id}/wecom`, hq, { wecomUserId: 'chenjing' })).status).toBe(204);
    const offer = async () => (await call('GET', '/me/guide/contact-code', her.token)).body;
    const waysBefore = wecom.ways.length;
    expect([await offer(), wecom.ways.length]).toEqual([{ offered: true }, waysBefore]);
    const code = await ask();
    expect(code).toMatchObject({ available: true, guideName: '陈静', storeName: '静安店' });
    const made = wecom.ways.length;
    wecom.expireToken();
    expect(await ask()).toEqual(code);
    expect(wecom.ways).toHaveLength(made);
    expect(wecom.ways.at(-1)).toMatchObject({ user: ['chenjing'], state: expect.stringMatching(/^[2-9A-Z]{20}$/) });
    await call('POST', '/me/contact-preference', her.token, { contactPreference: 'hq_only' });
    expect(await ask()).toEqual({ available: false, reason: 'not_wanted' });
    expect(await offer()).toEqual({ offered: false });
    const stranger = await person(`stranger-${people}`);
    const none = await call<ContactCode>('POST', '/me/guide/contact-code', stranger.token);
    expect(none.body).toEqual({ available: false, reason: 'no_guide' });
  });

  it('links a contact by unionid whatever its state says, welcomes once, and leaves her binding alone', async () => {
    const her = await customer();
    wecom.unionids.set('wm_1', her.unionid);
    const event = change('add_external_contact', 'wm_1', { State: 'ANOTHER', WelcomeCode: 'welcome-1' });
    expect([await post(event), await post(event)]).toEqual([200, 200]);
    const contact = await followed(({ memberId, welcome }) => memberId !== null && welcome !== 'sending');
    expect(contact).toMatchObject({ memberId: her.id, linkedBy: 'unionid', guideId: guide.id, welcome: 'sent' });
    expect(contact.addedAt).toBe(seconds * 1000);
    expect(wecom.welcomes).toEqual([{ code: 'welcome-1', text: expect.stringContaining('静安店的陈静') }]);
    const bindings = await mall.app.get(Database).query('SELECT id FROM bindings WHERE memberId = ?', [her.id]);
    expect(bindings).toHaveLength(1);
  });

  it('links by the state of her own code where WeCom tells no unionid, and not at all by a code that was passed on', async () => {
    const her = await customer();
    await call<ContactCode>('POST', '/me/guide/contact-code', her.token);
    const state = wecom.ways.at(-1)?.state ?? '';
    wecom.unionids.set(`wm_own_${people}`, null);
    await post(change('add_external_contact', `wm_own_${people}`, { State: state }));
    expect(await followed(({ memberId }) => memberId !== null)).toMatchObject({ memberId: her.id, linkedBy: 'state' });
    seconds += 1;
    wecom.unionids.set(`wm_friend_${people}`, 'unionid-of-a-friend');
    await post(change('add_external_contact', `wm_friend_${people}`, { State: state }));
    const looked = await eventually(
      'that somebody looked who it is',
      () => row(`wm_friend_${people}`),
      (found) => (found?.looks ?? 0) > 0,
    );
    expect(looked).toMatchObject({ memberId: null, unionid: 'unionid-of-a-friend' });
  });

  it('sends a welcome again when another application sends (41096), and never after 41051', async () => {
    wecom.unionids.set('wm_busy', null);
    wecom.welcomeAnswers.push(41096, 0);
    await post(change('add_external_contact', 'wm_busy', { WelcomeCode: 'busy' }));
    await followed(({ welcome }) => welcome === 'sent');
    expect(wecom.welcomes.map(({ code }) => code)).toEqual(['busy', 'busy']);
    seconds += 1;
    wecom.unionids.set('wm_chatting', null);
    wecom.welcomeAnswers.push(41051);
    await post(change('add_external_contact', 'wm_chatting', { WelcomeCode: 'chatting' }));
    await followed(({ welcome }) => welcome === 'refused');
    expect(wecom.welcomes).toHaveLength(3);
  });

  it('keeps history: ended by the customer, begun again, and an end that is told before its beginning', async () => {
    wecom.unionids.set('wm_again', null);
    await post(change('add_external_contact', 'wm_again'));
    await post(change('del_follow_user', 'wm_again', { CreateTime: seconds + 10 }));
    await post(change('add_external_contact', 'wm_again', { CreateTime: seconds + 20 }));
    await post(change('del_external_contact', 'wm_late', { CreateTime: seconds + 30 }));
    await post(change('add_external_contact', 'wm_late', { CreateTime: seconds + 25 }));
    const rows = await mall.app
      .get(Database)
      .query('SELECT addedAt, endedAt, endedBy FROM wecom_contacts WHERE externalUserId IN (?, ?) ORDER BY id', [
        'wm_again',
        'wm_late',
      ]);
    const at = (after: number): number => (seconds + after) * 1000;
    expect(rows).toEqual([
      { addedAt: at(0), endedAt: at(10), endedBy: 'customer' },
      { addedAt: at(20), endedAt: null, endedBy: null },
      { addedAt: at(25), endedAt: at(30), endedBy: 'guide' },
    ]);
  });

  it('gives contacts and codes of a merged member to the entry that stays (R2.1)', async () => {
    const her = await customer();
    wecom.unionids.set('wm_merged', her.unionid);
    await post(change('add_external_contact', 'wm_merged'));
    await followed(({ memberId }) => memberId === her.id);
    await call<ContactCode>('POST', '/me/guide/contact-code', her.token);
    const other = await person(`other-${people}`);
    await mall.app.get(UnitOfWork).run(async (tx) => {
      await tx.execute('UPDATE members SET joinedAt = 1 WHERE id = ?', [other.id]);
      await mall.app.get(MergeMembers, { strict: false }).execute(tx, her.id, other.id, 'hq');
    });
    expect(await latest()).toMatchObject({ memberId: other.id });
    const left = await mall.app.get(Database).query('SELECT id FROM wecom_contact_ways WHERE memberId = ?', [her.id]);
    expect(left).toEqual([]);
  });

  it('gives an account to one guide only, with an entry in the audit log', async () => {
    await mall.app.get(UnitOfWork).run((tx) =>
      tx.execute(
        `INSERT INTO guides (id, memberId, storeId, name, tier, payeeType, status, registeredAt)
         SELECT 'gde_2', id, 'str_1', '刘雯', '标准', 'employee', 'active', 1 FROM members WHERE id NOT IN (SELECT memberId FROM guides) LIMIT 1`,
      ),
    );
    const taken = await call<{ type: string }>('PUT', '/hq/guides/gde_2/wecom', hq, { wecomUserId: 'chenjing' });
    expect(taken).toMatchObject({ status: 409, body: { type: '/problems/guide-state-conflict' } });
    expect((await call('PUT', '/hq/guides/gde_9/wecom', hq, { wecomUserId: 'x' })).status).toBe(404);
    const entries = await mall.app
      .get(Database)
      .query(`SELECT subject FROM audit_entries WHERE action = 'guide.wecom'`);
    expect(entries).toEqual([{ subject: 'gde_1' }]);
    expect((await call<Page<GuideSummary>>('GET', '/hq/guides', hq)).status).toBe(200);
  });
});

describe.each(ENGINES)('§10 a mall without WeCom [%s]', (engine) => {
  it('has no callback and no code, and says so', async () => {
    const mall = await startTestMall(engine);
    try {
      expect((await fetch(`${mall.apiUrl}/api/wecom/callback`)).status).toBe(404);
      expect((await fetch(`${mall.apiUrl}/api/wecom/callback`, { method: 'POST' })).status).toBe(404);
    } finally {
      await mall.close();
    }
  });
});
