import { ENGINES, openTestDatabase, type TestDatabase } from '../../../test/support/test-database.js';
import { SessionEntity } from '../auth/session.entity.js';
import { WallClock } from '../clock/wall-clock.js';
import { IdempotencyKeyEntity } from '../http/idempotency-key.entity.js';
import { HandledEventEntity } from '../outbox/handled-event.entity.js';
import { OutboxEventEntity } from '../outbox/outbox-event.entity.js';
import { ForgetExpired } from './forget-expired.job.js';

const DAY = 86_400_000;
const NOW = 1_000 * DAY;

class HandClock extends WallClock {
  at = NOW;
  override now(): number {
    return this.at;
  }
}

describe.each(ENGINES)('forgetting what nothing asks for any more [%s]', (engine) => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await openTestDatabase(engine);
  }, 60_000);
  afterAll(() => test.close());
  beforeEach(async () => {
    for (const table of ['sessions', 'idempotency_keys', 'wechat_pushes', 'outbox_events', 'outbox_handled'])
      await test.unitOfWork.run((tx) => tx.execute(`DELETE FROM ${table}`));
  });

  const ids = async (column: string, table: string): Promise<string[]> =>
    (await test.database.query<{ id: string }>(`SELECT ${column} AS id FROM ${table} ORDER BY ${column}`)).map(
      ({ id }) => id,
    );
  const session = (id: string, expiresAt: number): SessionEntity => ({
    id,
    tokenHash: id,
    actorKind: 'member',
    subjectId: 'mem_1',
    createdAt: expiresAt - 7 * DAY,
    expiresAt,
    endedAt: null,
  });
  const key = (idempotencyKey: string, createdAt: number): IdempotencyKeyEntity => ({
    actorId: 'mem_1',
    operation: 'test',
    idempotencyKey,
    bodyHash: 'x',
    resultId: 'x',
    createdAt,
  });
  const event = (id: string, state: string, recordedAt: number): OutboxEventEntity => ({
    id,
    eventType: 'member.joined',
    streamId: id,
    streamPosition: 1,
    payloadJson: '{}',
    occurredAt: recordedAt,
    recordedAt,
    state,
    attempts: 0,
    nextAttemptAt: 0,
    leaseUntil: 0,
    leaseOwner: null,
    lastError: null,
  });

  it('deletes sessions, keys and marks of WeChat’s pushes after 30 days, told events and their marks after 90, and nothing that is younger', async () => {
    await test.unitOfWork.run(async (tx) => {
      await tx.insert(SessionEntity, [session('old', NOW - 30 * DAY - 1), session('young', NOW - 30 * DAY)]);
      await tx.insert(IdempotencyKeyEntity, [key('old', NOW - 30 * DAY - 1), key('young', NOW - 30 * DAY)]);
      const push = 'INSERT INTO wechat_pushes (id, event, receivedAt) VALUES (?, ?, ?), (?, ?, ?)';
      await tx.execute(push, ['old', 'x', NOW - 30 * DAY - 1, 'young', 'x', NOW - 30 * DAY]);
      const old = NOW - 90 * DAY - 1;
      await tx.insert(OutboxEventEntity, [event('old', 'done', old), event('young', 'done', NOW - 90 * DAY)]);
      await tx.insert(OutboxEventEntity, event('waiting', 'pending', old));
      const marks = ['old', 'young', 'waiting'].map((eventId) => ({ handlerName: 'h', eventId, handledAt: old }));
      await tx.insert(HandledEventEntity, marks);
    });
    await new ForgetExpired(test.database, test.unitOfWork, new HandClock()).run();
    expect(await ids('id', 'sessions')).toEqual(['young']);
    expect(await ids('idempotencyKey', 'idempotency_keys')).toEqual(['young']);
    expect(await ids('id', 'wechat_pushes')).toEqual(['young']);
    expect(await ids('id', 'outbox_events')).toEqual(['waiting', 'young']);
    expect(await ids('eventId', 'outbox_handled')).toEqual(['waiting', 'young']);
  });

  it('deletes a bounded batch a run, goes on while batches are full, and then rests for hours', async () => {
    const many = Array.from({ length: 1_100 }, (_, n) => session(`ses_${n}`, 1_000 + n));
    await test.unitOfWork.run((tx) => tx.insert(SessionEntity, many));
    const clock = new HandClock();
    const job = new ForgetExpired(test.database, test.unitOfWork, clock);
    expect([await job.run(), await job.run(), await job.run(), await job.run()]).toEqual([500, 500, 100, 0]);
    await test.unitOfWork.run((tx) => tx.insert(SessionEntity, session('later', 1)));
    expect(await job.run()).toBe(0);
    clock.at += 6 * 3_600_000;
    expect(await job.run()).toBe(1);
  });
});
