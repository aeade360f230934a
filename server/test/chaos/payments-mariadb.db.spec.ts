import { randomInt } from 'node:crypto';
import { CHAOS_MS, expectToEndWell } from './chaos-run.js';

/** Another one each time; the title says which, so that it can be repeated. */
const SEED = randomInt(1_000_000_000);

describe('R7.5: payments against a WeChat that misbehaves', () => {
  it.each([20_261_128, SEED])(
    'ends 1,000 random histories with the right state and every fen accounted for, seed %s [mariadb]',
    (seed) => expectToEndWell({ engine: 'mariadb', counts: { payments: 1_000 }, seed }),
    CHAOS_MS,
  );
});
