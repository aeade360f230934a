/** Whose turn it is behind a code that several guides share (R2.2). Pure. */
export interface Turn {
  guideId: string;
  /** 1 or more. */
  weight: number;
  /** Visitors she has had in this round. */
  assigned: number;
  position: number;
}

/**
 * The one who is furthest behind her share: the smallest (2 × assigned + 1) / weight, ties by position. With equal
 * weights nobody is ever more than one visitor ahead; with others the counts stay within one of the exact shares while
 * all serve. Null when nobody is there.
 */
export function chooseNextGuide<T extends Turn>(turns: readonly T[]): T | null {
  let best: T | null = null;
  for (const turn of turns) {
    if (best === null || isBefore(turn, best)) best = turn;
  }
  return best;
}

/** Cross-multiplied: whole numbers compare exactly. */
function isBefore(a: Turn, b: Turn): boolean {
  const ahead = (2 * a.assigned + 1) * b.weight - (2 * b.assigned + 1) * a.weight;
  return ahead < 0 || (ahead === 0 && a.position < b.position);
}
