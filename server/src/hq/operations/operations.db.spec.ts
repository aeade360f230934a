import { type AuditEntry, HqRole, type StuckEvent } from '@mall/shared/hq';
import type { Page } from '@mall/shared/paging';
import { OPENING_MS, PeopleApp } from '../../../test/support/people-app.js';
import { ENGINES } from '../../../test/support/test-database.js';
import { SessionStore } from '../../platform/auth/session-store.js';
import { OutboxEventEntity } from '../../platform/outbox/outbox-event.entity.js';

describe.each(ENGINES)('stuck events [%s]', (engine) => {
  let app: PeopleApp;
  let owner: string;
  beforeAll(async () => {
    app = await PeopleApp.open(engine);
    owner = await app.hqToken();
    const event = { eventType: 'order.paid', streamPosition: 1, payloadJson: '{"phone":"13800138000"}', occurredAt: 1 };
    const more = { recordedAt: 1, nextAttemptAt: 9_000_000_000_000, leaseUntil: 0, leaseOwner: null };
    const rows: [id: string, state: string, attempts: number][] = [
      ['evt_stuck', 'pending', 3],
      ['evt_young', 'pending', 2],
      ['evt_done', 'done', 5],
    ];
    await app.unitOfWork.run((tx) =>
      tx.insert(
        OutboxEventEntity,
        rows.map(([id, state, attempts]) => ({
          ...event,
          ...more,
          id,
          streamId: id,
          state,
          attempts,
          lastError: 'Error: no stock row',
        })),
      ),
    );
  }, OPENING_MS);
  afterAll(() => app.close());

  async function tokenOf(role: HqRole): Promise<string> {
    const userId = `hqu_${role}`;
    return app.unitOfWork.run(async (tx) => {
      const sql = 'INSERT INTO hq_users (id, username, passwordHash, hqRole, createdAt) VALUES (?, ?, ?, ?, ?)';
      await tx.execute(sql, [userId, role, '-', role, 1]);
      return (await app.nest.get(SessionStore).open(tx, { kind: 'hq', userId })).token;
    });
  }
  const nextAttempt = async (id: string): Promise<number | undefined> =>
    (await app.database.first<{ at: number }>('SELECT nextAttemptAt AS at FROM outbox_events WHERE id = ?', [id]))?.at;

  it('B4: shows the events that failed three times and still wait, without what they hold', async () => {
    const { status, body } = await app.call<StuckEvent[]>('GET', '/hq/outbox/stuck', { token: owner });
    expect(status).toBe(200);
    expect(body).toEqual([
      {
        id: 'evt_stuck',
        type: 'order.paid',
        streamId: 'evt_stuck',
        attempts: 3,
        ageMs: expect.any(Number),
        nextAttemptAt: 9_000_000_000_000,
        lastError: 'Error: no stock row',
      },
    ]);
  });

  it('B4: lets the auditor look, and only the owner have one tried again', async () => {
    const token = await tokenOf(HqRole.Auditor);
    expect((await app.call('GET', '/hq/outbox/stuck', { token })).status).toBe(200);
    expect((await app.call('POST', '/hq/outbox/evt_stuck/retry', { token })).status).toBe(403);
    expect((await app.call('GET', '/hq/outbox/stuck', { token: (await app.signIn('curious')).token })).status).toBe(
      403,
    );
    expect(await nextAttempt('evt_stuck')).toBe(9_000_000_000_000);
  });

  it('B4: makes a stuck event due at once and writes who did it', async () => {
    expect((await app.call('POST', '/hq/outbox/evt_stuck/retry', { token: owner })).status).toBe(204);
    expect(await nextAttempt('evt_stuck')).toBe(0);
    const log = await app.call<Page<AuditEntry>>('GET', '/hq/audit-log?subject=evt_stuck', { token: owner });
    expect(log.body.items).toEqual([
      expect.objectContaining({
        actor: 'admin',
        action: 'outbox.retry',
        old: expect.objectContaining({ attempts: 3 }),
      }),
    ]);
  });

  it.each(['evt_done', 'evt_nobody'])('B4: answers 404 for %s, which does not wait', async (id) => {
    expect((await app.call('POST', `/hq/outbox/${id}/retry`, { token: owner })).status).toBe(404);
    expect(await app.count('audit_entries', 'subject = ?', [id])).toBe(0);
  });
});
