/** What a store's manager may set of her own, within what HQ left her (R4.3). */

/** HQ's rule in whose place hers would stand. */
export interface GoverningRule {
  id: string;
  storeBps: number;
  poolBps: number | null;
  isLocked: number;
  bandMinBps: number | null;
  bandMaxBps: number | null;
}

export interface StoreProposal {
  storeType: string;
  guideBps: number;
  storeBps: number;
}

export type StoreRuleRefusal =
  | { refusal: 'locked'; ruleId: string }
  | { refusal: 'no-band'; ruleId: string | null }
  | { refusal: 'outside-band'; ruleId: string; bandMinBps: number; bandMaxBps: number }
  | { refusal: 'store-share'; ruleId: string | null; limitBps: number }
  | { refusal: 'over-pool'; ruleId: string; poolBps: number };

/**
 * Null: she may. A franchise store is free unless HQ locked the rule; a direct store needs HQ's band; where there is a
 * band, both stay within it. What the store itself earns is HQ's to raise: nobody gives herself more.
 */
export function judgeStoreRule(governing: GoverningRule | null, proposal: StoreProposal): StoreRuleRefusal | null {
  const ruleId = governing?.id ?? null;
  if (governing !== null && governing.isLocked === 1 && proposal.storeType !== 'direct') {
    return { refusal: 'locked', ruleId: governing.id };
  }
  const hasBand = governing !== null && governing.bandMinBps !== null && governing.bandMaxBps !== null;
  if (!hasBand && proposal.storeType === 'direct') return { refusal: 'no-band', ruleId };
  if (hasBand) {
    const [bandMinBps, bandMaxBps] = [governing.bandMinBps ?? 0, governing.bandMaxBps ?? 0];
    if (proposal.guideBps < bandMinBps || proposal.guideBps > bandMaxBps) {
      return { refusal: 'outside-band', ruleId: governing.id, bandMinBps, bandMaxBps };
    }
  }
  const limitBps = governing?.storeBps ?? 0;
  if (proposal.storeBps > limitBps) return { refusal: 'store-share', ruleId, limitBps };
  if (governing !== null && governing.poolBps !== null && proposal.guideBps + proposal.storeBps > governing.poolBps) {
    return { refusal: 'over-pool', ruleId: governing.id, poolBps: governing.poolBps };
  }
  return null;
}
