import { bps, type Fen, fen } from '@mall/shared/money';
import fc from 'fast-check';
import {
  accrue,
  bearingOf,
  type Commission,
  freeze,
  headOf,
  holdingsOf,
  lapse,
  type Moved,
  type Movement,
  release,
  releaseTail,
  reverse,
  standingOf,
} from './commission-moves.js';

const RUNS = { numRuns: Number(process.env.PROPERTY_RUNS ?? 10_000) };

/** Written anew from R4.6 and R5.3, in big integers: what is left of a commission whose tail has not lapsed. */
function expected(base: number, refunded: number, rate: number, tailRate: number): { head: number; tail: number } {
  const total = (BigInt(base - refunded) * BigInt(rate)) / 10_000n;
  const tail = (total * BigInt(tailRate)) / 10_000n;
  return { head: Number(total - tail), tail: Number(tail) };
}

/** A commission together with the ledger that its movements would leave. */
class Books {
  readonly accounts: Record<Movement['from'], number> = { hq: 0, pending: 0, frozen: 0, available: 0 };
  commission: Commission;
  postings = 0;

  constructor(base: number, rate: number, tailRate: number) {
    this.commission = this.post(accrue(fen(base), bps(rate), bps(tailRate)));
  }

  apply(move: (commission: Commission) => Moved<Commission>): void {
    this.commission = this.post(move(this.commission));
  }

  private post({ commission, movements }: Moved<Commission>): Commission {
    for (const { amountFen, from, to } of movements) {
      if (amountFen <= 0) throw new Error(`a movement of ${amountFen}`);
      if (from === to) throw new Error(`a movement from ${from} to itself`);
      this.accounts[from] -= amountFen;
      this.accounts[to] += amountFen;
      this.postings += 1;
    }
    return commission;
  }

  /** Legs sum to zero, and every bucket holds what the commission says lies there. */
  check(): void {
    const { hq, pending, frozen, available } = this.accounts;
    if (hq + pending + frozen + available !== 0) throw new Error('the legs do not sum to zero');
    const held = { pending: 0, frozen: 0, available: 0 };
    for (const { bucket, amountFen } of holdingsOf(this.commission)) held[bucket] += amountFen;
    if (held.pending !== pending || held.frozen !== frozen || held.available !== available) {
      throw new Error(`held ${JSON.stringify(held)}, booked ${JSON.stringify(this.accounts)}`);
    }
    if (standingOf(this.commission) !== -hq) throw new Error('the standing is not what HQ gave');
    if (this.commission.tailFen < 0 || headOf(this.commission) < 0) throw new Error('a part is negative');
  }
}

const amounts = fc.integer({ min: 0, max: 10_000_000 });
const rates = fc.integer({ min: 0, max: 10_000 });
type Step = 'freeze' | 'release' | 'vest' | 'lapse' | 'releaseTail' | 'refund';
const steps = fc.array(
  fc.tuple(
    fc.constantFrom<Step>('freeze', 'release', 'vest', 'lapse', 'releaseTail', 'refund', 'refund'),
    fc.integer({ min: 0, max: 1_000 }),
  ),
  { minLength: 1, maxLength: 14 },
);

/** What the conditional updates of the service would let through. */
function play(books: Books, step: Step, share: number): void {
  const { state, tailState, baseFen, refundedBaseFen } = books.commission;
  if (step === 'freeze' && state === 'pending') books.apply(freeze);
  if (step === 'release' && state === 'frozen') books.apply(release);
  if (step === 'vest' && tailState === 'waiting') books.commission = { ...books.commission, tailState: 'vested' };
  if (step === 'lapse' && tailState === 'waiting' && state !== 'pending') books.apply(lapse);
  if (step === 'releaseTail' && tailState === 'vested' && state === 'available') books.apply(releaseTail);
  if (step === 'refund') {
    const amount = Math.floor(((baseFen - refundedBaseFen) * share) / 1_000) as Fen;
    if (amount > 0) books.apply((commission) => reverse(commission, amount));
  }
}

describe('the life of a commission in numbers (R5.2, R5.3, R4.6)', () => {
  it('R5.3, R4.6: n chargeable refunds in any parts end where one refund of their sum ends, head and tail', () => {
    fc.assert(
      fc.property(
        amounts,
        rates,
        rates,
        fc.array(fc.nat(1_000), { minLength: 1, maxLength: 8 }),
        (base, rate, tail, w) => {
          const books = new Books(base, rate, tail);
          for (const weight of w) books.apply((c) => reverse(c, fen(Math.floor((base * weight) / 8_000))));
          const refunded = w.reduce((sum, weight) => sum + Math.floor((base * weight) / 8_000), 0);
          const once = new Books(base, rate, tail);
          once.apply((c) => reverse(c, fen(refunded)));
          const left = { head: headOf(books.commission), tail: books.commission.tailFen };
          expect(left).toEqual({ head: headOf(once.commission), tail: once.commission.tailFen });
          expect(left).toEqual(expected(base, refunded, rate, tail));
        },
      ),
      RUNS,
    );
  });

  it('R5.3: a full refund takes everything back that did not lapse before, at any state', () => {
    fc.assert(
      fc.property(amounts, rates, rates, steps, (base, rate, tail, played) => {
        const books = new Books(base, rate, tail);
        for (const [step, share] of played) play(books, step, share);
        play(books, 'refund', 1_000);
        expect(standingOf(books.commission)).toBe(0);
      }),
      RUNS,
    );
  });

  it('R5.1: legs sum to zero and balances are what the commission says, for any order of refunds and releases', () => {
    fc.assert(
      fc.property(amounts, rates, rates, steps, (base, rate, tail, played) => {
        const books = new Books(base, rate, tail);
        books.check();
        for (const [step, share] of played) {
          play(books, step, share);
          books.check();
        }
        const { refundedBaseFen, tailState } = books.commission;
        const due = expected(base, refundedBaseFen, rate, tail);
        expect(headOf(books.commission)).toBe(due.head);
        expect(books.commission.tailFen).toBe(tailState === 'lapsed' ? 0 : due.tail);
      }),
      RUNS,
    );
  });
});

describe('worked cases of one commission', () => {
  const refunds = (books: Books, parts: readonly number[]): number => {
    for (const part of parts) books.apply((c) => reverse(c, fen(part)));
    return standingOf(books.commission);
  };

  it('C6: ¥99.99 at 333 bps with a tail of 20% is 332 = 266 + 66 fen, and 329 = 264 + 65 after ¥1 is refunded', () => {
    const books = new Books(9_999, 333, 2_000);
    expect([standingOf(books.commission), headOf(books.commission), books.commission.tailFen]).toEqual([332, 266, 66]);
    expect(refunds(books, [100])).toBe(329);
    expect([headOf(books.commission), books.commission.tailFen]).toEqual([264, 65]);
  });

  it('C7: ¥100 at 10%: a goodwill refund of ¥10 is HQ’s, then ¥90 returned leave ¥1', () => {
    expect(bearingOf({ goodwill: true, at: 5 }, null)).toBe('goodwill');
    expect(bearingOf({ goodwill: false, at: 5 }, null)).toBe('charged');
    expect(refunds(new Books(10_000, 1_000, 0), [9_000])).toBe(100);
  });

  it.each([[[3_333, 3_333, 3_334]], [[3_334, 3_333, 3_333]], [[3_333, 3_334, 3_333]]])(
    'C8: ¥100 at 10% refunded in %j ends at 0 and no step takes more than was posted',
    (parts) => {
      const books = new Books(10_000, 1_000, 0);
      for (const part of parts) {
        const before = standingOf(books.commission);
        const after = refunds(books, [part]);
        expect(after).toBeGreaterThanOrEqual(0);
        expect(after).toBeLessThanOrEqual(before);
      }
      expect(standingOf(books.commission)).toBe(0);
    },
  );

  it('C12: a refund at finality is HQ’s, one a millisecond earlier is charged', () => {
    expect(bearingOf({ goodwill: false, at: 999 }, 1_000)).toBe('charged');
    expect(bearingOf({ goodwill: false, at: 1_000 }, 1_000)).toBe('final');
  });
});
