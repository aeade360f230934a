/**
 * What the phone says of WeChat's receipt page; it proves nothing (R5.2). `unknown`: she is back, and nothing was
 * said. `left`: another page took over. `unavailable`: this WeChat has no such page, or could not open it.
 */
export type ReceiptOutcome = 'success' | 'fail' | 'cancel' | 'unknown' | 'left' | 'unavailable';

/** What the word in an answer means; an unknown word is an unknown outcome. */
export function readOutcome(status: unknown): ReceiptOutcome {
  return status === 'success' || status === 'fail' || status === 'cancel' ? status : 'unknown';
}
