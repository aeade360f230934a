import type { Engine } from '../../tools/model/open-mall.js';
import { runModel } from '../../tools/model/run-model.js';

/** A thousand sequences take a minute or two on an idle core, and this machine may have other things to do. */
export const MODEL_MS = 20 * 60_000;
const STEPS = 50;

/** Runs the sequences; every line that the run prints is in the failure, the shrunk sequence with its seed too. */
export async function expectToFollowTheModel(engine: Engine, sequences: number, seed: number): Promise<void> {
  const said: string[] = [];
  const { wrong, gaps, table } = await runModel({
    engine,
    sequences,
    seed,
    steps: STEPS,
    say: (line) => said.push(line),
  });
  if (wrong > 0) throw new Error(`${wrong} of ${sequences} sequences are wrong\n${said.join('\n')}`);
  // Fewer sequences need not meet everything.
  if (sequences >= 200 && gaps.length > 0) throw new Error(`${gaps.join('\n')}\n\n${table}`);
}
