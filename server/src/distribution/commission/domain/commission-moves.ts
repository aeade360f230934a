/**
 * R5.2, R5.3, R4.6: the life of one commission in numbers. Pure: a commission and a fact in, the changed numbers and
 * the movements of money out. Services write exactly what comes out of here.
 *
 * A commission is head and tail. The head is released after the after-sale window, the tail vests later; both shrink
 * by the same formula when a refund comes: total = floor(rate × what is left of the base), tail = floor(total × tail
 * rate), head = total − tail.
 */
import { type Bps, type Fen, fen, subtractFen } from '@mall/shared/money';
import { shareOf } from '../../../platform/money/rate.js';

export type CommissionPhase = 'pending' | 'frozen' | 'available' | 'void';
export type TailState = 'none' | 'waiting' | 'vested' | 'released' | 'lapsed';
export type Bucket = 'pending' | 'frozen' | 'available';

export interface Commission {
  baseFen: Fen;
  refundedBaseFen: Fen;
  rateBps: Bps;
  postedFen: Fen;
  reversedFen: Fen;
  lapsedFen: Fen;
  tailBps: Bps;
  tailFen: Fen;
  tailState: TailState;
  state: CommissionPhase;
}

/** Money between the payee's buckets, or between a bucket and HQ. Never zero. */
export interface Movement {
  amountFen: Fen;
  from: Bucket | 'hq';
  to: Bucket | 'hq';
}

export interface Moved<C extends Commission> {
  commission: C;
  movements: Movement[];
}

/** What a base earns: R1.3's floor, and its later part. */
export function earningOf(baseFen: Fen, rateBps: Bps, tailBps: Bps): { totalFen: Fen; headFen: Fen; tailFen: Fen } {
  const totalFen = shareOf(baseFen, rateBps);
  const tailFen = shareOf(totalFen, tailBps);
  return { totalFen, headFen: subtractFen(totalFen, tailFen), tailFen };
}

/** What the payee still has of it, wherever it lies. */
export function standingOf(commission: Pick<Commission, 'postedFen' | 'reversedFen' | 'lapsedFen'>): Fen {
  return fen(commission.postedFen - commission.reversedFen - commission.lapsedFen);
}

export function headOf(commission: Commission): Fen {
  return subtractFen(standingOf(commission), commission.tailFen);
}

function headBucket({ state }: Commission): Bucket {
  return state === 'available' ? 'available' : state === 'pending' ? 'pending' : 'frozen';
}

function tailBucket({ state, tailState }: Commission): Bucket {
  if (state === 'pending') return 'pending';
  return tailState === 'released' ? 'available' : 'frozen';
}

/** Where the standing money lies: one or two buckets. */
export function holdingsOf(commission: Commission): { bucket: Bucket; amountFen: Fen }[] {
  return merged([
    { bucket: headBucket(commission), amountFen: headOf(commission) },
    { bucket: tailBucket(commission), amountFen: commission.tailFen },
  ]);
}

function merged(parts: readonly { bucket: Bucket; amountFen: Fen }[]): { bucket: Bucket; amountFen: Fen }[] {
  const sums = new Map<Bucket, number>();
  for (const { bucket, amountFen } of parts) sums.set(bucket, (sums.get(bucket) ?? 0) + amountFen);
  return [...sums].filter(([, sum]) => sum !== 0).map(([bucket, sum]) => ({ bucket, amountFen: fen(sum) }));
}

function moving(amountFen: Fen, from: Movement['from'], to: Movement['to']): Movement[] {
  return amountFen === 0 ? [] : [{ amountFen, from, to }];
}

/** A line was paid for (R5.2). */
export function accrue(baseFen: Fen, rateBps: Bps, tailBps: Bps): Moved<Commission> {
  const { totalFen, tailFen } = earningOf(baseFen, rateBps, tailBps);
  const commission: Commission = {
    baseFen,
    refundedBaseFen: fen(0),
    rateBps,
    postedFen: totalFen,
    reversedFen: fen(0),
    lapsedFen: fen(0),
    tailBps,
    tailFen,
    tailState: tailFen === 0 ? 'none' : 'waiting',
    state: 'pending',
  };
  return { commission, movements: moving(totalFen, 'hq', 'pending') };
}

/** The goods were received: pending → frozen. */
export function freeze<C extends Commission>(commission: C): Moved<C> {
  return {
    commission: { ...commission, state: 'frozen' },
    movements: moving(standingOf(commission), 'pending', 'frozen'),
  };
}

/** The head's time has come: frozen → available, with a tail that is earned already. */
export function release<C extends Commission>(commission: C): Moved<C> {
  const withTail = commission.tailState === 'vested';
  const amountFen = fen(headOf(commission) + (withTail ? commission.tailFen : 0));
  return {
    commission: { ...commission, state: 'available', tailState: withTail ? 'released' : commission.tailState },
    movements: moving(amountFen, 'frozen', 'available'),
  };
}

/** An earned tail follows its head (R4.6). */
export function releaseTail<C extends Commission>(commission: C): Moved<C> {
  return {
    commission: { ...commission, tailState: 'released' },
    movements: moving(commission.tailFen, 'frozen', 'available'),
  };
}

/** No second order by finality: the tail is HQ's (R4.6). */
export function lapse<C extends Commission>(commission: C): Moved<C> {
  const { tailFen } = commission;
  return {
    commission: {
      ...commission,
      tailState: 'lapsed',
      tailFen: fen(0),
      lapsedFen: fen(commission.lapsedFen + tailFen),
    },
    movements: moving(tailFen, tailBucket(commission), 'hq'),
  };
}

/**
 * A chargeable refund takes its part of the base back (R5.3). The target is computed afresh from what is left, so that
 * any number of partial refunds and one full refund end at exactly the same fen.
 */
export function reverse<C extends Commission>(commission: C, refundFen: Fen): Moved<C> {
  const refundedBaseFen = fen(commission.refundedBaseFen + refundFen);
  const leftFen = subtractFen(commission.baseFen, refundedBaseFen);
  const target = earningOf(leftFen, commission.rateBps, commission.tailBps);
  const head = fen(Math.max(0, headOf(commission) - target.headFen));
  const tail = fen(Math.max(0, commission.tailFen - target.tailFen));
  const movements = merged([
    { bucket: headBucket(commission), amountFen: head },
    { bucket: tailBucket(commission), amountFen: tail },
  ]).map(({ bucket, amountFen }): Movement => ({ amountFen, from: bucket, to: 'hq' }));
  // A commission whose whole base is gone has nothing left to wait for.
  const state = leftFen === 0 && commission.state !== 'available' ? 'void' : commission.state;
  return {
    commission: {
      ...commission,
      refundedBaseFen,
      reversedFen: fen(commission.reversedFen + head + tail),
      tailFen: subtractFen(commission.tailFen, tail),
      state,
    },
    movements,
  };
}

/** R5.3, R5.4: who bears a refund. `finalAt` is null until the goods arrived. */
export function bearingOf(
  refund: { goodwill: boolean; at: number },
  finalAt: number | null,
): 'charged' | 'goodwill' | 'final' {
  if (refund.goodwill) return 'goodwill';
  return finalAt !== null && refund.at >= finalAt ? 'final' : 'charged';
}
