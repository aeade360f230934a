/** Histories of one order's payment: how they are played to their end, and judged there. */
import { CouponKind } from '@mall/shared/coupons';
import { CreateTemplateService } from '../../src/marketing/coupons/coupons.public.js';
import { Database } from '../../src/platform/database/database.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import type { ChaosWorld } from './chaos-world.js';
import type { HistoryKind } from './history.js';
import { PaymentOracle, readStock } from './payment-oracle.js';
import { PaymentPlayer, runPaymentJobs } from './payment-player.js';
import { drawPayment, type PaymentStep, simplerPayment } from './payment-steps.js';

/** Longer than any pause between two tries. */
const ROUND_MS = 11 * 60_000;
/** An order can be paid for 15 minutes, and WeChat is asked for ten more: well below this many rounds. */
const ROUNDS = 12;

/** A coupon that every order of a history may use once; made again after each reset. */
const templates = new WeakMap<ChaosWorld, string>();

export const PAYMENTS: HistoryKind<PaymentStep> = {
  name: 'payments',
  draw: drawPayment,
  simpler: simplerPayment,

  async prepare(world) {
    const draft = {
      name: '立减',
      kind: CouponKind.AmountOff,
      thresholdFen: 0,
      discountFen: 7,
      validity: { days: 3_650 },
    };
    const id = await world.get(UnitOfWork).run((tx) => world.get(CreateTemplateService).execute(tx, draft, world.now));
    templates.set(world, id);
  },

  async play(world, steps) {
    const player = new PaymentPlayer(world, templates.get(world) ?? '');
    const stockBefore = await readStock(world);
    for (const step of steps) {
      await player.play(step);
      // Two steps never share an instant, so that the oracle knows what came first.
      world.advance(1_000);
    }
    if (player.order === null) return player.faults;
    const unrest = await comeToRest(world, player);
    const oracle = new PaymentOracle(world, player.order, player.refunds, stockBefore);
    return [...player.faults, ...unrest, ...(await oracle.judge())];
  },
};

/** No more faults: time passes, jobs run, notices that still wait come, and the bank does its work. */
async function comeToRest(world: ChaosWorld, player: PaymentPlayer): Promise<string[]> {
  world.wechat.arrivals();
  world.pay.hasBalance = true;
  for (let round = 0; round < ROUNDS; round += 1) {
    while (world.wechat.pending.length > 0) {
      await player.play({ kind: 'notice', which: 0, trick: null, copies: 1, faults: [], crash: null });
    }
    await runPaymentJobs(world);
    const told = await world.relay();
    if (told.length > 0) return told;
    world.pay.endRefunds(player.order?.outTradeNo ?? '');
    if (world.wechat.pending.length === 0 && (await isAtRest(world))) return [];
    world.advance(ROUND_MS);
  }
  return ['it never came to rest'];
}

async function isAtRest(world: ChaosWorld): Promise<boolean> {
  const open = await world.get(Database).first(
    `SELECT id FROM orders WHERE state = 'created' UNION ALL SELECT id FROM payments WHERE state = 'open'
     UNION ALL SELECT id FROM refunds WHERE state IN ('created', 'processing') AND failReason IS NULL
     UNION ALL SELECT id FROM outbox_events WHERE state = 'pending' LIMIT 1`,
  );
  return open === null;
}
