import { ENGINES, openTestDatabase, type TestDatabase } from '../../../test/support/test-database.js';
import { HandledEventEntity } from '../outbox/handled-event.entity.js';
import { RetryTransaction } from './database-errors.js';

describe.each(ENGINES)('unit of work [%s]', (engine) => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await openTestDatabase(engine);
  });
  afterAll(() => test.close());

  const row = (eventId: string) => ({ handlerName: 'h', eventId, handledAt: 7 });
  const count = async (): Promise<number> =>
    (await test.database.first<{ n: number }>('SELECT COUNT(*) AS n FROM outbox_handled'))?.n ?? -1;

  it('keeps nothing of a body that throws', async () => {
    const before = await count();
    const failing = test.unitOfWork.run(async (tx) => {
      await tx.insert(HandledEventEntity, row('evt_thrown'));
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await count()).toBe(before);
  });

  it('hides uncommitted rows from readers', async () => {
    const before = await count();
    await test.unitOfWork.run(async (tx) => {
      await tx.insert(HandledEventEntity, row('evt_hidden'));
      expect(await count()).toBe(before);
    });
    expect(await count()).toBe(before + 1);
  });

  it('keeps concurrent transactions apart', async () => {
    const before = await count();
    const results = await Promise.allSettled(
      Array.from({ length: 12 }, (_, index) =>
        test.unitOfWork.run(async (tx) => {
          await tx.insert(HandledEventEntity, row(`evt_many_${index}`));
          await new Promise((resolve) => setTimeout(resolve, 2));
          if (index % 3 === 0) throw new Error('rolled back');
        }),
      ),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(8);
    expect(await count()).toBe(before + 8);
  });

  it('runs the whole body again in a new transaction after a deadlock (D18)', async () => {
    const before = await count();
    let runs = 0;
    await test.unitOfWork.run(async (tx) => {
      runs += 1;
      await tx.insert(HandledEventEntity, row('evt_retried'));
      if (runs < 3) throw Object.assign(new Error('deadlock'), { errno: 1213 });
    });
    expect(runs).toBe(3);
    expect(await count()).toBe(before + 1);
  });

  it('D18: of two transactions that deadlock, both end whole: nothing of the victim is lost or half done', async () => {
    await test.unitOfWork.run((tx) => tx.insert(HandledEventEntity, [row('evt_left'), row('evt_right')]));
    let runs = 0;
    const inOrder = (own: string, first: string, second: string): Promise<void> =>
      test.unitOfWork.run(async (tx) => {
        runs += 1;
        const add = (eventId: string) =>
          tx.execute('UPDATE outbox_handled SET handledAt = handledAt + 1 WHERE eventId = ? AND handlerName = ?', [
            eventId,
            'h',
          ]);
        await tx.insert(HandledEventEntity, row(own));
        await add(first);
        // Long enough that the other one holds what this one wants next.
        await new Promise((resolve) => setTimeout(resolve, 100));
        await add(second);
      });
    await Promise.all([inOrder('evt_there', 'evt_left', 'evt_right'), inOrder('evt_back', 'evt_right', 'evt_left')]);
    const rows = await test.database.query<{ eventId: string; handledAt: number }>(
      `SELECT eventId, handledAt FROM outbox_handled WHERE eventId IN ('evt_left', 'evt_right', 'evt_there', 'evt_back')
       ORDER BY eventId`,
    );
    expect(rows.map(({ eventId, handledAt }) => [eventId, handledAt])).toEqual([
      ['evt_back', 7],
      ['evt_left', 9],
      ['evt_right', 9],
      ['evt_there', 7],
    ]);
    // SQLite has one writer at a time: there the two queue and never meet.
    expect(runs).toBe(engine === 'sqlite' ? 2 : 3);
  });

  it('runs the whole body again for whoever asks for a new transaction, and gives up after ten', async () => {
    const before = await count();
    let runs = 0;
    await test.unitOfWork.run(async (tx) => {
      runs += 1;
      await tx.insert(HandledEventEntity, row('evt_asked_again'));
      if (runs < 3) throw new RetryTransaction('a race was lost');
    });
    expect([runs, await count()]).toEqual([3, before + 1]);
    const never = test.unitOfWork.run(() => {
      runs += 1;
      return Promise.reject(new RetryTransaction('lost again'));
    });
    await expect(never).rejects.toThrow('lost again');
    expect(runs).toBe(13);
  }, 20_000);

  it('refuses a unit of work inside another', async () => {
    await expect(test.unitOfWork.run(() => test.unitOfWork.run(async () => 1))).rejects.toThrow('inside another');
  });

  it('says which insert met a unique key and lets the transaction go on', async () => {
    const outcome = await test.unitOfWork.run(async (tx) => {
      const first = await tx.insertOnce(HandledEventEntity, row('evt_once'));
      const second = await tx.insertOnce(HandledEventEntity, row('evt_once'));
      await tx.insert(HandledEventEntity, row('evt_after'));
      return [first, second];
    });
    expect(outcome).toEqual([true, false]);
    expect(await test.database.first('SELECT * FROM outbox_handled WHERE eventId = ?', ['evt_after'])).not.toBeNull();
  });

  it('tells keys of different case apart', async () => {
    await test.unitOfWork.run(async (tx) => {
      expect(await tx.insertOnce(HandledEventEntity, row('evt_case'))).toBe(true);
      expect(await tx.insertOnce(HandledEventEntity, row('EVT_CASE'))).toBe(true);
    });
  });

  it('gives numbers back as numbers, sums too', async () => {
    await test.unitOfWork.run(async (tx) => {
      await tx.insert(HandledEventEntity, { ...row('evt_sum_1'), handlerName: 'sums', handledAt: 11 });
      await tx.insert(HandledEventEntity, { ...row('evt_sum_2'), handlerName: 'sums', handledAt: 2_000_000_000_003 });
    });
    const found = await test.database.first<{ s: unknown; t: unknown }>(
      `SELECT SUM(handledAt) AS s, MAX(handledAt) AS t FROM outbox_handled WHERE handlerName = 'sums'`,
    );
    expect(found).toEqual({ s: 2_000_000_000_014, t: 2_000_000_000_003 });
  });
});
