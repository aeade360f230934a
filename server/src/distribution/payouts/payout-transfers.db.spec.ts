import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { ENGINES } from '../../../test/support/test-database.js';
import { PayoutWorld, ScriptedTransfers, type Submission } from './payouts-for-tests.js';

const ROUNDS = 60;

describe.each(ENGINES)('transfers of a payout (R5.5) [%s]', (engine) => {
  let world: PayoutWorld;
  beforeAll(async () => {
    world = await PayoutWorld.open(engine);
  }, 60_000);
  afterAll(() => world.test.close());
  beforeEach(() => {
    for (const level of ['warn', 'error'] as const)
      jest.spyOn(Logger.prototype, level).mockImplementation(() => undefined);
    world.provider = new ScriptedTransfers();
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await world.expectExact();
    // What is left of a test must not be due in the next one.
    await world.test.unitOfWork.run((tx) => tx.execute('UPDATE payout_transfers SET nextCheckAt = ?', [9e12]));
  });

  /** A guide with ¥100 who asked for some of it. */
  async function asked(amountFen: number, ...script: Submission[]) {
    const guide = await world.guide(10_000);
    const id = await world.request(guide, amountFen);
    world.provider.script = script;
    const payout = () => world.payout(guide, id);
    const states = async () => (await payout()).transfers.map(({ state }) => state);
    const bill = async (nth = 0) => (await payout()).transfers[nth]?.outBillNo ?? '';
    const transferId = async (nth = 0) => (await payout()).transfers[nth]?.id ?? '';
    return { guide, id, payout, states, bill, transferId };
  }

  it('R5.5: sends an approved payout, waits for the guide’s confirmation, and is done when it has arrived', async () => {
    const { guide, payout, states, bill } = await asked(2_500);
    await world.runJob();
    expect(await states()).toEqual(['waiting']);
    expect((await payout()).waitsFor).toBe('等待您确认收款');
    world.provider.become(await bill(), 'succeeded');
    await world.runJobLater();
    expect(await payout()).toMatchObject({ state: 'done', waitsFor: null, transfers: [{ state: 'succeeded' }] });
    expect(await world.money(guide)).toEqual([7_500, 0, 2_500]);
    expect(world.provider.submitted).toEqual([await bill()]);
  });

  it('R5.5: leaves what HQ has not approved alone', async () => {
    const guide = await world.guide(40_000);
    const id = await world.request(guide, 30_000);
    await world.runJob();
    const [first] = (await world.payout(guide, id)).transfers;
    expect(await world.submitter().execute(first?.id ?? '')).toBe(false);
    expect(world.provider.submitted).toEqual([]);
    await world.decide(id, 'approved', null);
    await world.runJob();
    expect(world.provider.submitted).toHaveLength(2);
  });

  it('R5.5: without a provider, approved payouts wait and say for what', async () => {
    const { guide, id, states } = await asked(2_500);
    expect(await world.runJob(null)).toBe(0);
    expect(await states()).toEqual(['created']);
    expect((await world.payout(guide, id, null)).waitsFor).toBe('打款通道尚未开通，开通后自动打款');
  });

  it('D20: a time-out of what arrived is found by a query, and no second bill is made', async () => {
    const { states, bill, payout } = await asked(2_500, 'unanswered');
    await world.runJob();
    expect(await states()).toEqual(['unknown']);
    expect((await payout()).waitsFor).toBe('转账已提交，正在确认结果');
    await world.runJobLater();
    expect(await states()).toEqual(['waiting']);
    expect(world.provider.submitted).toEqual([await bill()]);
    expect(world.provider.bills.size).toBe(1);
  });

  it('D20: a time-out of what never arrived is sent again under the same number', async () => {
    const { guide, states, bill } = await asked(2_500, 'lost', 'lost', 'succeeded');
    await world.runJob();
    expect(await states()).toEqual(['unknown']);
    await world.runJobLater();
    expect(await states()).toEqual(['unknown']);
    expect(await world.money(guide)).toEqual([7_500, 2_500, 0]);
    await world.runJobLater();
    expect(await states()).toEqual(['succeeded']);
    expect(new Set(world.provider.submitted)).toEqual(new Set([await bill()]));
  });

  it('D20: while the provider answers no query, nothing is sent again and nothing given back', async () => {
    const { guide, states } = await asked(2_500, 'unanswered');
    await world.runJob();
    world.provider.queriesDown = true;
    for (let time = 0; time < 3; time += 1) await world.runJobLater();
    expect(await states()).toEqual(['unknown']);
    expect(await world.money(guide)).toEqual([7_500, 2_500, 0]);
    expect(world.provider.submitted).toHaveLength(1);
  });

  it.each<[string, Submission]>([
    ['between the storing and the call', 'crash'],
    ['after the call', 'crash_after'],
  ])('D20: a process that ends %s leaves a stored transfer, which is sent once', async (_, how) => {
    const { states, bill } = await asked(2_500, how);
    await world.runJob();
    expect(await states()).toEqual(['submitted']);
    // Nobody else touches it while the call that nobody waits for may still be on its way.
    await world.runJob();
    expect(world.provider.submitted).toHaveLength(1);
    await world.runJobLater();
    expect(await states()).toEqual(['waiting']);
    expect([...world.provider.bills.keys()]).toEqual([await bill()]);
  });

  it('D11: a refused transfer gives its money back by itself, and the day its limit', async () => {
    const { guide, payout } = await asked(2_500, 'refused');
    await world.runJob();
    expect(await payout()).toMatchObject({
      state: 'done',
      transfers: [{ state: 'failed', failReason: '收款账户受限' }],
    });
    expect(await world.money(guide)).toEqual([10_000, 0, 0]);
    expect((await world.balance(guide).of('active')).limits.leftTodayFen).toBe(200_000);
  });

  it('D20: a refusal of a repeated try is none when the provider knows the bill', async () => {
    const { states, bill } = await asked(2_500, 'lost', 'refused');
    await world.runJob();
    const number = await bill();
    world.provider.meanwhile = async () => {
      // The first call arrives while the second is on its way.
      world.provider.bills.set(number, { amountFen: 2_500 as never, standing: { state: 'waiting', providerNo: 'P1' } });
    };
    await world.runJobLater();
    expect(await states()).toEqual(['waiting']);
  });

  it.each(['failed', 'cancelled', 'expired'] as const)(
    'D11: a transfer that is %s gives its money back',
    async (end) => {
      const { guide, states, bill } = await asked(2_500);
      await world.runJob();
      world.provider.become(await bill(), end);
      await world.runJobLater();
      expect(await states()).toEqual([end === 'failed' ? 'failed' : 'cancelled']);
      expect(await world.money(guide)).toEqual([10_000, 0, 0]);
      await world.request(guide, 10_000);
    },
  );

  it('R5.5: one transfer of a payout may arrive and another come back', async () => {
    const guide = await world.guide(20_020);
    const id = await world.request(guide, 20_020);
    await world.decide(id, 'approved', null);
    world.provider.script = ['refused', 'succeeded'];
    await world.runJob();
    const { state, transfers } = await world.payout(guide, id);
    expect([state, ...transfers.map((each) => each.state)]).toEqual(['done', 'failed', 'succeeded']);
    expect(await world.money(guide)).toEqual([19_990, 0, 30]);
  });

  it('R5.1: an outcome that is reported ten times at once, or otherwise later, is applied once', async () => {
    const { guide, transferId } = await asked(2_500);
    await world.runJob();
    const id = await transferId();
    const report = (state: 'succeeded' | 'failed') =>
      world.test.unitOfWork.run((tx) => world.settle.execute(tx, id, { state, providerNo: 'P', reason: '' }));
    const news = await Promise.all(Array.from({ length: 10 }, () => report('succeeded')));
    expect(news.filter(Boolean)).toHaveLength(1);
    expect(await report('failed')).toBe(false);
    expect(await world.money(guide)).toEqual([7_500, 0, 2_500]);
  });

  it('R5.1: success and failure at one moment: it arrived, whichever came first, and is booked once', async () => {
    for (let round = 0; round < 20; round += 1) {
      const { guide, transferId } = await asked(2_500);
      await world.runJob();
      const id = await transferId();
      await Promise.all(
        (['succeeded', 'failed', 'succeeded', 'expired'] as const).map((state) =>
          world.test.unitOfWork.run((tx) => world.settle.execute(tx, id, { state, providerNo: 'P', reason: '' })),
        ),
      );
      expect(await world.money(guide)).toEqual([7_500, 0, 2_500]);
    }
  });

  it('D9: two workers at once send one transfer once', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { transferId } = await asked(2_500);
      const id = await transferId();
      const before = world.provider.submitted.length;
      await Promise.all([world.submitter().execute(id), world.submitter().execute(id)]);
      expect(world.provider.submitted.length - before).toBe(1);
    }
  });

  it('D20: two workers at once ask about an unknown transfer once, and send it again once', async () => {
    const { transferId } = await asked(2_500, 'lost');
    await world.runJob();
    const id = await transferId();
    world.wall.at += 600_000;
    world.provider.meanwhile = () => sleep(20);
    await Promise.all(Array.from({ length: 4 }, () => world.submitter().execute(id)));
    expect(world.provider.submitted).toHaveLength(2);
  });

  it('D11: taking a payout back and sending it at one moment: it is sent, or the money is back, never both', async () => {
    let sent = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const { guide, id, transferId } = await asked(2_500);
      const transfer = await transferId();
      const before = world.provider.submitted.length;
      // From at once to long after: both must be seen to win.
      const later = sleep([0, 1, 2, 4, 8, 100][round % 6]).then(() => world.cancel(guide, id));
      const [cancelled] = await Promise.allSettled([later, world.submitter().execute(transfer)]);
      const wasSent = world.provider.submitted.length > before;
      if (wasSent) sent += 1;
      // What was sent is asked back instead.
      expect(cancelled?.status).toBe('fulfilled');
      expect(await world.money(guide)).toEqual(wasSent ? [7_500, 2_500, 0] : [10_000, 0, 0]);
    }
    expect(sent).toBeGreaterThan(0);
  });

  it('C11: a negative balance holds what is not submitted; earnings release it', async () => {
    const { guide, states, payout } = await asked(10_000);
    await world.reverse(guide, 3_000);
    await world.runJob();
    expect([await states(), world.provider.submitted]).toEqual([['created'], []]);
    expect(await world.money(guide)).toEqual([-3_000, 10_000, 0]);
    expect((await payout()).waitsFor).toContain('-30.00');
    expect(await world.balance(guide).of('active')).toMatchObject({ requestableFen: 0, availableFen: -3_000 });
    await world.earn(guide, 2_999);
    await world.runJob();
    expect(await states()).toEqual(['created']);
    await world.earn(guide, 1);
    await world.runJob();
    expect(await states()).toEqual(['waiting']);
  });

  it('C11: taking the payout back releases it too: what is left is what she may ask for', async () => {
    const { guide, id, states, transferId } = await asked(10_000);
    await world.reverse(guide, 3_000);
    // A worker that found it due before the refund comes to submit it now.
    expect(await world.submitter().execute(await transferId())).toBe(false);
    expect(world.provider.submitted).toEqual([]);
    await world.cancel(guide, id);
    expect(await world.money(guide)).toEqual([7_000, 0, 0]);
    expect(await states()).toEqual(['cancelled']);
    expect(await world.balance(guide).of('active')).toMatchObject({ requestableFen: 7_000, refusal: null });
  });

  it('C11: taking one payout back releases another that waited for the same balance', async () => {
    const { guide, states } = await asked(6_000);
    const other = await world.request(guide, 4_000);
    await world.reverse(guide, 3_000);
    await world.runJob();
    expect(await states()).toEqual(['created']);
    await world.cancel(guide, other);
    await world.runJob();
    expect(await states()).toEqual(['waiting']);
    expect(await world.money(guide)).toEqual([1_000, 6_000, 0]);
  });

  it('R5.3: a refund while a payout is under way makes the balance negative, and the payout arrives', async () => {
    const { guide, bill, payout } = await asked(10_000);
    await world.runJob();
    await world.reverse(guide, 3_000);
    world.provider.become(await bill(), 'succeeded');
    await world.runJobLater();
    expect((await payout()).state).toBe('done');
    expect(await world.money(guide)).toEqual([-3_000, 0, 10_000]);
  });

  it('C11: of a payout in two transfers, the second waits when the balance turns negative between them', async () => {
    const guide = await world.guide(20_020);
    const id = await world.request(guide, 20_020);
    await world.decide(id, 'approved', null);
    world.provider.meanwhile = async () => {
      if (world.provider.submitted.length === 1) await world.reverse(guide, 500);
    };
    await world.runJob();
    const states = async () => (await world.payout(guide, id)).transfers.map(({ state }) => state);
    expect(await states()).toEqual(['waiting', 'created']);
    expect((await world.payout(guide, id)).waitsFor).toBe('等待您确认收款');
    await world.earn(guide, 500);
    await world.runJob();
    expect(await states()).toEqual(['waiting', 'waiting']);
  });

  it('R2.4: a suspended guide’s payout waits and loses nothing; it goes on when she is back', async () => {
    const { guide, states, payout } = await asked(2_500);
    await world.setStatus(guide, 'suspended');
    await world.runJob();
    expect(await states()).toEqual(['created']);
    expect((await payout()).waitsFor).toBe('账号已暂停，恢复后继续打款');
    await world.setStatus(guide, 'active');
    await world.runJob();
    expect(await states()).toEqual(['waiting']);
  });

  it('C11: a refund and a submission at one moment: the transfer is sent whole or not at all, and every fen is there', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { guide, transferId, states } = await asked(10_000);
      const id = await transferId();
      await Promise.all([world.submitter().execute(id), world.reverse(guide, 3_000)]);
      expect(['waiting', 'created']).toContain((await states())[0]);
      expect(await world.money(guide)).toEqual([-3_000, 10_000, 0]);
    }
  });
});
