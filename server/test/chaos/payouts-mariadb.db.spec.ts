import { randomInt } from 'node:crypto';
import { CHAOS_MS, expectToEndWell } from './chaos-run.js';

/** Another one each time; the title says which, so that it can be repeated. */
const SEED = randomInt(1_000_000_000);

describe('R5.5: payouts through a WeChat that misbehaves', () => {
  it.each([20_261_128, SEED])(
    'ends 250 random histories with what WeChat paid in the books and nothing paid twice, seed %s [mariadb]',
    (seed) => expectToEndWell({ engine: 'mariadb', counts: { payouts: 250 }, seed }),
    CHAOS_MS,
  );
});
