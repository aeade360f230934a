/** R5.7, R5.5: one payout request with its transfers and its legs. */
import { sumOf } from './arithmetic.js';
import { computed, type Findings, side } from './findings.js';
import type { LegRow } from './order-file.js';

export interface PayoutRequestRow {
  id: string;
  guideId: string;
  amountFen: number;
  taxFen: number;
  netFen: number;
  state: string;
  requestedAt: number;
}

export interface TransferRow {
  id: string;
  requestId: string;
  guideId: string;
  position: number;
  amountFen: number;
  grossFen: number;
  outBillNo: string;
  state: string;
}

export interface PayoutDayRow {
  guideId: string;
  businessDay: string;
  usedFen: number;
}

export interface PayoutFile {
  request: PayoutRequestRow;
  transfers: TransferRow[];
  /** Of the request's and the transfers' transactions. */
  legs: LegRow[];
}

const DEAD = ['rejected', 'cancelled'];
const RETURNED = ['failed', 'cancelled'];
export const OPEN_TRANSFERS = ['created', 'submitted', 'waiting', 'unknown'];

/** Where the money of a request must be by the states of its documents. Gross. */
export function payoutHoldings({ request, transfers }: PayoutFile): {
  paying: number;
  paid: number;
  available: number;
} {
  if (DEAD.includes(request.state)) return { paying: 0, paid: 0, available: 0 };
  // Before its transfers are made, all of it is under way.
  const paying =
    transfers.length === 0 ? request.amountFen : sumGross(transfers, (state) => OPEN_TRANSFERS.includes(state));
  const paid = sumGross(transfers, (state) => state === 'succeeded');
  return { paying, paid, available: -(paying + paid) };
}

function sumGross(transfers: readonly TransferRow[], wanted: (state: string) => boolean): number {
  return sumOf(
    transfers.filter(({ state }) => wanted(state)),
    ({ grossFen }) => grossFen,
  );
}

/** @param billNumbers transfer ids by bill number, of the requests seen so far */
export function checkPayout(file: PayoutFile, billNumbers: Map<string, TransferRow>, found: Findings): void {
  checkRequest(file, found);
  checkPostings(file, found);
  for (const transfer of file.transfers) {
    const other = billNumbers.get(transfer.outBillNo);
    billNumbers.set(transfer.outBillNo, transfer);
    found.holds('payout-requests', other === undefined, {
      subject: transfer.id,
      sentence: '两笔转账用了同一个单号',
      left: side('payout_transfers', other ?? null),
      right: side('payout_transfers', transfer),
    });
    found.holds('payout-requests', transfer.guideId === file.request.guideId, {
      subject: transfer.id,
      sentence: '转账的导购不是提现的导购',
      left: side('payout_requests', file.request),
      right: side('payout_transfers', transfer),
    });
  }
}

function checkRequest({ request, transfers }: PayoutFile, found: Findings): void {
  const subject = request.id;
  found.equal('payout-requests', {
    subject,
    sentence: '提现金额不等于实发加税',
    left: side('payout_requests', request, request.amountFen),
    right: computed('net + tax', request.netFen + request.taxFen),
  });
  const sums: [string, number, number][] = [
    ['税前', request.amountFen, sumGross(transfers, () => true)],
    ['实发', request.netFen, sumOf(transfers, ({ amountFen }) => amountFen)],
  ];
  for (const [name, asked, sent] of transfers.length === 0 ? [] : sums) {
    found.equal('payout-requests', {
      subject,
      sentence: `提现的${name}金额不等于各笔转账之和`,
      left: side('payout_requests', request, asked),
      right: side('payout_transfers', transfers[0] ?? null, sent),
    });
  }
  const ended =
    transfers.length > 0 && transfers.every(({ state }) => state === 'succeeded' || RETURNED.includes(state));
  found.holds('payout-requests', request.state !== 'done' || ended, {
    subject,
    sentence: '提现已完成，却还有未结束的转账',
    left: side('payout_requests', request),
    right: side('payout_transfers', transfers.find(({ state }) => OPEN_TRANSFERS.includes(state)) ?? null),
  });
}

function checkPostings(file: PayoutFile, found: Findings): void {
  const { request, legs } = file;
  const due = new Map<string, number>();
  for (const [bucket, amount] of Object.entries(payoutHoldings(file)))
    due.set(`guide:${request.guideId}:${bucket}`, amount);
  const folds = new Map<string, number>();
  for (const leg of legs) {
    const account = `${leg.ownerKind}:${leg.ownerId}:${leg.bucket}`;
    folds.set(account, (folds.get(account) ?? 0) + leg.amountFen);
    if (!due.has(account)) due.set(account, 0);
  }
  for (const [account, amount] of due) {
    const last = legs.filter((leg) => `${leg.ownerKind}:${leg.ownerId}:${leg.bucket}` === account).at(-1);
    found.equal('payout-postings', {
      subject: `${request.id} ${account}`,
      sentence: '提现与转账的状态和账本明细之和不一致',
      left: side('payout_requests', request, amount),
      right: side('ledger_legs', last ?? null, folds.get(account) ?? 0),
    });
  }
}
