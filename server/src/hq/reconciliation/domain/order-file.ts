/** Everything that the tables say of one order, as read. No personal data: what is reported may be shown and logged. */
export interface OrderRow {
  id: string;
  orderNumber: string;
  memberId: string;
  state: string;
  goodsFen: number;
  discountFen: number;
  freightFen: number;
  totalFen: number;
  refundedFen: number;
  freightRefundedFen: number;
  createdAt: number;
  paidAt: number | null;
  receivedAt: number | null;
  cancelledAt: number | null;
  cancelCause: string | null;
}

export interface LineRow {
  id: string;
  orderId: string;
  lineNumber: number;
  skuId: string;
  productId: string;
  brandId: string;
  categoryPath: string;
  quantity: number;
  unitPriceFen: number;
  goodsFen: number;
  discountFen: number;
  payableFen: number;
  refundedFen: number;
  restockedQuantity: number;
  costFen: number | null;
  guideId: string | null;
  storeId: string | null;
  sellerTier: string | null;
  sellerStoreType: string | null;
  commissionRuleId: string | null;
  guideBps: number | null;
  storeBps: number | null;
  isGift: number;
  giftValueFen: number;
}

export interface PaymentRow {
  id: string;
  orderId: string;
  outTradeNo: string;
  amountFen: number;
  state: string;
  succeededAt: number | null;
}

export interface RefundRow {
  id: string;
  orderId: string;
  state: string;
  cause: string;
  amountFen: number;
  withheldFen: number;
  freightFen: number;
  goodwill: number;
  createdAt: number;
  succeededAt: number | null;
}

export interface RefundLineRow {
  id: string;
  refundId: string;
  orderLineId: string;
  amountFen: number;
  restockQuantity: number;
}

/** A leg with the fact that its transaction names; the latter null when it has none. */
export interface LegRow {
  id: string;
  transactionId: string;
  ownerKind: string;
  ownerId: string;
  bucket: string;
  amountFen: number;
  orderId: string | null;
  entryId: string | null;
  sourceKind: string | null;
  sourceId: string | null;
  fact: string | null;
  occurredAt: number | null;
}

export interface AttributionRow {
  orderId: string;
  memberId: string;
  branch: string;
  guideId: string | null;
  storeId: string | null;
  decisionJson: string;
  decidedAt: number;
}

export interface EntryRow {
  id: string;
  orderId: string;
  orderNumber: string;
  orderLineId: string;
  memberId: string;
  payeeKind: string;
  payeeId: string;
  goodsFen: number;
  discountFen: number;
  baseFen: number;
  refundedBaseFen: number;
  ruleId: string;
  rateBps: number;
  postedFen: number;
  reversedFen: number;
  lapsedFen: number;
  state: string;
  accruedAt: number;
  receivedAt: number | null;
  availableAt: number | null;
  finalAt: number | null;
  releasedAt: number | null;
  tailBps: number;
  tailState: string;
  tailFen: number;
  tailDueAt: number | null;
}

export interface CommissionRefundRow {
  entryId: string;
  refundId: string;
  amountFen: number;
  bearing: string;
  reversedFen: number;
}

export interface MoveRow {
  id: string;
  entryId: string;
  disputeId: string;
  fromPayeeId: string | null;
  toPayeeId: string;
  amountFen: number;
  at: number;
}

export interface HoldRow {
  refundId: string;
  orderId: string;
}

export interface SoldOrderRow {
  orderId: string;
  orderNumber: string;
  memberId: string;
  guideId: string | null;
  storeId: string | null;
  totalFen: number;
  freightFen: number;
  orderedAt: number;
  paidAt: number;
  receivedAt: number | null;
  /** From here on HQ bears refunds. */
  finalAt: number | null;
}

export interface SoldLineRow {
  orderLineId: string;
  orderId: string;
  skuId: string;
  productId: string;
  brandId: string;
  categoryPath: string;
  quantity: number;
  goodsFen: number;
  discountFen: number;
  baseFen: number;
  refundedBaseFen: number;
  costFen: number | null;
  guideId: string | null;
  tier: string | null;
  storeId: string | null;
  storeType: string | null;
  ruleId: string | null;
  guideBps: number | null;
  storeBps: number | null;
  orderedAt: number;
}

export interface OrderFile {
  order: OrderRow;
  lines: LineRow[];
  payments: PaymentRow[];
  refunds: RefundRow[];
  refundLines: RefundLineRow[];
  legs: LegRow[];
  attributions: AttributionRow[];
  entries: EntryRow[];
  commissionRefunds: CommissionRefundRow[];
  moves: MoveRow[];
  holds: HoldRow[];
  soldOrders: SoldOrderRow[];
  soldLines: SoldLineRow[];
  /** Types of this order's events that still wait for a handler. */
  pending: ReadonlySet<string>;
}

/** Money that the customer has paid, or an order that cost nothing and was placed. */
export function isPaid({ order }: OrderFile): boolean {
  return order.paidAt !== null;
}
