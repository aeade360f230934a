/** Chance that can be repeated: the same seed gives the same numbers on every machine (the generator sfc32). */
export class Chance {
  private a: number;
  private b: number;
  private c = 0x2545_f491;
  private counter = 1;

  /** Each sequence of a seed has a stream of its own, so that one can be played without those before it. */
  constructor(seed: number, sequence: number) {
    this.a = seed | 0;
    this.b = sequence | 0;
    for (let spin = 0; spin < 15; spin += 1) this.next();
  }

  /** A whole number from 0 to 2^32 − 1. */
  private next(): number {
    const mixed = (this.a + this.b + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + mixed) | 0;
    return mixed >>> 0;
  }

  /** A whole number from 0 to `count` − 1. */
  below(count: number): number {
    return Math.floor((this.next() / 4_294_967_296) * count);
  }

  /** A whole number from `from` to `to`, both possible. */
  between(from: number, to: number): number {
    return from + this.below(to - from + 1);
  }

  /** True in `parts` of a hundred cases. */
  percent(parts: number): boolean {
    return this.below(100) < parts;
  }

  pick<T>(list: readonly T[]): T {
    const one = list[this.below(list.length)];
    if (one === undefined) throw new RangeError('nothing to pick from');
    return one;
  }

  /** One of the choices, each as likely as its weight says. */
  weighted<T>(choices: readonly (readonly [number, T])[]): T {
    let left = this.below(choices.reduce((sum, [weight]) => sum + weight, 0));
    for (const [weight, choice] of choices) {
      if (left < weight) return choice;
      left -= weight;
    }
    throw new RangeError('nothing to choose from');
  }
}
