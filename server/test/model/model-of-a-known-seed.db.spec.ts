import { expectToFollowTheModel, MODEL_MS } from './model-run.js';

describe('R2 to R5: the mall against a reference model, sequences of a known seed', () => {
  it(
    'ends 1,000 random sequences of 50 steps with the same fen in every account [sqlite]',
    async () => {
      await expectToFollowTheModel('sqlite', 1_000, 20_261_122);
    },
    MODEL_MS,
  );
});
