/** R5.2: when an order counts as received by WeChat's word. */

/** States of WeChat's shipping management in which the customer has the goods. */
const RECEIVED: ReadonlySet<string> = new Set(['received', 'done', 'settling']);

export type ReceiptStep = 'received' | 'over' | 'not_yet';

/** `over`: nothing will be received any more. Null: WeChat did not say. */
export function judgeReceipt(wechatState: string | null): ReceiptStep {
  if (wechatState === 'refunded') return 'over';
  return wechatState !== null && RECEIVED.has(wechatState) ? 'received' : 'not_yet';
}

/**
 * When she received the goods (business clock): WeChat's time if it named one, never before they left and never later
 * than now.
 */
export function receivedAt({
  leftAt,
  claimedAt,
  now,
}: {
  leftAt: number;
  claimedAt: number | null;
  now: number;
}): number {
  return Math.max(leftAt, Math.min(now, claimedAt ?? now));
}
