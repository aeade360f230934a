import { type ChaosOptions, runChaos } from '../../tools/chaos/run-chaos.js';

/** Half a minute on an idle core, and this machine may have other things to do. */
export const CHAOS_MS = 20 * 60_000;

/** Plays the histories; every line that the run prints is in the failure, the shrunk history with its seed too. */
export async function expectToEndWell(options: Pick<ChaosOptions, 'engine' | 'counts' | 'seed'>): Promise<void> {
  const said: string[] = [];
  const { histories, wrong } = await runChaos({ ...options, say: (line) => said.push(line) });
  if (wrong > 0) throw new Error(`${wrong} of ${histories} histories are wrong\n${said.join('\n')}`);
}
