/** R3, R5.4: when a guide may appeal an attribution. Pure. */

export interface AppealFacts {
  /** True when every commission of the order is hers already. */
  holdsAll: boolean;
  isPaid: boolean;
  /** Null until received. */
  finalAt: number | null;
  isBuyer: boolean;
  hasDispute: boolean;
}

/** Null: she may. Otherwise, in Chinese, why not. Final commissions move no more (R5.4). */
export function appealRefusal(facts: AppealFacts, at: number): string | null {
  if (facts.hasDispute) return '这个订单已经申诉过';
  if (facts.isBuyer) return '本人的订单不计佣金';
  if (facts.holdsAll) return '这个订单的佣金已经归您';
  if (!facts.isPaid) return '顾客付款后才能申诉';
  if (facts.finalAt !== null && at >= facts.finalAt) return '佣金已经结清，不能再申诉';
  return null;
}
