/** R5.7, R5.5: one payout request with its transfers and its legs. */
import { sumOf } from './arithmetic.js';
import { computed, type Findings, fieldsThatDiffer, side } from './findings.js';
import type { LegRow } from './order-file.js';

export interface PayoutRequestRow {
  id: string;
  guideId: string;
  amountFen: number;
  taxFen: number;
  netFen: number;
  state: string;
  requestedAt: number;
  transferCount: number;
  endedCount: number;
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

/** Ended before anything was sent: all of its transfers are cancelled. */
const DEAD = ['rejected', 'cancelled'];
const OPEN_TRANSFERS = ['created', 'submitted', 'waiting', 'unknown'];

/** Where the money of a request must be by the states of its documents. What arrived is net; its tax is withheld. */
export function payoutHoldings({
  transfers,
}: PayoutFile): Record<'paying' | 'paid' | 'withheld' | 'available', number> {
  const paying = sumGross(transfers, (state) => OPEN_TRANSFERS.includes(state));
  const arrived = transfers.filter(({ state }) => state === 'succeeded');
  const paid = sumOf(arrived, ({ amountFen }) => amountFen);
  const withheld = sumOf(arrived, ({ grossFen, amountFen }) => grossFen - amountFen);
  return { paying, paid, withheld, available: -(paying + paid + withheld) };
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
  for (const [name, asked, sent] of sums) {
    found.equal('payout-requests', {
      subject,
      sentence: `提现的${name}金额不等于各笔转账之和`,
      left: side('payout_requests', request, asked),
      right: side('payout_transfers', transfers[0] ?? null, sent),
    });
  }
  checkState({ request, transfers }, found);
}

function checkState({ request, transfers }: Pick<PayoutFile, 'request' | 'transfers'>, found: Findings): void {
  const open = transfers.find(({ state }) => OPEN_TRANSFERS.includes(state));
  const ended = transfers.filter(({ state }) => !OPEN_TRANSFERS.includes(state));
  const sent = transfers.find(({ state }) => state !== 'cancelled');
  const dead = DEAD.includes(request.state);
  const fits = dead ? sent === undefined : (request.state === 'done') === (open === undefined);
  found.holds('payout-requests', fits, {
    subject: request.id,
    sentence: dead ? '提现已驳回或撤销，却有未撤销的转账' : '提现的状态与其转账的状态不符',
    left: side('payout_requests', request),
    right: side('payout_transfers', (dead ? sent : open) ?? transfers[0] ?? null),
  });
  const counts = { transferCount: transfers.length, endedCount: dead ? request.endedCount : ended.length };
  const differ = fieldsThatDiffer(request, counts, Object.keys(counts));
  found.holds('payout-requests', differ.length === 0, {
    subject: request.id,
    sentence: `提现的转账笔数不符：${differ.join('、')}`,
    left: side('payout_requests', request),
    right: computed('counted payout_transfers', null, counts),
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
