import { EventType } from '@mall/shared/events';
import { Logger } from '@nestjs/common';
import { ENGINES, openTestDatabase, type TestDatabase } from '../../../test/support/test-database.js';
import { WallClock } from '../clock/wall-clock.js';
import type { Tx } from '../database/tx.js';
import type { EventHandler, EventHandlerRegistry, NamedHandler, OutboxEvent } from './event-handler.js';
import { HandledEventEntity } from './handled-event.entity.js';
import { Outbox } from './outbox.js';
import { OutboxRelay } from './relay.js';

class HandClock extends WallClock {
  at = 1_000_000;
  override now(): number {
    return this.at;
  }
}

class Recorder implements EventHandler<'member.joined'> {
  readonly seen: string[] = [];
  failures = 0;

  async handle(tx: Tx, event: OutboxEvent<'member.joined'>): Promise<void> {
    await tx.query('SELECT 1 AS one');
    if (this.failures > 0) {
      this.failures -= 1;
      throw new Error('not now');
    }
    this.seen.push(`${event.streamId}:${event.payload.at}`);
  }
}

describe.each(ENGINES)('outbox and relay [%s]', (engine) => {
  let test: TestDatabase;
  let clock: HandClock;
  let outbox: Outbox;
  let recorder: Recorder;
  let handlerCount = 0;
  beforeAll(async () => {
    // Failures are what these tests make.
    Logger.overrideLogger(false);
    test = await openTestDatabase(engine);
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    await test.unitOfWork.run((tx) => tx.execute("UPDATE outbox_events SET state = 'done'"));
    clock = new HandClock();
    outbox = new Outbox(clock);
    recorder = new Recorder();
    handlerCount += 1;
  });

  const relay = (...more: EventHandler[]): OutboxRelay => {
    const named: NamedHandler[] = [recorder as EventHandler, ...more].map((handler, index) => ({
      name: `test-${handlerCount}-${index}`,
      handler,
    }));
    const registry = { handlersOf: () => named } as unknown as EventHandlerRegistry;
    return new OutboxRelay(test.unitOfWork, test.database, registry, clock);
  };
  const add = (streamId: string, at: number): Promise<void> =>
    test.unitOfWork.run((tx) => outbox.add(tx, EventType.MemberJoined, streamId, at, { memberId: streamId, at }));

  it('tells nothing of a transaction that was rolled back (D19)', async () => {
    const rolledBack = test.unitOfWork.run(async (tx) => {
      await outbox.add(tx, EventType.MemberJoined, 'rolled', 1, { memberId: 'rolled', at: 1 });
      throw new Error('undone');
    });
    await expect(rolledBack).rejects.toThrow('undone');
    await relay().drain();
    expect(recorder.seen).toEqual([]);
  });

  it('tells a committed event to a relay that starts later (D19)', async () => {
    await add(`late-${handlerCount}`, 7);
    await relay().drain();
    expect(recorder.seen).toEqual([`late-${handlerCount}:7`]);
  });

  it('keeps the events of one stream in order, even when an early one fails at first', async () => {
    const stream = `ordered-${handlerCount}`;
    for (const at of [1, 2, 3]) await add(stream, at);
    recorder.failures = 2;
    await relay().drain();
    expect(recorder.seen).toEqual([]);
    for (let round = 0; round < 4; round += 1) {
      clock.at += 3_600_000;
      await relay().drain();
    }
    expect(recorder.seen).toEqual([`${stream}:1`, `${stream}:2`, `${stream}:3`]);
  });

  it('lets other streams pass one that fails', async () => {
    const blocked = `blocked-${handlerCount}`;
    await add(blocked, 1);
    await add(`free-${handlerCount}`, 1);
    const picky: EventHandler = {
      handle: async (_, event) => {
        if (event.streamId === blocked) throw new Error('never');
      },
    };
    await relay(picky).drain();
    expect(recorder.seen.sort()).toEqual([`${blocked}:1`, `free-${handlerCount}:1`]);
    const row = await test.database.first<{ attempts: number; lastError: string }>(
      'SELECT attempts, lastError FROM outbox_events WHERE streamId = ?',
      [blocked],
    );
    expect(row).toMatchObject({ attempts: 1, lastError: 'Error: never' });
  });

  it('remembers of a refused insert the key, not the values', async () => {
    await add(`secret-${handlerCount}`, 1);
    const inserting: EventHandler = {
      handle: async (tx) => {
        const row = { handlerName: '林小雨', eventId: '13800138000', handledAt: 1 };
        await tx.insert(HandledEventEntity, row);
        await tx.insert(HandledEventEntity, row);
      },
    };
    await relay(inserting).drain();
    const row = await test.database.first<{ lastError: string }>(
      'SELECT lastError FROM outbox_events WHERE streamId = ?',
      [`secret-${handlerCount}`],
    );
    expect(row?.lastError).toMatch(engine === 'sqlite' ? /UNIQUE constraint failed/ : /Duplicate entry '…' for key/);
    expect(row?.lastError).not.toMatch(/林小雨|13800138000/);
  });

  it('lets each handler handle an event once, though another handler fails and the event comes again', async () => {
    const stream = `once-${handlerCount}`;
    await add(stream, 1);
    let failures = 2;
    const failing: EventHandler = {
      handle: async () => {
        failures -= 1;
        if (failures >= 0) throw new Error('again');
      },
    };
    const both = relay(failing);
    for (let round = 0; round < 4; round += 1) {
      await both.drain();
      clock.at += 3_600_000;
    }
    expect(recorder.seen).toEqual([`${stream}:1`]);
    expect(failures).toBe(-1);
  });

  it('handles each event once when several relays race', async () => {
    const streams = Array.from({ length: 12 }, (_, index) => `race-${handlerCount}-${index}`);
    for (const stream of streams) await add(stream, 1);
    const first = relay();
    await Promise.all([first.drain(), relay().drain(), relay().drain()]);
    expect([...recorder.seen].sort()).toEqual(streams.map((stream) => `${stream}:1`).sort());
  });

  it('lets transactions that take the position of one stream at once all succeed, each with a position of its own', async () => {
    const stream = `clash-${handlerCount}`;
    let waiting = 0;
    await Promise.all(
      [1, 2, 3, 4, 5, 6].map((at) =>
        test.unitOfWork.run(async (tx) => {
          await outbox.add(tx, EventType.MemberJoined, stream, at, { memberId: stream, at });
          waiting += 1;
          // The position is taken until the commit; the others come meanwhile.
          await new Promise((resolve) => setTimeout(resolve, 30));
        }),
      ),
    );
    expect(waiting).toBeGreaterThanOrEqual(6);
    const rows = await test.database.query<{ streamPosition: number }>(
      'SELECT streamPosition FROM outbox_events WHERE streamId = ? ORDER BY streamPosition',
      [stream],
    );
    expect(rows.map(({ streamPosition }) => streamPosition)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('takes over an event whose relay died, when the lease has run out', async () => {
    const stream = `lease-${handlerCount}`;
    await add(stream, 1);
    await test.unitOfWork.run((tx) =>
      tx.execute('UPDATE outbox_events SET leaseUntil = ?, leaseOwner = ? WHERE streamId = ?', [
        clock.at + 60_000,
        'dead',
        stream,
      ]),
    );
    await relay().drain();
    expect(recorder.seen).toEqual([]);
    clock.at += 60_001;
    await relay().drain();
    expect(recorder.seen).toEqual([`${stream}:1`]);
  });
});
