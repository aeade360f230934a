import { fen, ZERO_FEN } from '@mall/shared/money';
import { ENGINES, openTestDatabase, type TestDatabase } from '../../../test/support/test-database.js';
import { WallClock } from '../../platform/clock/wall-clock.js';
import { Ledger, LedgerQueries } from '../ledger/ledger.public.js';
import { CommissionEntries } from './commission-entries.js';
import { CommissionEntryEntity } from './commission-entry.entity.js';
import { CommissionHolds } from './commission-holds.js';

const ROUNDS = 25;

describe.each(ENGINES)('moves of a commission entry (R5.2, R5.3) [%s]', (engine) => {
  let test: TestDatabase;
  const ledger = new Ledger(new WallClock());
  const entries = new CommissionEntries(ledger);
  let made = 0;
  beforeAll(async () => {
    test = await openTestDatabase(engine);
  });
  afterAll(() => test.close());

  /** An entry of ¥100 at 10%, accrued to a guide of its own. */
  async function frozenEntry(): Promise<{ id: string; guideId: string }> {
    made += 1;
    const id = `cme_${made}`;
    const guideId = `gde_${made}`;
    const entry: CommissionEntryEntity = {
      id,
      orderId: `ord_${made}`,
      orderNumber: String(made),
      orderLineId: `oli_${made}`,
      memberId: 'mem_1',
      payeeKind: 'guide',
      payeeId: guideId,
      title: '亚麻衬衫',
      optionText: 'M',
      goodsFen: fen(10_000),
      discountFen: fen(0),
      baseFen: fen(10_000),
      refundedBaseFen: fen(0),
      ruleId: 'cmr_1',
      rateBps: 1_000,
      postedFen: fen(1_000),
      reversedFen: fen(0),
      state: 'pending',
      accruedAt: 1,
      receivedAt: null,
      availableAt: null,
      finalAt: null,
      paidDepth: 1,
      releasedAt: null,
      tailBps: 0,
      tailVesting: null,
      tailState: 'none',
      tailFen: ZERO_FEN,
      lapsedFen: ZERO_FEN,
      tailDueAt: null,
    };
    await test.unitOfWork.run(async (tx) => {
      await tx.insert(CommissionEntryEntity, entry);
      await ledger.post(tx, {
        sourceKind: 'commission-entry',
        sourceId: id,
        payee: '',
        fact: 'accrued',
        occurredAt: 1,
        orderId: entry.orderId,
        entryId: id,
        legs: [
          { account: { ownerKind: 'hq', bucket: 'commission' }, amountFen: fen(-1_000) },
          { account: { ownerKind: 'guide', ownerId: guideId, bucket: 'pending' }, amountFen: fen(1_000) },
        ],
      });
      await entries.freeze(tx, id, { receivedAt: 2, availableAt: 10, finalAt: 100, tailDueAt: 30 });
    });
    return { id, guideId };
  }

  const balances = (guideId: string): Promise<Map<string, number>> =>
    new LedgerQueries(test.database).balancesOf(test.database, 'guide', guideId);

  it('D7: a refund and a release of one line at the same moment end at the same fen, every time', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { id, guideId } = await frozenEntry();
      await Promise.all([
        test.unitOfWork.run((tx) => entries.release(tx, id, 10)),
        test.unitOfWork.run((tx) => entries.reverse(tx, id, `rfd_${made}`, fen(3_333), 10)),
      ]);
      const held = await balances(guideId);
      expect(held.get('frozen') ?? 0).toBe(0);
      expect(held.get('available')).toBe(666);
    }
  });

  it('D9: two releases at the same moment release once', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { id, guideId } = await frozenEntry();
      const released = await Promise.all([
        test.unitOfWork.run((tx) => entries.release(tx, id, 10)),
        test.unitOfWork.run((tx) => entries.release(tx, id, 10)),
      ]);
      expect(released.filter((entry) => entry !== null)).toHaveLength(1);
      expect((await balances(guideId)).get('available')).toBe(1_000);
    }
  });

  it('R5.2: releases nothing before its time, nor while an after-sale of the order is open', async () => {
    const { id } = await frozenEntry();
    const holds = new CommissionHolds();
    const release = (at: number) => test.unitOfWork.run((tx) => entries.release(tx, id, at));
    expect(await release(9)).toBeNull();
    await test.unitOfWork.run((tx) => holds.put(tx, { refundId: 'rfd_hold', orderId: `ord_${made}`, at: 5 }));
    expect(await release(10)).toBeNull();
    await test.unitOfWork.run((tx) => holds.lift(tx, 'rfd_hold'));
    expect(await release(10)).not.toBeNull();
  });

  it('R5.3: a refund larger than what is left of the base is refused and posts nothing', async () => {
    const { id, guideId } = await frozenEntry();
    await expect(test.unitOfWork.run((tx) => entries.reverse(tx, id, `rfd_${made}`, fen(10_001), 10))).rejects.toThrow(
      'passes the base',
    );
    expect((await balances(guideId)).get('frozen')).toBe(1_000);
  });
});
