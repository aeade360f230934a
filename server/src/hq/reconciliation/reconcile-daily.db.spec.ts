import { Logger } from '@nestjs/common';
import { ENGINES, openTestDatabase, type TestDatabase } from '../../../test/support/test-database.js';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { WallClock } from '../../platform/clock/wall-clock.js';
import type { ReadSnapshots } from '../../platform/database/read-snapshot.js';
import type { Reader } from '../../platform/database/tx.js';
import { ReconcileDaily } from './reconcile-daily.job.js';
import { RunReconciliation } from './run-reconciliation.service.js';

const HOUR_MS = 3_600_000;
/** 2026-11-22 00:00 in Shanghai. */
const MIDNIGHT = Date.UTC(2026, 10, 21, 16);

class SetClock extends WallClock {
  at = MIDNIGHT;
  override now(): number {
    return this.at;
  }
}

describe.each(ENGINES)('the daily reconciliation (R5.7) [%s]', (engine) => {
  let test: TestDatabase;
  let clock: SetClock;
  let alarms: jest.SpyInstance;
  beforeEach(async () => {
    test = await openTestDatabase(engine);
    clock = new SetClock();
    alarms = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
  });
  afterEach(() => {
    alarms.mockRestore();
    return test.close();
  });

  /** As another process has it: nothing is shared but the database. */
  function worker(read = (body: (reader: Reader) => Promise<unknown>): Promise<unknown> => body(test.database)) {
    const business = new BusinessClock(clock);
    const snapshots = { run: read } as unknown as ReadSnapshots;
    return new ReconcileDaily(business, clock, new RunReconciliation(snapshots, test.unitOfWork, business, clock));
  }
  const runs = () =>
    test.database.query<{ businessDay: string | null; finishedAt: number | null; differences: number }>(
      'SELECT businessDay, finishedAt, differences FROM reconciliation_runs ORDER BY id',
    );

  it('runs once a business day, from 03:00 in Shanghai, however many workers there are', async () => {
    const workers = Array.from({ length: 5 }, () => worker());
    const all = (): Promise<number[]> => Promise.all(workers.map((each) => each.run()));
    clock.at = MIDNIGHT + 3 * HOUR_MS - 1;
    expect(await all()).toEqual([0, 0, 0, 0, 0]);
    clock.at += 1;
    expect((await all()).sort()).toEqual([0, 0, 0, 0, 1]);
    clock.at += 20 * HOUR_MS;
    expect(await all()).toEqual([0, 0, 0, 0, 0]);
    clock.at += 4 * HOUR_MS;
    expect((await all()).sort()).toEqual([0, 0, 0, 0, 1]);
    expect((await runs()).map(({ businessDay }) => businessDay)).toEqual(['2026-11-22', '2026-11-23']);
    expect(alarms).not.toHaveBeenCalled();
  });

  it('raises the alarm with both rows over a single fen', async () => {
    await test.unitOfWork.run((tx) =>
      tx.execute(`INSERT INTO ledger_balances VALUES ('guide:gde_x:available', 'guide', 'gde_x', 'available', 1)`),
    );
    clock.at += 4 * HOUR_MS;
    await worker().run();
    expect(await runs()).toEqual([expect.objectContaining({ differences: 1, finishedAt: clock.at })]);
    expect(alarms).toHaveBeenCalledWith(
      expect.objectContaining({
        message: 'reconciliation found differences',
        differences: 1,
        checks: { 'ledger-balances': 1 },
        first: [expect.objectContaining({ differenceFen: 1, left: expect.objectContaining({ amountFen: 1 }) })],
      }),
    );
  });

  it('is taken over an hour after its process ended, and given up at once at a shutdown', async () => {
    clock.at += 4 * HOUR_MS;
    const broken = worker(() => Promise.reject(new Error('the process ended')));
    await expect(broken.run()).rejects.toThrow('the process ended');
    const other = worker();
    expect(await other.run()).toBe(0);
    clock.at += HOUR_MS + 1;
    expect(await other.run()).toBe(1);
    clock.at += 24 * HOUR_MS;
    const stopping = AbortSignal.abort();
    await expect(worker().run(stopping)).rejects.toThrow();
    expect(await runs()).toHaveLength(1);
    expect(await worker().run()).toBe(1);
    expect((await runs()).every(({ finishedAt }) => finishedAt !== null)).toBe(true);
  });
});
