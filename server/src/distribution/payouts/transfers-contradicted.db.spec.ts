import { ProblemType } from '@mall/shared/problems';
import { Logger } from '@nestjs/common';
import { ENGINES } from '../../../test/support/test-database.js';
import { businessDay } from '../../platform/clock/business-day.js';
import { PayoutQueries } from './payout.queries.js';
import { PayoutWorld, ScriptedTransfers } from './payouts-for-tests.js';

const ROUNDS = 40;
const MINUTE = 60_000;

describe.each(ENGINES)('transfers that end otherwise than they were said to (R5.5) [%s]', (engine) => {
  let world: PayoutWorld;
  let errors: jest.SpyInstance;
  beforeAll(async () => {
    world = await PayoutWorld.open(engine);
  }, 60_000);
  afterAll(() => world.test.close());
  beforeEach(() => {
    jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
    errors = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    world.provider = new ScriptedTransfers();
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await world.expectExact();
    await world.test.unitOfWork.run((tx) => tx.execute('UPDATE payout_transfers SET nextCheckAt = ?', [9e12]));
  });

  async function asked(amountFen: number, availableFen = amountFen) {
    const guide = await world.guide(availableFen);
    const id = await world.request(guide, amountFen);
    if ((await world.payout(guide, id)).state === 'requested') await world.decide(id, 'approved', null);
    const payout = () => world.payout(guide, id);
    const transferId = async (nth = 0) => (await payout()).transfers[nth]?.id ?? '';
    const states = async () => (await payout()).transfers.map(({ state }) => state);
    const report = async (state: 'succeeded' | 'failed', nth = 0) => {
      const transfer = await transferId(nth);
      return world.test.unitOfWork.run((tx) =>
        world.settle.execute(tx, transfer, { state, providerNo: 'P', reason: '账户异常' }),
      );
    };
    return { guide, id, payout, transferId, states, report };
  }

  const tasks = async (): Promise<string[]> =>
    (await new PayoutQueries(world.test.database).contradicted(100)).map(({ id }) => id);
  const leftToday = async (guide: string) => (await world.balance(guide).of('active')).limits.leftTodayFen;

  const sentToday = async (): Promise<number> => {
    const sql = 'SELECT sentFen FROM payout_merchant_periods WHERE period = ?';
    const day = businessDay(world.clock.now());
    return Number((await world.test.database.first<{ sentFen: number }>(sql, [day]))?.sentFen ?? 0);
  };

  it('R5.5: what failed and is then reported to have arrived is booked as arrived, so that it cannot be paid twice', async () => {
    const { guide, payout, report, transferId } = await asked(10_000);
    world.provider.script = ['refused'];
    await world.runJob();
    expect([await world.money(guide), await leftToday(guide)]).toEqual([[10_000, 0, 0], 200_000]);
    expect(await Promise.all([report('succeeded'), report('succeeded')])).toEqual(
      expect.arrayContaining([true, false]),
    );
    expect([await world.money(guide), await leftToday(guide)]).toEqual([[0, 0, 10_000], 190_000]);
    await expect(world.request(guide, 10_000)).rejects.toMatchObject({ type: ProblemType.BalanceInsufficient });
    expect(await payout()).toMatchObject({ state: 'done', transfers: [{ state: 'succeeded' }] });
    expect((await payout()).transfers[0]?.failReason).toContain('后又报到账');
    const told = await world.test.database.query<{ title: string }>(
      'SELECT title FROM guide_notices WHERE guideId = ? ORDER BY title',
      [guide],
    );
    expect(told.map(({ title }) => title)).toEqual(['提现已到账', '提现未到账']);
    expect(await tasks()).toContain(await transferId());
    expect(errors).toHaveBeenCalled();
  });

  it('R5.5, C11: when the money was asked for again meanwhile, the balance becomes negative and holds the second payout', async () => {
    const { guide, report } = await asked(10_000);
    world.provider.script = ['refused'];
    await world.runJob();
    const second = await world.request(guide, 10_000);
    await report('succeeded');
    expect(await world.money(guide)).toEqual([-10_000, 10_000, 10_000]);
    const before = world.provider.submitted.length;
    await world.runJobLater();
    expect(world.provider.submitted).toHaveLength(before);
    await world.cancel(guide, second);
    expect(await world.money(guide)).toEqual([0, 0, 10_000]);
  });

  it('R5.5: what arrived and is then reported to have failed moves no money: HQ is told to look', async () => {
    const { guide, payout, report, transferId } = await asked(10_000);
    world.provider.script = ['succeeded'];
    await world.runJob();
    expect(await tasks()).not.toContain(await transferId());
    expect(await report('failed')).toBe(false);
    expect(await world.money(guide)).toEqual([0, 0, 10_000]);
    expect((await payout()).transfers[0]?.failReason).toContain('后又报未成功');
    expect(await tasks()).toContain(await transferId());
    expect(errors).toHaveBeenCalled();
  });

  it('C11: what never arrived at the provider is not sent again while the balance is negative; it can be taken back', async () => {
    const { guide, id, states, payout } = await asked(10_000);
    world.provider.script = ['lost'];
    await world.runJob();
    expect(await states()).toEqual(['unknown']);
    await world.reverse(guide, 9_000);
    await world.runJobLater();
    expect([await states(), world.provider.submitted.length]).toEqual([['created'], 1]);
    expect((await payout()).waitsFor).toContain('-90.00');
    await world.cancel(guide, id);
    expect([(await payout()).state, await world.money(guide)]).toEqual(['cancelled', [1_000, 0, 0]]);
  });

  it('C11: while the last try may still arrive, that the provider does not know it puts nothing back', async () => {
    const { guide, id, states } = await asked(10_000);
    world.provider.script = ['lost'];
    await world.runJob();
    await world.reverse(guide, 4_000);
    world.wall.at += 2 * MINUTE;
    await world.runJob();
    expect([await states(), world.provider.submitted.length]).toEqual([['unknown'], 1]);
    await world.cancel(guide, id);
    expect(await world.money(guide)).toEqual([-4_000, 10_000, 0]);
    await world.runJobLater();
    expect([await states(), await world.money(guide)]).toEqual([['cancelled'], [6_000, 0, 0]]);
  });

  it('D11: asked back before its first try can have arrived, it ends only when it cannot arrive any more', async () => {
    const { guide, id, states } = await asked(10_000);
    world.provider.script = ['unanswered'];
    await world.runJob();
    const [late] = world.provider.bills.entries();
    world.provider.bills.clear();
    await world.cancel(guide, id);
    world.wall.at += 2 * MINUTE;
    await world.runJob();
    expect([await states(), await world.money(guide)]).toEqual([['unknown'], [0, 10_000, 0]]);
    if (late !== undefined) world.provider.bills.set(...late);
    world.provider.cancelling = 'down';
    world.wall.at += 11 * MINUTE;
    await world.runJob();
    expect(await states()).toEqual(['waiting']);
    world.provider.become(late?.[0] ?? '', 'succeeded');
    await world.runJobLater();
    expect([await states(), await world.money(guide)]).toEqual([['succeeded'], [0, 0, 10_000]]);
  });

  it('R2.4: nor while she is suspended; when she is back the same bill goes out once', async () => {
    const { guide, states, payout } = await asked(10_000);
    world.provider.script = ['crash'];
    await world.runJob().catch(() => undefined);
    await world.setStatus(guide, 'suspended');
    await world.runJobLater();
    expect([await states(), (await payout()).waitsFor]).toEqual([['created'], '账号已暂停，恢复后继续打款']);
    await world.setStatus(guide, 'active');
    await world.runJobLater();
    expect(await states()).toEqual(['waiting']);
    expect(new Set(world.provider.submitted).size).toBe(1);
    expect(world.provider.submitted).toHaveLength(2);
  });

  it('R5.5: one that was put back, cancelled, and had arrived after all is booked, and its payout is done', async () => {
    const { guide, id, report, payout } = await asked(10_000);
    world.provider.script = ['lost'];
    await world.runJob();
    await world.reverse(guide, 4_000);
    await world.runJobLater();
    await world.cancel(guide, id);
    expect((await payout()).transfers).toMatchObject([{ submittedAt: null }]);
    const before = await sentToday();
    expect(await report('succeeded')).toBe(true);
    expect([(await payout()).state, await world.money(guide)]).toEqual(['done', [-4_000, 0, 10_000]]);
    expect((await sentToday()) - before).toBe((await payout()).transfers[0]?.amountFen);
  });

  it('R5.5: what was never sent cannot have arrived', async () => {
    const { guide, report } = await asked(10_000);
    expect(await report('succeeded')).toBe(false);
    expect(await world.money(guide)).toEqual([0, 10_000, 0]);
  });

  /** ¥200 that arrived, and ¥100 that a refund holds. */
  async function halfSent() {
    const its = await asked(30_000);
    world.provider.script = ['succeeded'];
    world.provider.meanwhile = async () => {
      world.provider.meanwhile = async () => undefined;
      await world.reverse(its.guide, 3_000);
    };
    await world.runJob();
    expect(await its.states()).toEqual(['succeeded', 'created']);
    return its;
  }

  it('C11, D11: of a half-sent payout that a negative balance holds she takes the rest back: its money and its day, once', async () => {
    const { guide, id, payout, states } = await halfSent();
    expect((await payout()).waitsFor).toContain('撤销尚未打款的部分');
    await world.cancel(guide, id);
    expect(await payout()).toMatchObject({ state: 'done', waitsFor: null });
    expect(await states()).toEqual(['succeeded', 'cancelled']);
    expect([await world.money(guide), await leftToday(guide)]).toEqual([[7_000, 0, 20_000], 180_000]);
    await expect(world.cancel(guide, id)).rejects.toMatchObject({ type: ProblemType.PayoutStateConflict });
  });

  it('D11: HQ takes the rest back with a reason, in its book, and the guide is told', async () => {
    const { guide, id } = await halfSent();
    await world.cancelByHq(id);
    expect(await world.money(guide)).toEqual([7_000, 0, 20_000]);
    const { database } = world.test;
    const [audited] = await database.query(
      'SELECT action, reason FROM audit_entries WHERE subject = ? AND action = ?',
      [id, 'payout.cancel'],
    );
    expect(audited).toEqual({ action: 'payout.cancel', reason: '导购已离职，线下结清' });
    const notices = await database.query<{ body: string }>('SELECT body FROM guide_notices WHERE subjectId = ?', [id]);
    expect(notices.map(({ body }) => body).join()).toContain('100.00 元已由总部撤销');
  });

  it('D11: while the first part is under way the rest is taken back; the payout is done when the first has ended', async () => {
    const { guide, id, payout, states, report } = await asked(30_000);
    const transfer = (await payout()).transfers[0];
    await world.submitter().execute(transfer?.id ?? '');
    await world.cancel(guide, id);
    expect([(await payout()).state, await states()]).toEqual(['approved', ['waiting', 'cancelled']]);
    expect(await world.money(guide)).toEqual([10_000, 20_000, 0]);
    await report('succeeded');
    expect([(await payout()).state, await world.money(guide)]).toEqual(['done', [10_000, 0, 20_000]]);
  });

  it('D11: taking the rest back and sending it at one moment: it is sent or back, never both', async () => {
    const seen = new Set<string>();
    for (let round = 0; round < ROUNDS; round += 1) {
      const { guide, id, transferId, states } = await asked(30_000);
      await world.submitter().execute(await transferId(0));
      const rest = await transferId(1);
      await Promise.allSettled([world.cancel(guide, id), world.submitter().execute(rest)]);
      const [, state = ''] = await states();
      seen.add(state);
      expect(await world.money(guide)).toEqual(state === 'waiting' ? [0, 30_000, 0] : [10_000, 20_000, 0]);
    }
    for (const state of seen) expect(['waiting', 'cancelled']).toContain(state);
  });
});
