/** The steps of a payment's history, and how they are drawn. */
import type { Chance } from '../model/chance.js';
import { SKUS } from '../model/world.js';
import type { RefundFate } from './fake-pay.js';
import { drawNotice, type NoticeStep, simplerNotice, simplerTrouble, type Trouble, trouble } from './trouble.js';

/** What may happen at the same moment. */
export const RACERS = ['notice', 'ask', 'cancel', 'jobs', 'open'] as const;
export type Racer = (typeof RACERS)[number];

export type PaymentStep =
  | { kind: 'order'; person: number; guide: number | null; sku: number; quantity: number; coupon: boolean }
  | ({ kind: 'open' } & Trouble)
  /** On her phone, at WeChat. */
  | { kind: 'pay' }
  | { kind: 'arrivals' }
  /** `which` of the notices that wait, counted round; -1 is the newest. It goes on waiting unless it was taken in, as WeChat repeats it. */
  | NoticeStep
  | { kind: 'lose'; which: number }
  | ({ kind: 'ask' } & Trouble)
  | ({ kind: 'cancel' } & Trouble)
  | ({ kind: 'jobs' } & Trouble)
  | { kind: 'relay' }
  | { kind: 'advance'; ms: number }
  | { kind: 'race'; racers: Racer[] }
  | { kind: 'restart' }
  /** HQ gives back a part of what was paid, in bps of the line. `again`: with the key of the refund before. */
  | ({ kind: 'refund'; partBps: number; pieces: number; freight: boolean; again: boolean; fate: RefundFate } & Trouble)
  | { kind: 'balance'; enough: boolean }
  /** The bank has done its work. */
  | { kind: 'bank' }
  /** HQ sends an abnormal refund on its way again. */
  | ({ kind: 'reapply' } & Trouble)
  /** Notices that still wait at the end come after all, or never. */
  | { kind: 'end'; notices: 'come' | 'never' };

const MINUTE = 60_000;

export function drawPayment(chance: Chance): PaymentStep[] {
  if (chance.percent(12)) return drawLate(chance);
  const steps: PaymentStep[] = [drawOrder(chance)];
  // Most histories begin as they should; some cancel before they open, or never open at all.
  if (chance.percent(93)) steps.push({ kind: 'open', ...trouble(chance, 25) });
  steps.push(...drawMany(chance, chance.between(0, 3), BEFORE));
  if (chance.percent(80)) steps.push({ kind: 'pay' });
  steps.push(...drawMany(chance, chance.between(1, 6), AROUND));
  if (chance.percent(60)) steps.push(...drawMany(chance, chance.between(2, 8), AFTER));
  if (chance.percent(15)) steps.push(...drawFalseRefund(chance));
  steps.push({ kind: 'end', notices: chance.percent(50) ? 'come' : 'never' });
  return steps;
}

/** The prepay is under way while the customer gives up; then it arrives, and she pays after all. */
function drawLate(chance: Chance): PaymentStep[] {
  return [
    drawOrder(chance),
    { kind: 'open', faults: ['delayed'], crash: null },
    ...drawMany(chance, chance.below(2), BEFORE),
    { kind: 'cancel', ...trouble(chance, 15) },
    { kind: 'arrivals' },
    { kind: 'pay' },
    ...drawMany(chance, chance.below(3), AROUND),
    ...drawMany(chance, chance.between(1, 4), AFTER),
    { kind: 'end', notices: chance.percent(50) ? 'come' : 'never' },
  ];
}

/** All is well but the notice of a refund's end, which says something wrong and is the first to tell of it. */
function drawFalseRefund(chance: Chance): PaymentStep[] {
  const quiet = { faults: [], crash: null };
  return [
    { kind: 'open', ...quiet },
    { kind: 'pay' },
    { kind: 'ask', ...quiet },
    { kind: 'refund', partBps: 3_333, pieces: 0, freight: false, again: false, fate: 'SUCCESS', ...quiet },
    { kind: 'jobs', ...quiet },
    { kind: 'bank' },
    { kind: 'notice', which: -1, trick: chance.pick(['amount', 'amount', 'number', 'merchant']), copies: 1, ...quiet },
  ];
}

type Draw = (chance: Chance) => PaymentStep;
type Weights = readonly (readonly [number, Draw])[];

function drawMany(chance: Chance, count: number, weights: Weights): PaymentStep[] {
  return Array.from({ length: count }, () => chance.weighted(weights)(chance));
}

function drawOrder(chance: Chance): PaymentStep {
  return {
    kind: 'order',
    person: chance.between(3, 8),
    guide: chance.percent(60) ? chance.below(3) : null,
    sku: chance.below(SKUS.length),
    quantity: chance.between(1, 3),
    coupon: chance.percent(30),
  };
}

const open: Draw = (chance) => ({ kind: 'open', ...trouble(chance, 40) });
const pay: Draw = () => ({ kind: 'pay' });
const arrivals: Draw = () => ({ kind: 'arrivals' });
const lose: Draw = (chance) => ({ kind: 'lose', which: chance.below(4) });
const ask: Draw = (chance) => ({ kind: 'ask', ...trouble(chance, 30) });
const cancel: Draw = (chance) => ({ kind: 'cancel', ...trouble(chance, 40) });
const jobs: Draw = (chance) => ({ kind: 'jobs', ...trouble(chance, 40) });
const relay: Draw = () => ({ kind: 'relay' });
const advance: Draw = (chance) => ({
  kind: 'advance',
  ms: chance.weighted([
    [4, chance.between(1_000, 59_000)],
    [3, chance.between(1, 9) * MINUTE],
    [2, chance.between(10, 20) * MINUTE],
    [1, chance.between(1, 30) * 60 * MINUTE],
  ]),
});
const race: Draw = (chance) => ({
  kind: 'race',
  racers: Array.from({ length: chance.between(2, 4) }, () => chance.pick(RACERS)),
});
const restart: Draw = () => ({ kind: 'restart' });
const refund: Draw = (chance) => ({
  kind: 'refund',
  partBps: chance.pick([10_000, 10_000, 5_000, 3_333, 1]),
  pieces: chance.below(2),
  freight: chance.percent(40),
  again: chance.percent(15),
  fate: chance.weighted([
    [7, 'SUCCESS' as const],
    [2, 'ABNORMAL' as const],
    [1, 'CLOSED' as const],
  ]),
  ...trouble(chance, 35),
});
const balance: Draw = (chance) => ({ kind: 'balance', enough: chance.percent(40) });
const bank: Draw = () => ({ kind: 'bank' });
const reapply: Draw = (chance) => ({ kind: 'reapply', ...trouble(chance, 30) });

const BEFORE: Weights = [
  [3, open],
  [2, arrivals],
  [2, cancel],
  [2, ask],
  [2, jobs],
  [3, advance],
  [1, race],
  [1, restart],
];
const AROUND: Weights = [
  [7, drawNotice],
  [2, lose],
  [3, ask],
  [3, cancel],
  [3, jobs],
  [3, advance],
  [3, race],
  [2, arrivals],
  [2, pay],
  [1, open],
  [1, relay],
  [1, restart],
];
const AFTER: Weights = [
  [7, refund],
  [5, bank],
  [5, drawNotice],
  [1, lose],
  [3, jobs],
  [2, relay],
  [2, reapply],
  [2, advance],
  [1, balance],
  [1, race],
  [1, restart],
];

/** Steps that say the same with less. */
export function* simplerPayment(step: PaymentStep): Generator<PaymentStep> {
  if ('faults' in step) yield* simplerTrouble(step);
  if (step.kind === 'notice') yield* simplerNotice(step);
  if (step.kind === 'race' && step.racers.length > 1) {
    for (const index of step.racers.keys()) {
      yield { ...step, racers: step.racers.filter((_, other) => other !== index) };
    }
  }
  if (step.kind === 'order' && step.coupon) yield { ...step, coupon: false };
  if (step.kind === 'order' && step.guide !== null) yield { ...step, guide: null };
  if (step.kind === 'order' && step.quantity > 1) yield { ...step, quantity: 1 };
  if (step.kind === 'refund' && step.freight) yield { ...step, freight: false };
  if (step.kind === 'refund' && step.pieces > 0) yield { ...step, pieces: 0 };
}
