import { ENGINES, openTestDatabase, type TestDatabase } from '../../../test/support/test-database.js';
import { WallClock } from '../clock/wall-clock.js';
import { Idempotency } from './idempotency.js';
import { ProblemError } from './problem.js';

describe.each(ENGINES)('idempotency keys (R7.2) [%s]', (engine) => {
  let test: TestDatabase;
  const idempotency = new Idempotency(new WallClock());
  const call = (over: Partial<{ actorId: string; key: string; body: unknown }> = {}) => ({
    actorId: 'mem_1',
    operation: 'test',
    key: 'key-00000001',
    body: { a: 1, b: [2, { c: 3 }] },
    ...over,
  });
  const claim = (over: Parameters<typeof call>[0], resultId: string): Promise<string | null> =>
    test.unitOfWork.run((tx) => idempotency.claim(tx, call(over), resultId));
  beforeAll(async () => {
    test = await openTestDatabase(engine);
  });
  afterAll(() => test.close());

  it('gives the first result again for the same key and body, whatever the order of its members', async () => {
    expect(await claim({}, 'first')).toBeNull();
    expect(await claim({ body: { b: [2, { c: 3 }], a: 1 } }, 'second')).toBe('first');
  });

  it('refuses the same key with another body', async () => {
    await claim({ key: 'key-00000002' }, 'first');
    await expect(claim({ key: 'key-00000002', body: { a: 2 } }, 'second')).rejects.toThrow(ProblemError);
  });

  it("keeps two people's equal keys apart", async () => {
    expect(await claim({ key: 'key-00000003' }, 'mine')).toBeNull();
    expect(await claim({ key: 'key-00000003', actorId: 'mem_2' }, 'hers')).toBeNull();
  });

  it('frees the key of a transaction that was rolled back', async () => {
    const failed = test.unitOfWork.run(async (tx) => {
      await idempotency.claim(tx, call({ key: 'key-00000004' }), 'lost');
      throw new Error('undone');
    });
    await expect(failed).rejects.toThrow('undone');
    expect(await claim({ key: 'key-00000004' }, 'kept')).toBeNull();
  });

  it('lets one of twenty simultaneous claims through', async () => {
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, index) => claim({ key: 'key-00000005' }, `try-${index}`)),
    );
    const winners = results.filter((result) => result === null);
    expect(winners).toHaveLength(1);
    const told = new Set(results.filter((result) => result !== null));
    expect(told.size).toBe(1);
  });
});
