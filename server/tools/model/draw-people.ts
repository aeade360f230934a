/** Draws what people do: arrivals, joining, becoming guides, changes of guide, and what HQ does to guides. */
import type { Chance } from './chance.js';
import type { Person, State } from './reference-state.js';
import type { GuideStep, PersonStep, RelationStep } from './steps.js';
import { STORES, TIERS } from './world.js';

export function peopleWho(state: State, is: (person: Person) => boolean): number[] {
  return state.people.flatMap((person, index) => (is(person) ? [index] : []));
}

/** In so many of a hundred cases something is done that does not fit, and must be refused. */
const WRONG_PERCENT = 6;

/** One that fits, or now and then any at all. */
export function pickOne<T>(chance: Chance, fitting: readonly T[], all: readonly T[]): T | null {
  const wrong = chance.percent(fitting.length > 0 ? WRONG_PERCENT : 1);
  const from = wrong ? all : fitting;
  return from.length === 0 ? null : chance.pick(from);
}

export function drawTouch(chance: Chance, state: State, cast: readonly number[]): PersonStep {
  const guides = peopleWho(state, ({ guide }) => guide !== null);
  const link = chance.weighted([
    [68, 'live'],
    [22, 'revoked'],
    [10, 'forged'],
  ] as const);
  const revoked = peopleWho(state, ({ guide }) => guide?.hasRevoked === true);
  const guide = chance.pick(link === 'revoked' && revoked.length > 0 ? revoked : guides);
  const other = chance.percent(80) ? chance.pick(cast) : chance.below(state.people.length);
  const person = chance.percent(13) ? guide : other;
  return { kind: 'touch', person, guide, link: link === 'revoked' && revoked.length === 0 ? 'live' : link };
}

export function drawPerson(chance: Chance, state: State, kind: 'join' | 'enrol' | 'revoke'): PersonStep | null {
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

export function drawStatus(chance: Chance, state: State, kind: GuideStep['kind']): GuideStep | null {
  const guides = peopleWho(state, ({ guide }) => guide !== null);
  const fitting = guides.filter((index) => (state.people[index]?.guide?.status === 'active') === (kind !== 'return'));
  const guide = pickOne(chance, fitting, guides);
  return guide === null ? null : { kind, guide };
}

export function drawRelation(chance: Chance, state: State, kind: RelationStep['kind']): RelationStep | null {
  const guides = peopleWho(state, ({ guide }) => guide !== null);
  const serving = peopleWho(state, ({ guide }) => guide?.status === 'active');
  if (kind === 'hand-over') {
    const having = guides.filter((index) => state.people.some(({ bindings }) => bindings.at(-1)?.guide === index));
    const guide = pickOne(chance, having.length > 0 ? having : guides, guides) ?? 0;
    const takers = serving.filter((index) => index !== guide);
    const to = [pickOne(chance, takers, guides), chance.percent(40) ? pickOne(chance, takers, guides) : null];
    const named = [...new Set(to.flatMap((taker) => taker ?? []))];
    return named.length === 0 ? null : { kind, guide, to: named };
  }
  if (kind === 'reassign') {
    const guide = chance.percent(15) ? null : pickOne(chance, serving, guides);
    const others = peopleWho(state, (person) => person.guide === null);
    return { kind, person: chance.pick(others.length > 0 ? others : guides), guide };
  }
  const members = peopleWho(state, ({ joined, bindings, touches }) => joined && bindings.length + touches.length > 0);
  const person = pickOne(
    chance,
    members,
    state.people.map((_, index) => index),
  );
  if (person === null) return null;
  const { bindings, touches } = state.people[person] ?? { bindings: [], touches: [] };
  const near = serving.filter((index) => {
    const isNear = state.people[index]?.guide?.store === bindings.at(-1)?.store;
    return index !== person && (isNear || touches.some(({ guide }) => guide === index));
  });
  return { kind, person, guide: chance.percent(15) ? null : pickOne(chance, near, guides) };
}
