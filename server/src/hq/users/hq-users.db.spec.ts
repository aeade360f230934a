import type { AuditEntry, HqSessionResponse } from '@mall/shared/hq';
import type { Page } from '@mall/shared/paging';
import { HQ_PASSWORD, OPENING_MS, PeopleApp } from '../../../test/support/people-app.js';
import { ENGINES } from '../../../test/support/test-database.js';
import { WallClock } from '../../platform/clock/wall-clock.js';
import { ProblemError } from '../../platform/http/problem.js';
import { EnsureFirstHqUser } from './ensure-first-hq-user.service.js';
import { LoginLimits } from './login-limits.js';
import { ResetHqPassword } from './reset-hq-password.service.js';

describe.each(ENGINES)('HQ users [%s]', (engine) => {
  let app: PeopleApp;
  beforeAll(async () => {
    app = await PeopleApp.open(engine);
  }, OPENING_MS);
  afterAll(() => app.close());

  const login = (username: string, password: string) =>
    app.call<HqSessionResponse & { type: string }>('POST', '/hq/sessions', { body: { username, password } });

  it('makes the first user, the owner, and lets her in', async () => {
    const { status, body } = await login('admin', HQ_PASSWORD);
    expect(status).toBe(201);
    expect(body.user).toMatchObject({ username: 'admin', role: 'owner' });
    expect((await login(' ADMIN ', HQ_PASSWORD)).body.user.id).toBe(body.user.id);
    expect((await app.call('DELETE', '/hq/sessions/current', { token: body.token })).status).toBe(204);
    expect((await app.call('GET', '/hq/audit-log', { token: body.token })).status).toBe(401);
  }, 30_000);

  it('makes one first user when two processes start at once, and none when there is one', async () => {
    const first = app.nest.get(EnsureFirstHqUser, { strict: false });
    await first.execute();
    expect(await app.count('hq_users')).toBe(1);
    await app.unitOfWork.run((tx) => tx.execute('DELETE FROM hq_users'));
    await Promise.all([first.execute(), first.execute()]);
    expect(await app.count('hq_users', "username = 'admin'")).toBe(1);
  }, 30_000);

  it('A9: takes the role from the user at every request, not from the sign-in', async () => {
    const { token } = (await login('admin', HQ_PASSWORD)).body;
    const set = (sql: string, value: string | number | null) =>
      app.unitOfWork.run((tx) => tx.execute(`UPDATE hq_users SET ${sql} = ? WHERE username = 'admin'`, [value]));
    const read = async () => {
      const { status, body } = await app.call('GET', '/hq/audit-log', { token });
      return [status, body.type];
    };
    expect(await read()).toEqual([200, undefined]);
    await set('hqRole', 'operator');
    expect(await read()).toEqual([403, '/problems/forbidden']);
    await set('hqRole', 'auditor');
    expect(await read()).toEqual([200, undefined]);
    await set('disabledAt', 1);
    expect(await read()).toEqual([401, '/problems/session-expired']);
    await set('disabledAt', null);
    await set('hqRole', 'owner');
    expect(await read()).toEqual([200, undefined]);
    await app.unitOfWork.run((tx) => tx.execute('UPDATE hq_users SET id = ? WHERE username = ?', ['hqu_x', 'admin']));
    expect(await read()).toEqual([401, '/problems/session-expired']);
  }, 30_000);

  it('answers a wrong password and an unknown name alike', async () => {
    const wrong = await login('admin', 'guess');
    const unknown = await login('nobody', 'guess');
    for (const { status, body } of [wrong, unknown]) {
      expect([status, body.type]).toEqual([401, '/problems/bad-credentials']);
    }
    const shape = ({ body }: { body: object }) => ({ ...body, instance: '' });
    expect(shape(wrong)).toEqual(shape(unknown));
  }, 30_000);

  it('takes no password of 201 characters, since a hash of anything costs', async () => {
    expect((await login('admin', 'x'.repeat(201))).status).toBe(422);
  });

  it('lets five of thirty simultaneous guesses at one name be looked at, whatever their addresses', async () => {
    const limits = app.nest.get(LoginLimits, { strict: false });
    const outcomes = await Promise.allSettled(Array.from({ length: 30 }, () => limits.charge('victim')));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect((outcome.reason as ProblemError).type).toBe('/problems/rate-limited');
    }
    await expect(limits.charge('somebody-else')).resolves.toBeUndefined();
  });

  it('lets a name rest longer after each further failure, and forgets after a success', async () => {
    const limits = app.nest.get(LoginLimits, { strict: false });
    const wall = app.nest.get(WallClock);
    const start = wall.now();
    const now = jest.spyOn(wall, 'now').mockReturnValue(start);
    try {
      for (let n = 0; n < 5; n += 1) await limits.charge('resting');
      now.mockReturnValue(start + 29_999);
      await expect(limits.charge('resting')).rejects.toBeInstanceOf(ProblemError);
      now.mockReturnValue(start + 30_000);
      await limits.charge('resting');
      now.mockReturnValue(start + 89_999);
      await expect(limits.charge('resting')).rejects.toBeInstanceOf(ProblemError);
      await limits.forget('resting');
      await expect(limits.charge('resting')).resolves.toBeUndefined();
    } finally {
      now.mockRestore();
    }
  });

  it('resets a password: the old one and every session end', async () => {
    const { body } = await login('admin', HQ_PASSWORD);
    const reset = app.nest.get(ResetHqPassword, { strict: false });
    expect(await reset.execute('nobody-at-all', 'new password')).toBe(false);
    expect(await reset.execute('Admin', 'new password')).toBe(true);
    expect((await app.call('GET', '/hq/stores', { token: body.token })).status).toBe(401);
    expect((await login('admin', HQ_PASSWORD)).status).toBe(401);
    expect((await login('admin', 'new password')).status).toBe(201);
    expect(await reset.execute('admin', HQ_PASSWORD)).toBe(true);
  }, 60_000);

  it('opens no session with a password that was reset while it was verified', async () => {
    const reset = app.nest.get(ResetHqPassword, { strict: false });
    const limits = app.nest.get(LoginLimits, { strict: false });
    const forget = limits.forget.bind(limits);
    const meanwhile = jest.spyOn(limits, 'forget').mockImplementation(async (username) => {
      expect(await reset.execute(username, 'another password')).toBe(true);
      return forget(username);
    });
    const { status, body } = await login('admin', HQ_PASSWORD);
    meanwhile.mockRestore();
    expect([status, body.type]).toEqual([401, '/problems/bad-credentials']);
    expect((await login('admin', 'another password')).status).toBe(201);
    expect(await reset.execute('admin', HQ_PASSWORD)).toBe(true);
  }, 60_000);

  it('shows the audit log to the owner, by subject and page by page', async () => {
    const hq = await app.hqToken();
    const ids = [await app.openStore(hq, 'AA-1'), await app.openStore(hq, 'AA-2'), await app.openStore(hq, 'AA-3')];
    const read = (query: string) => app.call<Page<AuditEntry>>('GET', `/hq/audit-log?${query}`, { token: hq });
    const one = (await read(`subject=${ids[1]}`)).body;
    expect(one.items).toEqual([
      expect.objectContaining({ actor: 'admin', action: 'store.open', subject: ids[1], old: null }),
    ]);
    expect(one.items[0]?.new).toMatchObject({ code: 'AA-2' });
    const first = (await read('limit=2')).body;
    const second = (await read(`limit=2&cursor=${first.nextCursor}`)).body;
    expect([...first.items, ...second.items].slice(0, 3).map(({ subject }) => subject)).toEqual([...ids].reverse());
  }, 30_000);

  it('shows the audit log to no customer', async () => {
    const { token } = await app.signIn('curious');
    expect((await app.call('GET', '/hq/audit-log', { token })).status).toBe(403);
    expect((await app.call('GET', '/hq/audit-log')).status).toBe(401);
  });

  it('limits sign-ins by address', async () => {
    const answers = await Promise.all(Array.from({ length: 24 }, (_, n) => login(`x${n}`, '')));
    expect(answers.map(({ status }) => status)).toContain(429);
  });
});
