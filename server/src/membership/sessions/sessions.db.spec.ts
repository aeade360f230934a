import { OPENING_MS, PeopleApp } from '../../../test/support/people-app.js';
import { ENGINES } from '../../../test/support/test-database.js';

describe.each(ENGINES)('signing in [%s]', (engine) => {
  let app: PeopleApp;
  beforeAll(async () => {
    app = await PeopleApp.open(engine);
  }, OPENING_MS);
  afterAll(() => app.close());

  it('makes a visitor at the first login, who is the same person at the second (R2.1)', async () => {
    const first = await app.signIn('xiaoyu');
    const second = await app.signIn('xiaoyu');
    expect(first.me).toMatchObject({ joinedAt: null, phoneMasked: null, myGuide: null, guide: null });
    expect(second.me.id).toBe(first.me.id);
    expect(second.token).not.toBe(first.token);
  });

  it('makes one member of many simultaneous first logins of one person (R2.1)', async () => {
    const before = await app.count('members');
    const logins = await Promise.all(Array.from({ length: 8 }, () => app.signIn('together')));
    expect(new Set(logins.map(({ me }) => me.id)).size).toBe(1);
    expect(await app.count('members')).toBe(before + 1);
  });

  it('makes one member of two simultaneous first logins through two mini-programs (R2.1)', async () => {
    const before = await app.count('members');
    const names = ['brand1@union-x', 'brand2@union-x', 'brand1@union-x', 'brand2@union-x'];
    const logins = await Promise.all(names.map((name) => app.signIn(name)));
    expect(new Set(logins.map(({ me }) => me.id)).size).toBe(1);
    expect(await app.count('members')).toBe(before + 1);
  });

  it('recognises a unionid under another openid, also when WeChat names it only later (R2.1)', async () => {
    const plain = await app.signIn('late');
    const named = await app.signIn('late@union-late');
    const other = await app.signIn('late2@union-late');
    expect([named.me.id, other.me.id]).toEqual([plain.me.id, plain.me.id]);
  });

  it('keeps two entries apart, and both usable, whose unionid is found to be one', async () => {
    const one = await app.signIn('entry1');
    const two = await app.signIn('entry2@union-e');
    const again = await app.signIn('entry1@union-e');
    expect(again.me.id).toBe(one.me.id);
    expect(two.me.id).not.toBe(one.me.id);
  });

  it.each([
    ['bad', 401, '/problems/wechat-code-invalid'],
    ['blocked', 403, '/problems/wechat-user-blocked'],
    ['slow', 503, '/problems/dependency-unavailable'],
    ['', 422, '/problems/validation-failed'],
  ])('refuses the login code "%s" with %i %s', async (code, status, type) => {
    const answer = await app.call('POST', '/sessions/wechat', { body: { code } });
    expect([answer.status, answer.body.type]).toEqual([status, type]);
  });

  it('ends a session, so that its token opens nothing', async () => {
    const { token } = await app.signIn('leaving');
    expect((await app.call('GET', '/me', { token })).status).toBe(200);
    expect((await app.call('DELETE', '/sessions/current', { token })).status).toBe(204);
    const after = await app.call('GET', '/me', { token });
    expect([after.status, after.body.type]).toEqual([401, '/problems/session-expired']);
  });
});
