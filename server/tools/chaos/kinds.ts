import type { HistoryKind } from './history.js';
import { PAYMENTS } from './payment-history.js';
import { PAYOUTS } from './payout-history.js';

/** Every kind of history, by the order in which they are played. */
export const KINDS: readonly HistoryKind[] = [PAYMENTS as HistoryKind, PAYOUTS as HistoryKind];
