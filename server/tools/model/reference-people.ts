/** R2 by the reference model: arrivals, joining, becoming a guide, changes of guide, hand-overs. */
import { bind, guideAt, standingAt } from './reference-bindings.js';
import { type GuideState, personOf, type State, settingsAt } from './reference-state.js';
import type { GuideStep, PersonStep, RelationStep, StepOutcome } from './steps.js';
import { DAY } from './world.js';

export function applyToPerson(state: State, step: PersonStep): StepOutcome {
  if (step.kind === 'touch') return touch(state, step);
  if (step.kind === 'revoke') {
    const { guide } = personOf(state, step.guide);
    if (guide === null) return 'absent';
    guide.hasRevoked = true;
    return 'done';
  }
  const person = personOf(state, step.person);
  if (step.kind === 'enrol') {
    if (!person.joined || person.guide !== null) return 'refused';
    const { store, tier } = step;
    person.guide = { store, tier, status: 'active', registeredAt: state.now, hasRevoked: false };
    return 'done';
  }
  if (person.joined) return 'refused';
  person.joined = true;
  if (guideAt(state, step.person, state.now) !== null) return 'done';
  const guide = offeredGuide(state, step.person);
  if (guide !== null) bindTo(state, step.person, guide, 'join');
  return 'done';
}

function touch(state: State, step: Extract<PersonStep, { kind: 'touch' }>): StepOutcome {
  const { touches } = personOf(state, step.person);
  const at = state.now;
  if (step.link === 'forged') {
    touches.push({ guide: null, at, link: 'forged', isOwn: false });
    return 'done';
  }
  const { guide } = personOf(state, step.guide);
  if (guide === null || (step.link === 'revoked' && !guide.hasRevoked)) return 'absent';
  touches.push({ guide: step.guide, at, link: step.link, isOwn: step.person === step.guide });
  return 'done';
}

/** Guides whose good link she opened within the window, oldest first. */
function touchedBy(state: State, person: number): number[] {
  const windowMs = settingsAt(state, state.now).touchWindowDays * DAY;
  return personOf(state, person).touches.flatMap(({ link, isOwn, at, guide }) =>
    link === 'live' && !isOwn && guide !== null && state.now < at + windowMs ? [guide] : [],
  );
}

function isServing(state: State, person: number): boolean {
  return personOf(state, person).guide?.status === 'active';
}

/** R2.3: whose customer she becomes by joining: the guide of her latest good touch. */
function offeredGuide(state: State, person: number): number | null {
  return touchedBy(state, person).findLast((guide) => isServing(state, guide)) ?? null;
}

function bindTo(
  state: State,
  person: number,
  guide: number,
  cause: 'join' | 'choice' | 'transfer' | 'hand-over',
): void {
  bind(state, person, { guide, store: personOf(state, guide).guide?.store ?? null, at: state.now, cause });
}

export function changeStatus(state: State, step: GuideStep): StepOutcome {
  const { guide } = personOf(state, step.guide);
  if (guide === null) return 'absent';
  const to = { suspend: 'suspended', return: 'active', leave: 'left' } as const;
  const from: Record<GuideStep['kind'], readonly GuideState['status'][]> = {
    suspend: ['active'],
    return: ['suspended', 'left'],
    leave: ['active', 'suspended'],
  };
  if (!from[step.kind].includes(guide.status)) return 'refused';
  guide.status = to[step.kind];
  return 'done';
}

export function changeRelation(state: State, step: RelationStep): StepOutcome {
  if (step.kind === 'hand-over') return handOver(state, step);
  const { person, guide } = step;
  if (guide !== null && personOf(state, guide).guide === null) return 'absent';
  const standing = standingAt(state, person, state.now);
  if (step.kind === 'choose') {
    if (!personOf(state, person).joined) return 'refused';
    if (guide === guideAt(state, person, state.now)) return 'done';
    if (!mayChoose(state, person, guide, standing?.row.store ?? null)) return 'refused';
  } else {
    if (guide !== null && (guide === person || !isServing(state, guide))) return 'refused';
    if (guide === guideAt(state, person, state.now)) return 'done';
  }
  const cause = step.kind === 'choose' ? 'choice' : 'transfer';
  if (guide !== null) bindTo(state, person, guide, cause);
  // Without a guide her store stays her home store (R3.2e).
  else bind(state, person, { guide, store: standing?.row.store ?? null, at: state.now, cause });
  return 'done';
}

/** R2.5: once in thirty days; guides of her store who serve, or whose share she opened lately. */
function mayChoose(state: State, person: number, guide: number | null, home: number | null): boolean {
  const last = personOf(state, person).bindings.findLast(({ isChoice }) => isChoice)?.startsAt;
  const { guideChangeDays } = settingsAt(state, state.now);
  if (last !== undefined && state.now < last + guideChangeDays * DAY) return false;
  if (guide === null) return true;
  const isNear = personOf(state, guide).guide?.store === home || touchedBy(state, person).includes(guide);
  return guide !== person && isNear && isServing(state, guide);
}

/** R2.4: her members, in the order in which they became hers, go to the takers in turn. */
function handOver(state: State, { guide: from, to }: Extract<RelationStep, { kind: 'hand-over' }>): StepOutcome {
  if ([from, ...to].some((index) => personOf(state, index).guide === null)) return 'absent';
  if (to.includes(from) || new Set(to).size < to.length || !to.every((taker) => isServing(state, taker)))
    return 'refused';
  const hers = state.people.flatMap(({ bindings }, person) => {
    const last = bindings.at(-1);
    return last !== undefined && last.guide === from ? [{ person, made: last.made }] : [];
  });
  let moved = 0;
  for (const { person } of hers.sort((a, b) => a.made - b.made)) {
    if (guideAt(state, person, state.now) !== from) continue;
    // Nobody is her own customer.
    const may = to.filter((taker) => taker !== person);
    const taker = may[moved % may.length];
    if (taker === undefined) continue;
    bindTo(state, person, taker, 'hand-over');
    moved += 1;
  }
  return 'done';
}
