const FREE_CALLBACKS = 1_000;
const FEE_FEN = 3;

export interface KeptPhoneFees {
  readonly callbacks: number;
  readonly left: number | null;
}

/** What the phone button costs the shop: each answer to a tap, whatever becomes of its code. */
export class PhoneFees {
  callbacks = 0;
  /** How many answers are paid for. Null, the default: as many as are wanted. */
  left: number | null = null;

  /** Counts an answer; false when none is left. */
  charge(): boolean {
    if (this.left === 0) return false;
    if (this.left !== null) this.left -= 1;
    this.callbacks += 1;
    return true;
  }

  get feeFen(): number {
    return Math.max(0, this.callbacks - FREE_CALLBACKS) * FEE_FEN;
  }

  snapshot(): KeptPhoneFees {
    return { callbacks: this.callbacks, left: this.left };
  }

  restore({ callbacks, left }: KeptPhoneFees): void {
    this.callbacks = callbacks;
    this.left = left;
  }
}
