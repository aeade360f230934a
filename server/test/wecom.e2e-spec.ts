import type { GuideSummary } from '@mall/shared/guides';
import type { Me } from '@mall/shared/membership';
import type { Page } from '@mall/shared/paging';
import type { ContactCode, WecomContact } from '@mall/shared/wecom';
import { Bindings } from '../src/distribution/bindings/bindings.public.js';
import { MergeMembers } from '../src/membership/merging/merging.public.js';
import { Database } from '../src/platform/database/database.js';
import { UnitOfWork } from '../src/platform/database/unit-of-work.js';
import { eventually } from '../tools/journey/api-client.js';
import type { Delivery } from '../wechat-emulator/push/callbacks.js';
import { startEmulator } from '../wechat-emulator/start-emulator.js';
import type { Contact } from '../wechat-emulator/wecom/wecom-desk.js';
import { ENGINES } from './support/test-database.js';
import { startTestMall, type TestMall } from './support/test-mall.js';
import { withWecom } from './support/wecom-of-emulator.js';

interface Answer<T> {
  status: number;
  body: T;
}

/** Lately enough for a binding to be valid now. */
const BOUND_AT = performance.timeOrigin - 60_000;

describe.each(ENGINES)('§10 WeCom [%s]', (engine) => {
  let mall: TestMall;
  let hq: string;
  let guide: { id: string; token: string };
  // WeCom counts in seconds: what follows one another in a test must fall into different ones.
  let aheadMs = 0;
  const clock = { now: () => Math.floor(performance.timeOrigin + performance.now()) + aheadMs };
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

  const wecom = () => mall.running.emulator.wecom;
  const pushes = () => mall.running.emulator.wecomPush;
  /** Somebody adds the guide, by a code or without one. */
  const add = (persona: string, configId?: string) =>
    device<Contact>('/device/wecom-add', { persona, userId: 'chenjing', ...(configId && { configId }) });
  const end = (persona: string, by: 'member' | 'customer') =>
    device('/device/wecom-end', { persona, userId: 'chenjing', by });
  const lastDelivery = () => pushes().all().at(-1) as Delivery;
  const ended = (delivery: Delivery) =>
    eventually(
      'that a callback is through',
      async () => delivery.state,
      (state) => state === 'delivered' || state === 'given_up',
    );
  const lately = (ExternalUserID: string) => ({
    Event: 'change_external_contact',
    ChangeType: 'add_external_contact',
    UserID: 'chenjing',
    ExternalUserID,
  });
  const tick = () => {
    aheadMs += 1000;
  };
  const contacts = async (): Promise<WecomContact[]> =>
    (await call<Page<WecomContact>>('GET', '/hq/wecom/contacts?limit=100', hq)).body.items;
  const row = (externalUserId: string) =>
    mall.app
      .get(Database)
      .first<{ id: string; memberId: string | null; unionid: string | null; looks: number }>(
        'SELECT id, memberId, unionid, looks FROM wecom_contacts WHERE externalUserId = ?',
        [externalUserId],
      );
  const contactOf = async (externalUserId: string): Promise<WecomContact | undefined> => {
    const id = (await row(externalUserId))?.id;
    return (await contacts()).find((contact) => contact.id === id);
  };
  const followed = ({ externalUserId }: Contact, test: (contact: WecomContact) => boolean) =>
    eventually(
      'that the contact is followed',
      async () => (await contactOf(externalUserId)) as WecomContact,
      (contact) => contact !== undefined && test(contact),
    );

  beforeAll(async () => {
    mall = await startTestMall(engine, withWecom, clock);
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
  afterAll(() => mall?.close());
  beforeEach(() => {
    aheadMs += 100_000;
    people += 1;
    wecom().isBound = true;
    wecom().nextWelcomes = [];
    pushes().mode = 'deliver';
  });

  /** A person whose valid binding names the guide. */
  async function customer() {
    const persona = `customer-${people}`;
    const found = await person(persona);
    const bindings = mall.app.get(Bindings, { strict: false });
    const change = { expectedSequence: 0, guideId: 'gde_1', storeId: 'str_1', cause: 'join', causeId: null } as const;
    await mall.app
      .get(UnitOfWork)
      .run((tx) => bindings.bind(tx, { ...change, memberId: found.id, at: BOUND_AT, actorId: found.id }));
    return { ...found, persona };
  }

  /** She opens the code of her guide; the code as WeCom knows it. */
  async function openedCode(token: string): Promise<string> {
    const { body } = await call<ContactCode>('POST', '/me/guide/contact-code', token);
    const picture = body.available ? body.codeImageUrl : '';
    expect((await fetch(picture)).headers.get('content-type')).toBe('image/png');
    return /\/wecom\/code\/(\w+)\.png$/.exec(picture)?.[1] ?? '';
  }

  it('answers WeCom’s check of its address, and no check or event of another company', async () => {
    const url = `${mall.apiUrl}/api/wecom/callback`;
    expect(await pushes().check(url)).toBe(true);
    const other = await startEmulator({ clock, wecomPushUrl: url, pushRetryDelaysMs: [] });
    try {
      expect(await other.emulator.wecomPush.check(url)).toBe(false);
      const before = (await contacts()).length;
      other.emulator.wecomPush.send({ ...lately('wm_foreign') });
      const delivery = other.emulator.wecomPush.all()[0] as Delivery;
      await ended(delivery);
      expect(delivery.answers.map(({ status }) => status)).toEqual([401]);
      expect(await contacts()).toHaveLength(before);
    } finally {
      await other.close();
    }
  });

  it('refuses what is forged, has no customer, is no XML or not sealed, and writes nothing', async () => {
    const before = (await contacts()).length;
    pushes().mode = 'hold';
    const { id } = pushes().send(lately('wm_forged'));
    for (const forgery of ['signature', 'body', 'receiver'] as const) {
      expect((await pushes().resend(id, forgery))?.status).toBe(401);
    }
    const { ExternalUserID: _, ...nobody } = lately('wm_forged');
    expect((await pushes().resend(pushes().send(nobody).id, null))?.status).toBe(401);
    for (const body of ['text', '<xml></xml>', '<xml><Encrypt>AAAA</Encrypt></xml>']) {
      const answer = await fetch(`${mall.apiUrl}/api/wecom/callback?msg_signature=0&timestamp=1&nonce=1`, {
        method: 'POST',
        headers: { 'content-type': 'text/xml' },
        body,
      });
      expect(answer.status).toBe(401);
    }
    expect(await contacts()).toHaveLength(before);
    expect((await pushes().resend(id, null))?.status).toBe(200);
    expect(await contacts()).toHaveLength(before + 1);
  });

  it('gives a customer the code of her guide once made, with a state of her own; R2.5: none when she wants no word', async () => {
    expect((await call('PUT', `/hq/guides/${guide.id}/wecom`, hq, { wecomUserId: null })).status).toBe(204);
    const her = await customer();
    const ask = async () => (await call<ContactCode>('POST', '/me/guide/contact-code', her.token)).body;
    expect(await ask()).toEqual({ available: false, reason: 'not_connected' });
    expect((await call('PUT', `/hq/guides/${guide.id}/wecom`, hq, { wecomUserId: 'chenjing' })).status).toBe(204);
    const offer = async () => (await call('GET', '/me/guide/contact-code', her.token)).body;
    expect([await offer(), wecom().allWays()]).toEqual([{ offered: true }, []]);
    const code = await ask();
    expect(code).toMatchObject({ available: true, guideName: '陈静', storeName: '静安店' });
    expect(await ask()).toEqual(code);
    const way = { type: 1, users: ['chenjing'], skipVerify: true, state: expect.stringMatching(/^[2-9A-Z]{20}$/) };
    expect(wecom().allWays()).toEqual([expect.objectContaining(way)]);
    await call('POST', '/me/contact-preference', her.token, { contactPreference: 'hq_only' });
    expect(await ask()).toEqual({ available: false, reason: 'not_wanted' });
    expect(await offer()).toEqual({ offered: false });
    const stranger = await person(`stranger-${people}`);
    const none = await call<ContactCode>('POST', '/me/guide/contact-code', stranger.token);
    expect(none.body).toEqual({ available: false, reason: 'no_guide' });
  });

  it('customer opens the code and adds her guide: linked by unionid, welcomed once, binding left alone, ended by her', async () => {
    const her = await customer();
    const made = await add(her.persona, await openedCode(her.token));
    const { externalUserId } = made;
    const added = lastDelivery();
    const contact = await followed(made, ({ memberId, welcome }) => memberId === her.id && welcome !== 'sending');
    expect(contact).toMatchObject({ linkedBy: 'unionid', guideId: guide.id, welcome: 'sent', endedAt: null });
    expect(contact.addedAt).toBe(Number(added.event.CreateTime) * 1000);
    const welcomes = () =>
      wecom()
        .allWelcomes()
        .filter((one) => one.externalUserId === externalUserId);
    const sent = { sent: { text: { content: expect.stringContaining('静安店的陈静') } } };
    expect(welcomes()).toMatchObject([sent]);
    expect(await row(externalUserId)).toMatchObject({ unionid: her.unionid });

    // WeCom repeats what it has told, and forgers change it.
    const kept = await contacts();
    expect((await pushes().resend(added.id, null))?.status).toBe(200);
    for (const forgery of ['signature', 'body', 'receiver'] as const) {
      expect((await pushes().resend(added.id, forgery))?.status).toBe(401);
    }
    expect([await contacts(), welcomes().length]).toEqual([kept, 1]);
    const bindings = await mall.app.get(Database).query('SELECT id FROM bindings WHERE memberId = ?', [her.id]);
    expect(bindings).toHaveLength(1);

    tick();
    await end(her.persona, 'customer');
    await ended(lastDelivery());
    expect(await contactOf(externalUserId)).toMatchObject({ id: contact.id, memberId: her.id, endedBy: 'customer' });
    expect(await contacts()).toHaveLength(kept.length);
  });

  it('links by unionid whatever the state says: a code that was passed on names the friend who used it', async () => {
    const her = await customer();
    const friend = await person(`friend-${people}`);
    const added = await add(`friend-${people}`, await openedCode(her.token));
    const contact = await followed(added, ({ memberId }) => memberId !== null);
    expect(contact).toMatchObject({ memberId: friend.id, linkedBy: 'unionid' });
    tick();
    const { externalUserId } = await add(`nobody-${people}`, await openedCode(her.token));
    const looked = await eventually(
      'that somebody looked who it is',
      () => row(externalUserId),
      (found) => (found?.looks ?? 0) > 0,
    );
    const { unionid } = mall.running.emulator.personas.named(`nobody-${people}`) ?? {};
    expect(looked).toMatchObject({ memberId: null, unionid });
  });

  it('links by the state of her own code while WeCom tells no unionid, with a token that was replaced meanwhile', async () => {
    wecom().isBound = false;
    const her = await customer();
    const code = await openedCode(her.token);
    mall.running.emulator.wecomTokens.issue(true);
    const contact = await followed(await add(her.persona, code), ({ memberId }) => memberId !== null);
    expect(contact).toMatchObject({ memberId: her.id, linkedBy: 'state' });
  });

  it('sends a welcome again when another application sends (41096), and never after 41051', async () => {
    wecom().nextWelcomes = [41096, 0];
    await followed(await add(`busy-${people}`), ({ welcome }) => welcome === 'sent');
    expect(wecom().nextWelcomes).toEqual([]);
    tick();
    wecom().nextWelcomes = [41051, 0];
    await followed(await add(`chatting-${people}`), ({ welcome }) => welcome === 'refused');
    expect(wecom().nextWelcomes).toEqual([0]);
  });

  it('sends no welcome where the company’s console greets and so WeCom gives no code', async () => {
    wecom().hasConsoleGreeting = true;
    const { externalUserId } = await add(`greeted-${people}`);
    await ended(lastDelivery());
    wecom().hasConsoleGreeting = false;
    expect(await contactOf(externalUserId)).toMatchObject({ welcome: 'none' });
  });

  it('keeps history: ended by the customer, begun again without a state, and an end that is told before its beginning', async () => {
    const her = await customer();
    const code = await openedCode(her.token);
    const { externalUserId: again } = await add(her.persona, code);
    await ended(lastDelivery());
    tick();
    await end(her.persona, 'customer');
    await ended(lastDelivery());
    tick();
    await add(her.persona, code);
    await ended(lastDelivery());
    pushes().mode = 'hold';
    const { externalUserId: late } = await add(`late-${people}`);
    tick();
    await end(`late-${people}`, 'member');
    const [began, over] = pushes().all().slice(-2);
    for (const one of [over, began]) expect((await pushes().resend(one?.id ?? '', null))?.status).toBe(200);

    const at = pushes()
      .all()
      .slice(-5)
      .map(({ event }) => Number(event.CreateTime) * 1000);
    const rows = await mall.app
      .get(Database)
      .query(
        'SELECT addedAt, endedAt, endedBy, state FROM wecom_contacts WHERE externalUserId IN (?, ?) ORDER BY addedAt, id',
        [again, late],
      );
    expect(rows).toEqual([
      { addedAt: at[0], endedAt: at[1], endedBy: 'customer', state: wecom().way(code)?.state },
      { addedAt: at[2], endedAt: null, endedBy: null, state: '' },
      { addedAt: at[3], endedAt: at[4], endedBy: 'guide', state: '' },
    ]);
  });

  it('gives contacts and codes of a merged member to the entry that stays (R2.1)', async () => {
    const her = await customer();
    const added = await add(her.persona);
    await followed(added, ({ memberId }) => memberId === her.id);
    await call<ContactCode>('POST', '/me/guide/contact-code', her.token);
    const other = await person(`other-${people}`);
    await mall.app.get(UnitOfWork).run(async (tx) => {
      await tx.execute('UPDATE members SET joinedAt = 1 WHERE id = ?', [other.id]);
      await mall.app.get(MergeMembers, { strict: false }).execute(tx, her.id, other.id, 'hq');
    });
    expect(await contactOf(added.externalUserId)).toMatchObject({ memberId: other.id });
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
