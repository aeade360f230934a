/** Whose turn it is behind a code that several guides share (R2.2). Pure. */
export interface Turn {
  guideId: string;
  /** 1 or more. */
  weight: number;
  /** Visitors she has had in this round, and those who passed her by. */
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

/**
 * What an absent guide's count becomes when `next` takes a visitor: as if her turns had passed, so that who comes back
 * from leave is not given everybody until she has caught up. Never less than it was.
 */
export function countWhilePassedBy(absent: Turn, next: Turn): number {
  // The smallest n with (2n + 1) / her weight at or above the winner's (2 × assigned + 1) / weight.
  const behind = (2 * next.assigned + 1) * absent.weight - next.weight;
  const least = -Math.floor(-behind / (2 * next.weight));
  return Math.max(absent.assigned, least);
}

/** Cross-multiplied: whole numbers compare exactly. */
function isBefore(a: Turn, b: Turn): boolean {
  const ahead = (2 * a.assigned + 1) * b.weight - (2 * b.assigned + 1) * a.weight;
  return ahead < 0 || (ahead === 0 && a.position < b.position);
}
