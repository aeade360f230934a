import { isValidAt, protectedUntilAt } from '../bindings/bindings.public.js';
import type { AttributionEvidence } from './domain/attribution-evidence.js';
import { type AttributionDecision, decideAttribution } from './domain/decide-attribution.js';

/** Decides from evidence alone, at the order and at every replay: the same facts by the same rules (R3.4). */
export function decideOrder(evidence: AttributionEvidence): AttributionDecision {
  return decideAttribution(evidence, { isValidAt, protectedUntilAt });
}
