import { fen } from '@mall/shared/money';
import { ENGINES, openTestDatabase, type TestDatabase } from '../../../test/support/test-database.js';
import { WallClock } from '../../platform/clock/wall-clock.js';
import { type Account, type Bucket, move } from './domain/posting.js';
import { Ledger, type Posting } from './ledger.js';
import { LedgerQueries } from './ledger.queries.js';

const COST: Account = { ownerKind: 'hq', bucket: 'commission' };
const guide = (id: string, bucket: Bucket = 'pending'): Account => ({
  ownerKind: 'guide',
  ownerId: id,
  bucket,
});

describe.each(ENGINES)('the ledger (R5.1) [%s]', (engine) => {
  let test: TestDatabase;
  const ledger = new Ledger(new WallClock());
  const post = (over: Partial<Posting>): Promise<boolean> =>
    test.unitOfWork.run((tx) =>
      ledger.post(tx, {
        sourceKind: 'commission-entry',
        sourceId: 'cme_1',
        payee: '',
        fact: 'accrued',
        occurredAt: 5,
        orderId: 'ord_1',
        legs: move(fen(1319), COST, guide('g1')),
        ...over,
      }),
    );
  const carried = async (account: string): Promise<number | undefined> =>
    (
      await test.database.first<{ balanceFen: number }>('SELECT balanceFen FROM ledger_balances WHERE account = ?', [
        account,
      ])
    )?.balanceFen;
  beforeAll(async () => {
    test = await openTestDatabase(engine);
  });
  afterAll(() => test.close());

  it('posts a business fact once, however often it is told (D16, C25)', async () => {
    expect(await Promise.all(Array.from({ length: 10 }, () => post({ sourceId: 'cme_once' })))).toEqual(
      expect.arrayContaining([true]),
    );
    const rows = await test.database.query('SELECT id FROM ledger_transactions WHERE sourceId = ?', ['cme_once']);
    expect(rows).toHaveLength(1);
    expect(await carried('guide:g1:pending')).toBe(1319);
  });

  it('refuses legs that do not sum to zero, a lone leg and a leg of zero', async () => {
    const uneven = [
      { account: COST, amountFen: fen(-5) },
      { account: guide('g2'), amountFen: fen(4) },
    ];
    await expect(post({ sourceId: 'cme_uneven', legs: uneven })).rejects.toThrow('sum to -1');
    await expect(post({ sourceId: 'cme_lone', legs: uneven.slice(0, 1) })).rejects.toThrow('two legs');
    await expect(post({ sourceId: 'cme_zero', legs: move(fen(0), COST, guide('g2')) })).rejects.toThrow('zero');
    expect(await test.database.query("SELECT id FROM ledger_legs WHERE ownerId = 'g2'")).toEqual([]);
  });

  it('keeps each running balance equal to the fold of its legs under parallel postings (D10)', async () => {
    await Promise.all(
      Array.from({ length: 40 }, (_, index) => {
        const [from, to] = index % 4 === 3 ? [guide('g3'), COST] : [COST, guide('g3')];
        return post({ sourceId: `cme_many_${index}`, legs: move(fen(100 + index), from, to) });
      }),
    );
    const queries = new LedgerQueries(test.database);
    const folded = (await queries.balancesOf(test.database, 'guide', 'g3')).get('pending');
    expect(await carried('guide:g3:pending')).toBe(folded);
    expect((await queries.summary()).sumFen).toBe(0);
  });

  it('D10: of three debits at one moment as many are posted as the balance covers, and it never falls below zero', async () => {
    for (let round = 0; round < 20; round += 1) {
      const id = `g_debit_${round}`;
      await post({ sourceId: `cme_debit_${round}`, legs: move(fen(1_000), COST, guide(id, 'available')) });
      const debit = (nth: number) =>
        test.unitOfWork.run((tx) =>
          ledger.postIfCovered(tx, {
            sourceKind: 'payout',
            sourceId: `pyo_${round}_${nth}`,
            payee: '',
            fact: 'payout-requested',
            occurredAt: 5,
            orderId: null,
            legs: move(fen(600), guide(id, 'available'), guide(id, 'paying')),
          }),
        );
      const done = await Promise.all([debit(1), debit(2), debit(3)]);
      expect(done.filter(({ posted }) => posted)).toHaveLength(1);
      expect(await carried(`guide:${id}:available`)).toBe(400);
      expect(await carried(`guide:${id}:paying`)).toBe(600);
    }
  });
});
