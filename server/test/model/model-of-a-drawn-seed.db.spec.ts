import { randomInt } from 'node:crypto';
import { expectToFollowTheModel, MODEL_MS } from './model-run.js';

/** Another one each time: what no seed has met yet is found some day. The title says which, so that it can be repeated. */
const SEED = randomInt(1_000_000_000);

describe('R2 to R5: the mall against a reference model, sequences of a drawn seed', () => {
  it(
    `ends 1,000 random sequences of 50 steps with the same fen in every account, seed ${SEED} [sqlite]`,
    async () => {
      await expectToFollowTheModel('sqlite', 1_000, SEED);
    },
    MODEL_MS,
  );
});
