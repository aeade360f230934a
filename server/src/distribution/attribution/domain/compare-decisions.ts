/** R3.4: what differs between a stored decision and the one that its evidence gives today. Pure. */
import type { AttributionOutcome, AttributionReplay } from '@mall/shared/hq';

export type Difference = AttributionReplay['differences'][number];

/** The parts of a decision, always in this order, so that two texts of one answer are equal. */
export function outcomeOf(decision: AttributionOutcome): AttributionOutcome {
  const { branch, guideId, guideName, storeId, storeName, bindingId, touchId, assists, sentence } = decision;
  return {
    branch,
    guideId,
    guideName,
    storeId,
    storeName,
    bindingId,
    touchId,
    lines: decision.lines.map((line) => ({ guideId: line.guideId, storeId: line.storeId })),
    losers: decision.losers.map(({ kind, id, guideId: loserId, reason }) => ({ kind, id, guideId: loserId, reason })),
    assists,
    sentence,
  };
}

/** One difference a field whose JSON texts are not the same. Fields that only one side has are looked at too. */
export function differencesBetween(stored: object, replayed: object, prefix = ''): Difference[] {
  const [a, b] = [new Map(Object.entries(stored)), new Map(Object.entries(replayed))];
  const text = (value: unknown): string => JSON.stringify(value) ?? 'absent';
  return [...new Set([...a.keys(), ...b.keys()])].flatMap((field) => {
    const difference = { field: `${prefix}${field}`, stored: text(a.get(field)), replayed: text(b.get(field)) };
    return difference.stored === difference.replayed ? [] : [difference];
  });
}
