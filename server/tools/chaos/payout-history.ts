/** Histories of a guide's payouts: how they are played to their end, and judged there. */
import type { ChaosWorld } from './chaos-world.js';
import type { HistoryKind } from './history.js';
import { PayoutOracle } from './payout-oracle.js';
import { PayoutPlayer } from './payout-player.js';
import { PayoutScene } from './payout-scene.js';
import { drawPayout, type PayoutStep, simplerPayout } from './payout-steps.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/**
 * Longer than any pause between two tries; then than she may take to confirm; then for as many of the merchant's months
 * as what the guides own can take: two transfers fit into the tightest month, whatever their amounts.
 */
const ROUNDS_MS = [
  ...Array.from({ length: 4 }, () => 11 * MINUTE),
  ...Array.from({ length: 3 }, () => 25 * HOUR),
  ...Array.from({ length: 60 }, () => 5 * 24 * HOUR),
];
const QUIET = { faults: [], crash: null };

export const PAYOUTS: HistoryKind<PayoutStep> = {
  name: 'payouts',
  draw: drawPayout,
  simpler: simplerPayout,

  // Commissions are postings without orders here; the oracle compares each guide's accounts itself.
  unfit: ['ledger-sources', 'payee-accounts'],

  async play(world, steps) {
    const scene = new PayoutScene(world);
    const player = new PayoutPlayer(world, scene);
    world.transfers.calm();
    world.wechat.pending = [];
    for (const step of steps) {
      await player.play(step);
      await player.checkNow();
      // Two steps never share an instant, so that the oracle knows what came first.
      world.advance(1_000);
    }
    if (scene.guides.length === 0) return player.faults;
    const unrest = await comeToRest(world, player, steps.at(-1));
    return [...player.faults, ...unrest, ...(await new PayoutOracle(world, player).judge())];
  },
};

/** No more faults: HQ decides, the merchant's account is filled, time passes, jobs run and WeChat does its work. */
async function comeToRest(world: ChaosWorld, player: PayoutPlayer, end: PayoutStep | undefined): Promise<string[]> {
  const { confirms, earns } = end?.kind === 'end' ? end : { confirms: true, earns: true };
  const { scene } = player;
  world.wechat.arrivals();
  world.transfers.calm();
  for (const guide of scene.guides.keys()) {
    await scene.suspend(guide, false);
    if (earns) await scene.earn(guide, 3 * scene.fundsFen);
  }
  for (const ms of ROUNDS_MS) {
    await decideAll(player);
    while (world.wechat.pending.length > 0) {
      await player.play({ kind: 'notice', which: 0, trick: null, copies: 1, ...QUIET });
    }
    await player.play({ kind: 'jobs', ...QUIET });
    if (confirms) await confirmAll(player);
    world.transfers.work({ closes: true });
    const told = await world.relay();
    if (told.length > 0) return told;
    await player.checkNow();
    if (world.wechat.pending.length === 0 && (await isAtRest(world, player))) return [];
    world.advance(ms);
  }
  return ['it never came to rest'];
}

async function decideAll(player: PayoutPlayer): Promise<void> {
  const ids = [...new Set((await player.rows()).map(({ requestId }) => requestId))];
  for (const which of ids.keys()) await player.play({ kind: 'decide', which, approves: true, ...QUIET });
}

async function confirmAll(player: PayoutPlayer): Promise<void> {
  for (const [which, { state }] of (await player.rows()).entries()) {
    if (state === 'waiting') await player.play({ kind: 'confirm', which, where: 'mall', fate: 'SUCCESS', ...QUIET });
  }
}

/** What has not ended is what her negative balance holds (C11). */
async function isAtRest(world: ChaosWorld, player: PayoutPlayer): Promise<boolean> {
  const rows = await player.rows();
  const { transfers } = world;
  const bills = rows.map(({ outBillNo }) => transfers.bills.get(outBillNo));
  if (bills.some((bill) => bill !== undefined && !transfers.isEnded(bill))) return false;
  const held = await player.scene.heldGuides();
  return rows.every(({ state, guideId }) => ENDED.includes(state) || (state === 'created' && held.includes(guideId)));
}

const ENDED = ['succeeded', 'failed', 'cancelled'];
