/**
 * Draws a sequence of steps that fit what has happened so far, as the reference model sees it. A part of them is wrong on
 * purpose: paid twice, cancelled too late, refunded beyond what is left. Those must be refused by both.
 */
import type { Chance } from './chance.js';
import { drawAdvance } from './draw-advance.js';
import { drawOrder, drawRefund } from './draw-orders.js';
import { drawRate, drawSettings } from './draw-rules.js';
import { apply } from './reference.js';
import { newState, type Order, type Person, type State } from './reference-state.js';
import type { Step, StepKind } from './steps.js';
import { STORES, TIERS } from './world.js';

/** How often a kind is tried; one that does not fit the moment is drawn again. */
const WEIGHTS: readonly (readonly [number, StepKind])[] = [
  [170, 'touch'],
  [40, 'revoke'],
  [60, 'join'],
  [85, 'enrol'],
  [260, 'order'],
  [420, 'pay'],
  [130, 'cancel'],
  [260, 'ship'],
  [220, 'receive'],
  [140, 'refund'],
  [400, 'settle'],
  [210, 'advance'],
  [60, 'release'],
  [38, 'suspend'],
  [100, 'return'],
  [38, 'leave'],
  [44, 'rate'],
  [40, 'settings'],
];

const WRONG_PERCENT = 6;
const CAST = 3;

function peopleWho(state: State, is: (person: Person) => boolean): number[] {
  return state.people.flatMap((person, index) => (is(person) ? [index] : []));
}

/** One that fits, or now and then any at all. */
function pickOne<T>(chance: Chance, fitting: readonly T[], all: readonly T[]): T | null {
  const from = chance.percent(WRONG_PERCENT) && all.length > 0 ? all : fitting;
  return from.length === 0 ? null : chance.pick(from);
}

function drawOrderMove(chance: Chance, state: State, kind: 'pay' | 'cancel' | 'ship' | 'receive'): Step | null {
  const from: Record<typeof kind, Order['state']> = {
    pay: 'created',
    cancel: 'created',
    ship: 'paid',
    receive: 'shipped',
  };
  const all = [...state.orders.values()];
  const order = pickOne(
    chance,
    all.filter((one) => one.state === from[kind]),
    all,
  );
  return order === null ? null : { kind, order: order.label };
}

function drawTouch(chance: Chance, state: State, cast: readonly number[]): Step {
  const guides = peopleWho(state, ({ guide }) => guide !== null);
  const link = chance.weighted([
    [80, 'live'],
    [12, 'revoked'],
    [8, 'forged'],
  ] as const);
  const revoked = peopleWho(state, ({ guide }) => guide?.hasRevoked === true);
  const guide = chance.pick(link === 'revoked' && revoked.length > 0 ? revoked : guides);
  const person = chance.percent(5) ? guide : chance.percent(80) ? chance.pick(cast) : chance.below(state.people.length);
  return { kind: 'touch', person, guide, link: link === 'revoked' && revoked.length === 0 ? 'live' : link };
}

function drawPerson(chance: Chance, state: State, kind: 'join' | 'enrol' | 'revoke'): Step | null {
  const all = state.people.map((_, index) => index);
  if (kind === 'revoke') return { kind, guide: chance.pick(peopleWho(state, ({ guide }) => guide !== null)) };
  if (kind === 'join') {
    const touched = peopleWho(state, ({ joined, touches }) => !joined && touches.length > 0);
    const visitors = peopleWho(state, ({ joined }) => !joined);
    const person = pickOne(chance, touched.length > 0 ? touched : visitors, all);
    return person === null ? null : { kind, person };
  }
  // Rather somebody who has a guide: whether that one still earns on her is the question.
  const may = peopleWho(state, ({ joined, guide }) => joined && guide === null);
  const bound = may.filter((index) => (state.people[index]?.bindings.length ?? 0) > 0);
  const person = pickOne(chance, bound.length > 0 ? bound : may, all);
  return person === null ? null : { kind, person, store: chance.below(STORES.length), tier: chance.pick(TIERS) };
}

function drawStatus(chance: Chance, state: State, kind: 'suspend' | 'return' | 'leave'): Step | null {
  const guides = peopleWho(state, ({ guide }) => guide !== null);
  const fitting = guides.filter((index) => (state.people[index]?.guide?.status === 'active') === (kind !== 'return'));
  const guide = pickOne(chance, fitting, guides);
  return guide === null ? null : { kind, guide };
}

function draw(chance: Chance, state: State, kind: StepKind, cast: readonly number[]): Step | null {
  switch (kind) {
    case 'touch':
      return drawTouch(chance, state, cast);
    case 'join':
    case 'enrol':
    case 'revoke':
      return drawPerson(chance, state, kind);
    case 'order':
      return drawOrder(chance, state);
    case 'pay':
    case 'cancel':
    case 'ship':
    case 'receive':
      return drawOrderMove(chance, state, kind);
    case 'refund':
      return drawRefund(chance, state);
    case 'settle': {
      const open = [...state.refunds].flatMap(([label, refund]) => (refund.state === 'open' ? [label] : []));
      return open.length === 0 ? null : { kind, refund: chance.pick(open), succeeds: chance.percent(65) };
    }
    case 'advance':
      return drawAdvance(chance, state);
    case 'release':
      return { kind };
    case 'suspend':
    case 'return':
    case 'leave':
      return drawStatus(chance, state, kind);
    case 'rate':
      return drawRate(chance, state);
    case 'settings':
      return drawSettings(chance);
  }
}

/** `length` steps; each is applied to a reference model of its own while it is drawn. */
export function drawSteps(chance: Chance, length: number): Step[] {
  const state = newState();
  // Most of a sequence is about few people: things meet that would miss each other among many.
  const customers = peopleWho(state, ({ guide }) => guide === null);
  const cast = Array.from({ length: CAST }, () => chance.pick(customers));
  const steps: Step[] = [];
  while (steps.length < length) {
    const step = draw(chance, state, chance.weighted(WEIGHTS), cast);
    if (step === null || apply(state, step) === 'absent') continue;
    steps.push(step);
  }
  return steps;
}
