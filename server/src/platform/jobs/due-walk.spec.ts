import { Logger } from '@nestjs/common';
import { WallClock } from '../clock/wall-clock.js';
import { type Due, DueWalk, type Step } from './due-walk.js';

class HandClock extends WallClock {
  at = 1_000_000;
  override now(): number {
    return this.at;
  }
}

describe('a walk through what is due', () => {
  let clock: HandClock;
  let rows: Due[];
  let tried: string[];
  let logged: unknown[];
  beforeEach(() => {
    clock = new HandClock();
    tried = [];
    logged = [];
    jest.spyOn(Logger.prototype, 'error').mockImplementation((line: unknown) => logged.push(line));
  });
  afterEach(() => jest.restoreAllMocks());

  const due = (count: number): Due[] =>
    Array.from({ length: count }, (_, n) => ({ id: `row-${String(n).padStart(3, '0')}`, dueAt: Math.floor(n / 2) }));
  /** Pages of two, as SQL would give them. */
  const next = async (after: Due): Promise<Due[]> =>
    rows.filter(({ id, dueAt }) => dueAt > after.dueAt || (dueAt === after.dueAt && id > after.id)).slice(0, 2);
  const work = (outcome: (id: string) => Step, signal?: AbortSignal) => ({
    next,
    signal,
    act: async ({ id }: Due): Promise<Step> => {
      tried.push(id);
      const step = outcome(id);
      if (step === 'done') rows = rows.filter((row) => row.id !== id);
      return step;
    },
  });
  const poison = (): Step => {
    throw new Error('poisoned');
  };

  it('A7: goes on after a row that fails, and logs its id', async () => {
    rows = due(5);
    const walk = new DueWalk('test', clock);
    expect(await walk.run(work((id) => (id === 'row-000' ? poison() : 'done')))).toBe(4);
    expect(tried).toEqual(['row-000', 'row-001', 'row-002', 'row-003', 'row-004']);
    expect(logged).toEqual([expect.objectContaining({ job: 'test', id: 'row-000', error: expect.any(Error) })]);
  });

  it('A7: lets a failing row rest, longer after each try, and tries it again then', async () => {
    rows = due(1);
    const walk = new DueWalk('test', clock);
    for (const [ms, tries] of [
      [0, 1],
      [14_999, 1],
      [1, 2],
      [29_999, 2],
      [1, 3],
    ] as const) {
      clock.at += ms;
      await walk.run(work(poison));
      expect(tried).toHaveLength(tries);
    }
    clock.at += 60_000;
    expect(await walk.run(work(() => 'done'))).toBe(1);
  });

  it('A7: reaches what stands behind more failing rows than one run looks at', async () => {
    rows = due(30);
    const walk = new DueWalk('test', clock);
    const good = 'row-029';
    const step = (id: string): Step => (id === good ? 'done' : poison());
    expect(await walk.run(work(step))).toBe(0);
    expect(tried).not.toContain(good);
    expect(await walk.run(work(step))).toBe(1);
  });

  it('A7: comes back to rows that came due before the place where the last run ended', async () => {
    rows = due(30).slice(1);
    const walk = new DueWalk('test', clock);
    await walk.run(work(() => 'wait'));
    rows = due(30);
    await walk.run(work(() => 'wait'));
    expect(tried).toContain('row-000');
  });

  it('A6: ends at a row that says stop; the next run goes on behind it, and it rests', async () => {
    rows = due(4);
    const walk = new DueWalk('test', clock);
    const step = (id: string): Step => (id === 'row-001' ? 'stop' : 'done');
    expect(await walk.run(work(step))).toBe(1);
    expect(await walk.run(work(step))).toBe(2);
    expect(tried).toEqual(['row-000', 'row-001', 'row-002', 'row-003']);
    clock.at += 15_000;
    expect(await walk.run(work(() => 'done'))).toBe(1);
  });

  it('A6: leaves the rest to the next run when its time is over', async () => {
    rows = due(6);
    const walk = new DueWalk('test', clock, 10_000);
    const slow = (): Step => {
      clock.at += 4_000;
      return 'done';
    };
    expect(await walk.run(work(slow))).toBe(3);
    expect(await walk.run(work(slow))).toBe(3);
  });

  it('A11: begins no row after the shutdown began', async () => {
    rows = due(4);
    const stopping = new AbortController();
    const walk = new DueWalk('test', clock);
    const step = (): Step => {
      stopping.abort();
      return 'done';
    };
    expect(await walk.run(work(step, stopping.signal))).toBe(1);
    expect(tried).toEqual(['row-000']);
  });
});
