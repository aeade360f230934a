/** R2.4: who takes over the nth member. In turn, so that no taker gets two more than another. Pure. */
export function takerAt<T>(takers: readonly T[], nth: number): T | null {
  return takers.length === 0 ? null : (takers[nth % takers.length] ?? null);
}
