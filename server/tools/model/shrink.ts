/** Makes a failing sequence small: whoever reads it should see the fault, not forty steps around it. */
import type { Step } from './steps.js';

type Fails<S> = (steps: readonly S[]) => Promise<boolean>;

/** Steps that say the same with less. */
export function* simpler(step: Step): Generator<Step> {
  if (step.kind === 'order') {
    for (const index of step.lines.keys()) {
      if (step.lines.length > 1) yield { ...step, lines: step.lines.filter((_, other) => other !== index) };
    }
    if (step.coupon !== null) yield { ...step, coupon: null };
    if (step.lines.some(({ quantity }) => quantity > 1)) {
      yield { ...step, lines: step.lines.map((line) => ({ ...line, quantity: 1 })) };
    }
  }
  if (step.kind === 'refund') {
    for (const index of step.lines.keys()) yield { ...step, lines: step.lines.filter((_, other) => other !== index) };
    if (step.freightFen > 0) yield { ...step, freightFen: 0 };
    if (step.goodwill) yield { ...step, goodwill: false };
    if (!step.settled) yield { ...step, settled: true };
  }
  if (step.kind === 'rate' && step.inMs > 0) yield { ...step, inMs: 0 };
  if (step.kind === 'end-rate' && step.inMs > 0) yield { ...step, inMs: 0 };
  if (step.kind === 'settings') {
    if (step.inMs > 0) yield { ...step, inMs: 0 };
    const names = Object.keys(step.values);
    for (const name of names.length > 1 ? names : []) {
      const values = Object.fromEntries(Object.entries(step.values).filter(([other]) => other !== name));
      yield { ...step, values };
    }
  }
}

/**
 * Takes out runs of steps, long ones first, then single ones, then simplifies what is left, as long as it still fails.
 *
 * @param mayGoOn asked before each try: the shrinker stops when its time is over
 * @param simplerOf steps that say the same with less
 */
export async function shrink<S>(
  steps: readonly S[],
  fails: Fails<S>,
  mayGoOn: () => boolean,
  simplerOf: (step: S) => Iterable<S>,
): Promise<readonly S[]> {
  let best = steps;
  for (let before = Number.POSITIVE_INFINITY; weightOf(best) < before && mayGoOn(); ) {
    before = weightOf(best);
    for (let size = Math.ceil(best.length / 2); size >= 1; size = size === 1 ? 0 : Math.floor(size / 2)) {
      for (let from = best.length - size; from >= 0 && mayGoOn(); from -= 1) {
        const without = [...best.slice(0, from), ...best.slice(from + size)];
        if (without.length < best.length && (await fails(without))) best = without;
      }
    }
    best = await simplify(best, fails, mayGoOn, simplerOf);
  }
  return best;
}

async function simplify<S>(
  steps: readonly S[],
  fails: Fails<S>,
  mayGoOn: () => boolean,
  simplerOf: (step: S) => Iterable<S>,
): Promise<readonly S[]> {
  let best = steps;
  for (let index = 0; index < best.length; index += 1) {
    const step = best[index];
    if (step === undefined) break;
    for (const choice of simplerOf(step)) {
      if (!mayGoOn()) return best;
      const changed = best.map((one, position) => (position === index ? choice : one));
      if (!(await fails(changed))) continue;
      best = changed;
      index -= 1;
      break;
    }
  }
  return best;
}

function weightOf(steps: readonly unknown[]): number {
  return JSON.stringify(steps).length;
}
