import type { Fen } from '@mall/shared/money';
import { BillDifferenceKind } from '@mall/shared/trade-bills';

/** A stored row of the bill. */
export interface BilledRow {
  kind: 'payment' | 'refund';
  number: string;
  outTradeNo: string;
  transactionId: string;
  status: string;
  amountFen: Fen;
  tradedAt: string;
}

/** A payment of ours with its order. */
export interface OurPayment {
  paymentId: string;
  orderId: string;
  outTradeNo: string;
  transactionId: string | null;
  amountFen: Fen;
  state: string;
  succeededAt: number | null;
  orderState: string | null;
  orderTotalFen: Fen | null;
}

export interface OurRefund {
  refundId: string;
  orderId: string;
  outRefundNo: string;
  outTradeNo: string | null;
  amountFen: Fen;
  state: string;
  succeededAt: number | null;
}

export interface FoundDifference {
  kind: BillDifferenceKind;
  subject: 'payment' | 'refund';
  number: string;
  billRow: BilledRow | null;
  ourRow: OurPayment | OurRefund | null;
}

export interface BothSides {
  billed: readonly BilledRow[];
  /** Of ours: those that the bill names, by number. */
  payments: ReadonlyMap<string, OurPayment>;
  refunds: ReadonlyMap<string, OurRefund>;
  /** Of ours: what succeeded within the day and stands in no stored bill. */
  unbilledPayments: readonly OurPayment[];
  unbilledRefunds: readonly OurRefund[];
}

/** R5.7: bill ↔ payments ↔ orders, bill ↔ refunds. One difference of a kind for each number. */
export function compareBill(sides: BothSides): FoundDifference[] {
  const { MissingThere } = BillDifferenceKind;
  return [
    ...sides.billed.flatMap((row) => (row.kind === 'payment' ? ofPayment(row, sides) : ofRefund(row, sides))),
    ...sides.unbilledPayments.map((ourRow): FoundDifference => {
      return { kind: MissingThere, subject: 'payment', number: ourRow.outTradeNo, billRow: null, ourRow };
    }),
    ...sides.unbilledRefunds.map((ourRow): FoundDifference => {
      return { kind: MissingThere, subject: 'refund', number: ourRow.outRefundNo, billRow: null, ourRow };
    }),
  ];
}

function ofPayment(billRow: BilledRow, { payments }: BothSides): FoundDifference[] {
  const ourRow = payments.get(billRow.number) ?? null;
  const found = (kind: BillDifferenceKind): FoundDifference => {
    return { kind, subject: 'payment', number: billRow.number, billRow, ourRow };
  };
  if (ourRow === null) return [found(BillDifferenceKind.MissingHere)];
  const isSame = ourRow.amountFen === billRow.amountFen && ourRow.orderTotalFen === billRow.amountFen;
  const isBooked = ourRow.state === 'succeeded' && ourRow.transactionId === billRow.transactionId;
  return [
    ...(isSame ? [] : [found(BillDifferenceKind.AmountDiffers)]),
    ...(isBooked ? [] : [found(BillDifferenceKind.StateDiffers)]),
  ];
}

/** A refund that is under way on the bill may have ended since; one that ended there must have ended so here. */
const ENDS: Readonly<Record<string, string>> = { SUCCESS: 'succeeded', FAIL: 'failed' };

function ofRefund(billRow: BilledRow, { refunds }: BothSides): FoundDifference[] {
  const ourRow = refunds.get(billRow.number) ?? null;
  const found = (kind: BillDifferenceKind): FoundDifference => {
    return { kind, subject: 'refund', number: billRow.number, billRow, ourRow };
  };
  if (ourRow === null) return [found(BillDifferenceKind.MissingHere)];
  const isSame = ourRow.amountFen === billRow.amountFen && ourRow.outTradeNo === billRow.outTradeNo;
  const end = ENDS[billRow.status];
  return [
    ...(isSame ? [] : [found(BillDifferenceKind.AmountDiffers)]),
    ...(end === undefined || end === ourRow.state ? [] : [found(BillDifferenceKind.StateDiffers)]),
  ];
}
