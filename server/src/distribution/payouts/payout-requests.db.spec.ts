import { ProblemType } from '@mall/shared/problems';
import { ENGINES } from '../../../test/support/test-database.js';
import { ProblemError } from '../../platform/http/problem.js';
import { PayoutWorld } from './payouts-for-tests.js';

const ROUNDS = 200;

describe.each(ENGINES)('asking for a payout (R5.5) [%s]', (engine) => {
  let world: PayoutWorld;
  beforeAll(async () => {
    world = await PayoutWorld.open(engine);
  }, 60_000);
  afterAll(() => world.test.close());
  afterEach(() => world.expectExact());

  /** The problem that a refused call throws. */
  async function refusal(call: Promise<unknown>): Promise<ProblemError> {
    const error = await call.then(
      () => new Error('it was not refused'),
      (thrown: unknown) => thrown,
    );
    if (error instanceof ProblemError) return error;
    throw error;
  }

  const settled = async (calls: Promise<unknown>[]): Promise<number> =>
    (await Promise.allSettled(calls)).filter(({ status }) => status === 'fulfilled').length;

  it('R5.5: debits the balance, keeps gross, tax and net, and approves by itself up to ¥200', async () => {
    const guide = await world.guide(30_100);
    const id = await world.request(guide, 20_000);
    expect(await world.money(guide)).toEqual([10_100, 20_000, 0]);
    expect(await world.payout(guide, id)).toMatchObject({
      amountFen: 20_000,
      taxFen: 0,
      netFen: 20_000,
      state: 'approved',
    });
  });

  it('R5.5: the threshold is the day’s: what is asked for in small parts waits for HQ as the whole would', async () => {
    const guide = await world.guide(90_000);
    const states: string[] = [];
    for (let nth = 0; nth < 3; nth += 1) {
      states.push((await world.payout(guide, await world.request(guide, 10_000))).state);
    }
    expect(states).toEqual(['approved', 'approved', 'requested']);
    const other = await world.guide(90_000);
    const ids = await Promise.all(Array.from({ length: 6 }, () => world.request(other, 10_000)));
    const payouts = await Promise.all(ids.map((id) => world.payout(other, id)));
    expect(payouts.filter(({ state }) => state === 'approved')).toHaveLength(2);
    world.clock.setOffset(86_400_000);
    const tomorrows = await world.request(guide, 10_000);
    expect((await world.payout(guide, tomorrows)).state).toBe('approved');
    await world.cancel(guide, tomorrows);
    world.clock.setOffset(0);
  });

  it('R5.5: first requests of a day at one moment are all taken: none is told that the day is used up', async () => {
    for (let round = 0; round < 40; round += 1) {
      const guide = await world.guide(10_000);
      const fens = [1_000, 1_100, 1_200];
      await Promise.all(fens.map((amountFen) => world.request(guide, amountFen)));
      expect(await world.money(guide)).toEqual([6_700, 3_300, 0]);
    }
  });

  it('R5.5: an employee’s payout waits for HQ, is paid by payroll, and never goes to the provider', async () => {
    const guide = await world.guide(5_000, 'active', 'employee');
    const id = await world.request(guide, 1_000);
    expect((await world.payout(guide, id)).state).toBe('requested');
    expect((await refusal(world.payroll(id))).type).toBe(ProblemType.PayoutStateConflict);
    await world.decide(id, 'approved', null);
    await world.runJob();
    const [transfer] = (await world.payout(guide, id)).transfers;
    expect(await world.submitter().execute(transfer?.id ?? '')).toBe(false);
    expect(world.provider.submitted).not.toContain(transfer?.outBillNo);
    expect((await world.payout(guide, id)).waitsFor).toBe('由工资发放');
    const settlements = await settled([world.payroll(id), world.payroll(id), world.cancel(guide, id)]);
    expect(settlements).toBe(1);
    const { state } = await world.payout(guide, id);
    expect(await world.money(guide)).toEqual(state === 'done' ? [4_000, 0, 1_000] : [5_000, 0, 0]);
    expect((await refusal(world.payroll(id))).type).toBe(ProblemType.PayoutStateConflict);
    const [entry] = await world.test.database.query(
      `SELECT actorName, action FROM audit_entries WHERE subject = ? AND action LIKE 'payout.settle%'`,
      [id],
    );
    if (state === 'done') expect(entry).toEqual({ actorName: 'lin', action: 'payout.settle-by-payroll' });
  });

  it('R5.5: who is paid by transfer cannot be settled by payroll', async () => {
    const guide = await world.guide(1_000);
    const id = await world.request(guide, 1_000);
    expect((await refusal(world.payroll(id))).type).toBe(ProblemType.PayoutStateConflict);
    expect(await world.money(guide)).toEqual([0, 1_000, 0]);
  });

  it('R5.5: leaves more than ¥200 to HQ, and says so', async () => {
    const guide = await world.guide(20_100);
    const id = await world.request(guide, 20_001 + 29);
    expect(await world.payout(guide, id)).toMatchObject({
      state: 'requested',
      waitsFor: '等待总部审批',
      decidedAt: null,
    });
  });

  it('C24: ¥200.20 has transfers of ¥199.90 and ¥0.30, with bill numbers of their own', async () => {
    const guide = await world.guide(20_020);
    const { transfers } = await world.payout(guide, await world.request(guide, 20_020));
    expect(transfers.map(({ amountFen }) => amountFen)).toEqual([19_990, 30]);
    expect(new Set(transfers.map(({ outBillNo }) => outBillNo)).size).toBe(2);
  });

  it('C24: ¥0.20 is refused with the reason, and nothing is written', async () => {
    const guide = await world.guide(500);
    const problem = await refusal(world.request(guide, 20));
    expect(problem).toMatchObject({
      type: ProblemType.PayoutLimit,
      status: 422,
      extension: {
        reason: 'below_minimum',
        detail: '提现金额不能低于 0.30 元',
        limits: { transferMinFen: 30, transferMaxFen: 20_000, dayMaxFen: 200_000, leftTodayFen: 200_000 },
      },
    });
    expect(await world.money(guide)).toEqual([500, 0, 0]);
  });

  it('R5.5: more than the balance is refused with the numbers, and takes nothing of the day', async () => {
    const guide = await world.guide(999);
    const problem = await refusal(world.request(guide, 1_000));
    expect(problem).toMatchObject({
      type: ProblemType.BalanceInsufficient,
      status: 409,
      extension: { availableFen: 999, amountFen: 1_000 },
    });
    expect((await world.balance(guide).of('active')).limits.leftTodayFen).toBe(200_000);
  });

  it('R5.5: a day has its limit, which tomorrow begins anew', async () => {
    const guide = await world.guide(300_000);
    await world.request(guide, 150_000);
    const problem = await refusal(world.request(guide, 50_001));
    expect(problem).toMatchObject({
      type: ProblemType.PayoutLimit,
      extension: { reason: 'day_limit', limits: { leftTodayFen: 50_000 } },
    });
    expect(await world.balance(guide).of('active')).toMatchObject({ requestableFen: 50_000, refusal: null });
    await world.request(guide, 50_000);
    expect(await world.balance(guide).of('active')).toMatchObject({ requestableFen: 0, availableFen: 100_000 });
    world.clock.setOffset(86_400_000);
    expect(await world.balance(guide).of('active')).toMatchObject({ requestableFen: 100_000 });
    const id = await world.request(guide, 60_000);
    // A payout of yesterday's that is taken back gives yesterday its limit back, and leaves today's alone.
    await world.cancel(guide, id);
    expect((await world.balance(guide).of('active')).limits.leftTodayFen).toBe(200_000);
    world.clock.setOffset(0);
    expect((await world.balance(guide).of('active')).limits.leftTodayFen).toBe(0);
  });

  it('R5.5: requests at one moment never pass the limit of the day', async () => {
    const guide = await world.guide(900_000);
    const asked = await settled(Array.from({ length: 5 }, () => world.request(guide, 60_000)));
    expect(asked).toBe(3);
    expect((await world.balance(guide).of('active')).limits.leftTodayFen).toBe(20_000);
  });

  it('R2.4: a suspended guide asks in vain and keeps her money; one who left is paid', async () => {
    const guide = await world.guide(5_000, 'suspended');
    const problem = await refusal(world.request(guide, 1_000));
    expect(problem).toMatchObject({ type: ProblemType.GuideStateConflict, status: 409 });
    expect(await world.balance(guide).of('suspended')).toMatchObject({ availableFen: 5_000, requestableFen: 0 });
    await world.setStatus(guide, 'left');
    await world.request(guide, 1_000);
    expect(await world.money(guide)).toEqual([4_000, 1_000, 0]);
  });

  it('R7.2: the same key asks once, also at the same moment', async () => {
    const guide = await world.guide(9_000);
    const ids = await Promise.all(Array.from({ length: 6 }, () => world.request(guide, 1_000, 'one-key-for-six')));
    ids.push(await world.request(guide, 1_000, 'one-key-for-six'));
    expect(new Set(ids).size).toBe(1);
    expect(await world.money(guide)).toEqual([8_000, 1_000, 0]);
    const problem = await refusal(world.request(guide, 1_001, 'one-key-for-six'));
    expect(problem.type).toBe(ProblemType.IdempotencyKeyReused);
  });

  it(`D10: two requests over one balance never overdraw it, ${ROUNDS} times`, async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      // Two first requests of a day also meet at the making of the day's row: in every other round it stands already.
      const earlier = round % 2 === 0 ? 0 : 100;
      const guide = await world.guide(1_000 + earlier);
      if (earlier > 0) await world.request(guide, earlier);
      const asked = await settled([world.request(guide, 700), world.request(guide, 600)]);
      const [availableFen = -1, payingFen] = await world.money(guide);
      expect(asked).toBe(1);
      expect([300, 400]).toContain(availableFen);
      expect(payingFen).toBe(1_000 + earlier - availableFen);
    }
  });

  it('R5.5: approval, rejection and withdrawal at one moment: one of them happens, and once', async () => {
    for (let round = 0; round < 40; round += 1) {
      const guide = await world.guide(50_000);
      const id = await world.request(guide, 40_000);
      const done = await settled([world.decide(id, 'approved'), world.decide(id, 'rejected'), world.cancel(guide, id)]);
      const { state } = await world.payout(guide, id);
      // An approved payout of which nothing was sent may still be taken back.
      expect(done === 1 || (done === 2 && state === 'cancelled')).toBe(true);
      expect(await world.money(guide)).toEqual(state === 'approved' ? [10_000, 40_000, 0] : [50_000, 0, 0]);
    }
  });

  it('D11: a rejected payout is available again, the day too; the guide is told why and HQ’s book has it', async () => {
    const guide = await world.guide(30_000);
    const id = await world.request(guide, 30_000);
    await world.decide(id, 'rejected', '请先补充身份信息');
    expect(await world.money(guide)).toEqual([30_000, 0, 0]);
    expect(await world.payout(guide, id)).toMatchObject({ state: 'rejected', decisionReason: '请先补充身份信息' });
    expect((await world.balance(guide).of('active')).limits.leftTodayFen).toBe(200_000);
    const { database } = world.test;
    const [notice] = await database.query('SELECT * FROM guide_notices WHERE subjectId = ?', [id]);
    expect(notice).toMatchObject({ guideId: guide, noticeKind: 'payout_decided' });
    const [audited] = await database.query('SELECT * FROM audit_entries WHERE subject = ?', [id]);
    expect(audited).toMatchObject({ action: 'payout.reject', actorName: 'lin', reason: '请先补充身份信息' });
    expect(await refusal(world.decide(id, 'approved'))).toMatchObject({
      type: ProblemType.PayoutStateConflict,
      extension: { payoutState: 'rejected' },
    });
  });

  it('R5.5: somebody else’s payout cannot be taken back, nor one that does not exist', async () => {
    const guide = await world.guide(1_000);
    const id = await world.request(guide, 1_000);
    const other = await world.guide(1_000);
    expect((await refusal(world.cancel(other, id))).type).toBe(ProblemType.NotFound);
    expect((await refusal(world.cancel(guide, 'pyo_none'))).type).toBe(ProblemType.NotFound);
    expect((await refusal(world.decide('pyo_none', 'approved'))).type).toBe(ProblemType.NotFound);
    expect(await world.money(guide)).toEqual([0, 1_000, 0]);
  });
});
