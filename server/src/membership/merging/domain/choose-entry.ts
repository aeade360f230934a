/** R2.1: which of two entries of one person stays. Pure. */

export interface MergingEntry {
  id: string;
  /** Business-clock epoch ms; null: a visitor. */
  joinedAt: number | null;
  createdAt: number;
}

/** The joined one stays, of two the one who joined first; of two visitors the older. Equal times break by id (R1.4). */
export function chooseEntry<E extends MergingEntry>(one: E, other: E): { stays: E; closes: E } {
  const never = Number.MAX_SAFE_INTEGER;
  const order =
    (one.joinedAt ?? never) - (other.joinedAt ?? never) ||
    one.createdAt - other.createdAt ||
    (one.id < other.id ? -1 : 1);
  return order < 0 ? { stays: one, closes: other } : { stays: other, closes: one };
}

const STRICTNESS = ['guide', 'hq_only', 'nobody'];

/** R2.5: of two wishes about contact the stricter one holds: nobody is written to against her word. */
export function stricterPreference(one: string, other: string): string {
  return STRICTNESS.indexOf(one) >= STRICTNESS.indexOf(other) ? one : other;
}
