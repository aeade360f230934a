/** R3.5: who had a hand in an order, one row a guide. Pure. */
import { type LosingReason, nearestReason } from './attribution-sentences.js';
import type { AttributionDecision } from './decide-attribution.js';

export interface GuideCandidacy {
  guideId: string;
  /** `won`: the order, or a line of it. */
  outcome: 'won' | 'lost';
  /** Of the winner null; else the reason nearest to winning. */
  reason: LosingReason | null;
  isAssist: 0 | 1;
}

/** Every guide among the candidates of a decision, by id. */
export function candidatesOf(
  decision: Pick<AttributionDecision, 'guideId' | 'lines' | 'losers' | 'assists'>,
): GuideCandidacy[] {
  const winners = new Set([decision.guideId, ...decision.lines.map(({ guideId }) => guideId)]);
  const ids = new Set([...winners, ...decision.losers.map(({ guideId }) => guideId)]);
  return [...ids]
    .flatMap((id) => id ?? [])
    .sort()
    .map((guideId) => {
      if (winners.has(guideId)) return { guideId, outcome: 'won', reason: null, isAssist: 0 };
      const reason = nearestReason(decision.losers.filter((loser) => loser.guideId === guideId));
      return { guideId, outcome: 'lost', reason, isAssist: decision.assists.includes(guideId) ? 1 : 0 };
    });
}
