/**
 * Draws a sequence of steps that fit what has happened so far, as the reference model sees it. A part of them is wrong on
 * purpose: paid twice, cancelled too late, refunded beyond what is left. Those must be refused by both.
 */
import type { Chance } from './chance.js';
import { drawAdvance, type Probe } from './draw-advance.js';
import { drawOrder, drawOrderOf, drawRefund } from './draw-orders.js';
import { drawPayout } from './draw-payouts.js';
import { drawPerson, drawRelation, drawStatus, drawTouch, peopleWho, pickOne } from './draw-people.js';
import { drawRate, drawRateEnd, drawSettings, drawTerms } from './draw-rules.js';
import { apply } from './reference.js';
import { newState, type Order, type State } from './reference-state.js';
import type { OrderMove, Step, StepKind } from './steps.js';
import { DAY, FIRST_GUIDES } from './world.js';

/** How often a kind is tried; one that does not fit the moment is drawn again. */
const WEIGHTS: readonly (readonly [number, StepKind])[] = [
  [150, 'touch'],
  [56, 'revoke'],
  [58, 'join'],
  [260, 'enrol'],
  [125, 'choose'],
  [56, 'reassign'],
  [68, 'hand-over'],
  [60, 'suspend'],
  [120, 'return'],
  [58, 'leave'],
  [520, 'order'],
  [560, 'pay'],
  [460, 'cancel'],
  [380, 'ship'],
  [420, 'receive'],
  [165, 'refund'],
  [900, 'settle'],
  [150, 'advance'],
  [200, 'release'],
  [470, 'payout'],
  [2_300, 'decide'],
  [1_150, 'withdraw'],
  [1_400, 'transfer'],
  [58, 'rate'],
  [86, 'end-rate'],
  [52, 'settings'],
];

/** What a sequence has enough of once: until then it is tried more often, and afterwards less. */
const ONCE: ReadonlySet<StepKind> = new Set<StepKind>([
  'revoke',
  'enrol',
  'choose',
  'reassign',
  'hand-over',
  'suspend',
  'return',
  'leave',
  'cancel',
  'settle',
  'decide',
  'withdraw',
  'rate',
  'end-rate',
  'settings',
]);

function weightsAfter(steps: readonly Step[]): readonly (readonly [number, StepKind])[] {
  return WEIGHTS.map(([weight, kind]) => {
    if (!ONCE.has(kind)) return [weight, kind];
    const times = steps.filter((step) => step.kind === kind).length;
    return [times === 0 ? weight * 2 : Math.ceil(weight / times), kind];
  });
}

const CAST = 3;
const OPENING_PERCENT = 80;

function drawOrderMove(chance: Chance, state: State, kind: OrderMove['kind']): Step | null {
  const from: Record<OrderMove['kind'], Order['state']> = {
    pay: 'created',
    cancel: 'created',
    ship: 'paid',
    receive: 'shipped',
  };
  const all = [...state.orders.values()];
  const fitting = all.filter((one) => one.state === from[kind]);
  const order = pickOne(chance, fitting, all);
  return order === null ? null : { kind, order: order.label };
}

/** Rather when something is due. */
function drawRelease(chance: Chance, state: State): Step | null {
  const isDue = [...state.orders.values()].some(({ receivedAt, availableAt, lines }) => {
    const waits = lines.some(({ entries }) => entries.some(({ released }) => !released));
    return receivedAt !== null && availableAt <= state.now && waits;
  });
  return isDue || chance.percent(12) ? { kind: 'release' } : null;
}

type Drawn = Exclude<StepKind, 'advance'>;

function draw(chance: Chance, state: State, kind: Drawn, cast: readonly number[]): Step | null {
  switch (kind) {
    case 'touch':
      return drawTouch(chance, state, cast);
    case 'join':
    case 'enrol':
    case 'revoke':
      return drawPerson(chance, state, kind);
    case 'choose':
    case 'reassign':
    case 'hand-over':
      return drawRelation(chance, state, kind);
    case 'suspend':
    case 'return':
    case 'leave':
      return drawStatus(chance, state, kind);
    case 'order':
      return drawOrder(chance, state);
    case 'pay':
    case 'cancel':
    case 'ship':
    case 'receive':
      return drawOrderMove(chance, state, kind);
    case 'refund':
      return drawRefund(chance, state, null);
    case 'settle': {
      const open = [...state.refunds].flatMap(([label, refund]) => (refund.state === 'open' ? [label] : []));
      return open.length === 0 ? null : { kind, refund: chance.pick(open), succeeds: chance.percent(65) };
    }
    case 'release':
      return drawRelease(chance, state);
    case 'payout':
    case 'decide':
    case 'withdraw':
    case 'transfer':
      return drawPayout(chance, state, kind);
    case 'rate':
      return drawRate(chance, state);
    case 'end-rate':
      return drawRateEnd(chance, state);
    case 'settings':
      return drawSettings(chance);
  }
}

/** What shows whether the mall kept the instant to which the clock was moved. */
function drawProbe(chance: Chance, state: State, { kind, about }: Probe): Step | null {
  if (kind === 'release') return { kind };
  return kind === 'order' ? drawOrderOf(chance, state, about) : drawRefund(chance, state, about);
}

interface Drawing {
  chance: Chance;
  state: State;
  cast: readonly number[];
  steps: readonly Step[];
}

function drawNext({ chance, state, cast, steps }: Drawing, probe: Probe | null) {
  if (probe !== null) return { step: drawProbe(chance, state, probe), probe: null };
  const kind = chance.weighted(weightsAfter(steps));
  return kind === 'advance' ? drawAdvance(chance, state) : { step: draw(chance, state, kind, cast), probe: null };
}

/**
 * Most sequences begin with a sale that ends well: a guide then has money to ask for, and her customer a binding that has
 * been renewed and coupons that name her.
 */
function drawOpening(chance: Chance, person: number): Step[] {
  const guide = chance.below(FIRST_GUIDES.length);
  const lines = [{ sku: chance.pick([0, 1, 4]), quantity: chance.between(1, 3) }];
  if (chance.percent(60)) lines.push({ sku: chance.pick([2, 3]), quantity: chance.between(1, 3) });
  const order = 0;
  return [
    ...(chance.percent(45) ? [drawTerms(chance)] : []),
    { kind: 'touch', person, guide, link: 'live' },
    ...(chance.percent(50) ? [{ kind: 'join' as const, person }] : []),
    { kind: 'order', order, person, lines, coupon: null },
    { kind: 'pay', order },
    { kind: 'ship', order },
    ...(chance.percent(70) ? [{ kind: 'receive' as const, order }] : []),
    { kind: 'advance', ms: chance.between(8 * DAY, 45 * DAY) },
    { kind: 'release' },
  ];
}

/** `length` steps; each is applied to a reference model of its own while it is drawn. */
export function drawSteps(chance: Chance, length: number): Step[] {
  const state = newState();
  // Most of a sequence is about few people: things meet that would miss each other among many.
  const customers = peopleWho(state, ({ guide }) => guide === null);
  const cast = Array.from({ length: CAST }, () => chance.pick(customers));
  const steps = chance.percent(OPENING_PERCENT) ? drawOpening(chance, cast[0] ?? 0) : [];
  for (const step of steps) apply(state, step);
  let probe: Probe | null = null;
  while (steps.length < length) {
    const drawn = drawNext({ chance, state, cast, steps }, probe);
    probe = drawn.probe;
    if (drawn.step === null || apply(state, drawn.step) === 'absent') continue;
    steps.push(drawn.step);
  }
  return steps;
}
