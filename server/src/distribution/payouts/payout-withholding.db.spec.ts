import { ENGINES } from '../../../test/support/test-database.js';
import { PayoutWorld } from './payouts-for-tests.js';

const DAY_MS = 86_400_000;

describe.each(ENGINES)('a contractor is withheld from by the method in force (R5.5) [%s]', (engine) => {
  let world: PayoutWorld;
  beforeAll(async () => {
    world = await PayoutWorld.open(engine);
  }, 60_000);
  beforeEach(() => world.clock.setOffset(0));
  afterAll(() => world.test.close());
  afterEach(() => world.expectExact());

  /** Asks for so much and returns what is withheld of it, in fen. */
  async function taxOf(guide: string, amountFen: number): Promise<number> {
    return (await world.payout(guide, await world.request(guide, amountFen))).taxFen;
  }

  it('R5.5: a month’s payments are taken together: the allowance of ¥800 is there once', async () => {
    const guide = await world.guide(1_000_000);
    await world.set({ withholding: 'per_payment' });
    expect(await taxOf(guide, 80_000)).toBe(0);
    expect(await taxOf(guide, 10_000)).toBe(2_000);
    world.clock.setOffset(31 * DAY_MS);
    expect(await taxOf(guide, 80_000)).toBe(0);
  });

  it('R5.5: what came back counts for nothing', async () => {
    const guide = await world.guide(1_000_000);
    await world.set({ withholding: 'per_payment' });
    const id = await world.request(guide, 100_000);
    expect((await world.payout(guide, id)).taxFen).toBe(4_000);
    await world.cancel(guide, id);
    expect(await taxOf(guide, 100_000)).toBe(4_000);
  });

  it('R5.5: a method that begins in mid-month taxes nothing of what was paid under another one', async () => {
    const guide = await world.guide(1_000_000);
    await world.set({ withholding: 'none' });
    expect(await taxOf(guide, 150_000)).toBe(0);
    await world.set({ withholding: 'per_payment' });
    // Of the ¥1,500 nothing is made up for here, however small the payout is.
    expect(await taxOf(guide, 1_000)).toBe(0);
    world.clock.setOffset(DAY_MS);
    // ¥10 and ¥1,000 are ¥1,010; ¥210 of them at 20%.
    expect(await taxOf(guide, 100_000)).toBe(4_200);
    await world.set({ withholding: 'none' });
    expect(await taxOf(guide, 10_000)).toBe(0);
    await world.set({ withholding: 'per_payment' });
    expect(await taxOf(guide, 10_000)).toBe(2_000);
  });

  it('R5.5: a month once counted stays counted when the payout that began it is taken back', async () => {
    const guide = await world.guide(10_000_000);
    world.clock.setOffset(2 * DAY_MS);
    await world.set({ withholding: 'platform_cumulative', dayMaxFen: 2_000_000 });
    const first = await world.request(guide, 10_000);
    world.clock.setOffset(31 * DAY_MS);
    // ¥12,500 less a fifth is what two months may earn untaxed.
    expect(await taxOf(guide, 1_240_000)).toBe(0);
    await world.cancel(guide, first);
    expect(await taxOf(guide, 10_000)).toBe(0);
    expect(await taxOf(guide, 10_000)).toBe(240);
  });

  it('R5.5: the months of the cumulative method are counted from its first payout', async () => {
    const guide = await world.guide(10_000_000);
    await world.set({ withholding: 'none', dayMaxFen: 2_000_000 });
    expect(await taxOf(guide, 600_000)).toBe(0);
    world.clock.setOffset(60 * DAY_MS);
    await world.set({ withholding: 'platform_cumulative' });
    // ¥10,000 less a fifth and one month’s ¥5,000 is ¥3,000, at 3%.
    expect(await taxOf(guide, 1_000_000)).toBe(9_000);
  });
});
