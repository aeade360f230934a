import { ALL_CHECKS } from './all-checks.js';
import { checksOf, titleOf } from './check.js';
import { failureOf } from './run-checks.js';

describe('the emulator keeps the facts of the specification', () => {
  it.each(ALL_CHECKS.map((check) => [titleOf(check), check] as const))('%s', async (_title, check) => {
    expect(await failureOf(check)).toBeNull();
  });

  it('each named once', () => {
    const titles = ALL_CHECKS.map(titleOf);
    expect(new Set(titles).size).toBe(titles.length);
  });

  it('and a check whose fact is not kept fails', async () => {
    const [check] = checksOf('§0', {
      'an unknown order is found': async (bench) => {
        const merchant = await bench.merchant();
        if ((await merchant.order('never-was')).status !== 200) throw new Error('it is not');
      },
    });
    expect(check && (await failureOf(check))).toBe('it is not');
  });
});
