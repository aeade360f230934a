/** R3.1: one frozen decision as HQ, a guide and the customer may see it. */
import type { AttributionCandidateView, GuideAttribution } from '@mall/shared/disputes';
import type { AttributionView } from '@mall/shared/hq';
import type { AttributionEntity } from './attribution.entity.js';
import { type AttributionEvidence, readEvidence } from './domain/attribution-evidence.js';
import { type Loser, loserSentence, winnerSentenceForOthers, wonSentence } from './domain/attribution-sentences.js';
import { candidatesOf } from './domain/candidates-of.js';
import type { AttributionDecision } from './domain/decide-attribution.js';

/** A stored row, read. */
export interface StoredAttribution {
  row: AttributionEntity;
  decision: AttributionDecision;
  evidence: AttributionEvidence;
}

export type GuideView = Omit<GuideAttribution, 'orderNumber' | 'dispute' | 'appeal'>;

export function readStored(row: AttributionEntity): StoredAttribution {
  return {
    row,
    decision: JSON.parse(row.decisionJson) as AttributionDecision,
    evidence: readEvidence(row.evidenceJson),
  };
}

/** When a candidate came to be one: the touch was opened, the relation began. Coupons have no such time here. */
function timeOf({ kind, id }: Pick<Loser, 'kind' | 'id'>, { binding, touches }: AttributionEvidence): number | null {
  if (kind === 'binding') return binding?.id === id ? binding.relationSince : null;
  return kind === 'touch' ? (touches.find((touch) => touch.id === id)?.at ?? null) : null;
}

function winningTime({ bindingId, touchId }: AttributionDecision, evidence: AttributionEvidence): number | null {
  if (bindingId !== null) return timeOf({ kind: 'binding', id: bindingId }, evidence);
  return touchId === null ? null : timeOf({ kind: 'touch', id: touchId }, evidence);
}

/** Everything, by name. */
export function hqView({ row, decision, evidence }: StoredAttribution): AttributionView {
  const nameOf = (id: string | null): string | null => evidence.guides.find((guide) => guide.id === id)?.name ?? null;
  return {
    orderId: row.orderId,
    branch: decision.branch,
    guideId: decision.guideId,
    guideName: decision.guideName,
    storeId: decision.storeId,
    storeName: decision.storeName,
    bindingId: decision.bindingId,
    touchId: decision.touchId,
    settingsVersion: row.settingsVersion,
    sentence: row.sentence,
    wonAt: winningTime(decision, evidence),
    lines: decision.lines.map(({ guideId, storeId }) => ({ guideId, guideName: nameOf(guideId), storeId })),
    losers: decision.losers.map((loser) => ({
      kind: loser.kind,
      id: loser.id,
      guideId: loser.guideId,
      guideName: nameOf(loser.guideId),
      reason: loser.reason,
      sentence: loserSentence(loser, nameOf(loser.guideId)),
      at: timeOf(loser, evidence),
    })),
    assists: decision.assists.map((guideId) => ({ guideId, guideName: nameOf(guideId) })),
    decidedAt: row.decidedAt,
  };
}

/** How the order as a whole was won: the kind of candidate behind the branch. */
const KIND_OF_BRANCH = { a: 'binding', b: 'coupon', c: 'touch', d: 'binding' } as const;

/** Her own candidacies; the winner without a name, and nobody else (R2.6). Null: she had no hand in the order. */
export function guideView(stored: StoredAttribution, guideId: string): GuideView | null {
  const { row, decision, evidence } = stored;
  const mine = candidatesOf(decision).find((candidate) => candidate.guideId === guideId);
  if (mine === undefined) return null;
  const { branch } = decision;
  const isWhole = decision.guideId === guideId;
  return {
    orderId: row.orderId,
    branch,
    isMine: mine.outcome === 'won',
    sentence: isWhole ? row.sentence : winnerSentenceForOthers(branch),
    candidates: [
      ...winningCandidates(stored, guideId),
      ...decision.losers
        .filter((loser) => loser.guideId === guideId)
        .map((loser): AttributionCandidateView => {
          const name = evidence.guides.find(({ id }) => id === guideId)?.name ?? null;
          const lost = { guideName: name, isMine: true, outcome: 'lost', reason: loser.reason } as const;
          return { kind: loser.kind, ...lost, sentence: loserSentence(loser, name), at: timeOf(loser, evidence) };
        }),
    ],
    decidedAt: row.decidedAt,
  };
}

/** Who won the order, and the coupon of hers that won some of its lines. */
function winningCandidates({ decision, evidence }: StoredAttribution, guideId: string): AttributionCandidateView[] {
  const winners: AttributionCandidateView[] = [];
  const { branch } = decision;
  const isMine = decision.guideId === guideId;
  if (branch !== 'e' && branch !== 'f') {
    winners.push({
      kind: KIND_OF_BRANCH[branch],
      guideName: isMine ? decision.guideName : null,
      isMine,
      outcome: 'won',
      reason: null,
      sentence: isMine
        ? wonSentence(KIND_OF_BRANCH[branch], decision.lines.every((line) => line.guideId === guideId) ? 'all' : 'some')
        : winnerSentenceForOthers(branch),
      at: isMine ? winningTime(decision, evidence) : null,
    });
  }
  if (!isMine && decision.lines.some((line) => line.guideId === guideId)) {
    const guideName = evidence.guides.find(({ id }) => id === guideId)?.name ?? null;
    const sentence = wonSentence('coupon', 'some');
    winners.push({ kind: 'coupon', guideName, isMine: true, outcome: 'won', reason: null, sentence, at: null });
  }
  return winners;
}
