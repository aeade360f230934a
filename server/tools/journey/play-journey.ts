import { ApiClient } from './api-client.js';
import type { Reporter, StepDetails } from './report.js';
import { OPENING } from './story-opening.js';
import { RETURN, sumUp } from './story-return.js';
import type { World } from './world.js';

export interface JourneyOptions {
  apiUrl: string;
  emulatorUrl: string;
  hqPassword: string;
  catalogue: { name: string; content: Buffer };
}

/** What a failed journey could not count. */
const NOTHING = {
  orders: 0,
  paidFen: 0,
  refundedFen: 0,
  commissionFen: 0,
  expectedCommissionFen: 0,
  ledgerSumFen: null,
  couponsIssued: 0,
  couponsRedeemed: 0,
};

/** Plays the whole story on a running mall with an empty database. True when every step and every sum is right. */
export async function playJourney(options: JourneyOptions, reporter: Reporter): Promise<boolean> {
  const world = {
    api: new ApiClient(options.apiUrl),
    emulator: new ApiClient(options.emulatorUrl),
    hqPassword: options.hqPassword,
    catalogue: options.catalogue,
    customerPersona: 'xiaoyu',
    guidePersona: 'chenjing',
    orders: [],
    couponsIssued: 0,
    couponsRedeemed: 0,
  } as unknown as World;
  const attempt = async (name: string, play: (world: World) => Promise<StepDetails>, failed: StepDetails) => {
    try {
      reporter.step(name, true, await play(world));
      return true;
    } catch (error) {
      reporter.step(name, false, { ...failed, error: error instanceof Error ? error.message : String(error) });
      return false;
    }
  };
  for (const [name, play] of [...OPENING, ...RETURN]) {
    if (await attempt(name, play, {})) continue;
    reporter.step('summary', false, { ...NOTHING, failedStep: name });
    return false;
  }
  return attempt('summary', sumUp, NOTHING);
}
