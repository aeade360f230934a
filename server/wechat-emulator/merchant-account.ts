/** The money that a merchant has with the platform, for refunds and transfers. Amounts are fen. */
export class MerchantAccount {
  /** Null is "enough", the default: tests and demonstrations that are not about money running out. */
  balanceFen: number | null = null;

  /** Takes the amount, or takes nothing and says false when it is not there. */
  take(fen: number): boolean {
    if (this.balanceFen === null) return true;
    if (fen > this.balanceFen) return false;
    this.balanceFen -= fen;
    return true;
  }

  give(fen: number): void {
    if (this.balanceFen !== null) this.balanceFen += fen;
  }
}
