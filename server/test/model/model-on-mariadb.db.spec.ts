import { randomInt } from 'node:crypto';
import { expectToFollowTheModel, MODEL_MS } from './model-run.js';

const SEED = randomInt(1_000_000_000);

describe('R2 to R5: the mall against a reference model', () => {
  it(
    `ends 100 random sequences of 50 steps with the same fen in every account, seed ${SEED} [mariadb]`,
    async () => {
      await expectToFollowTheModel('mariadb', 100, SEED);
    },
    MODEL_MS,
  );
});
