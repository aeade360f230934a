/** R5.5: what a payout and its transfers may become. */
import { PayoutState, TransferState } from '@mall/shared/payouts';

export const PAYOUT_MOVES: Record<PayoutState, readonly PayoutState[]> = {
  [PayoutState.Requested]: [PayoutState.Approved, PayoutState.Rejected, PayoutState.Cancelled],
  // Cancelled only while no transfer was submitted: see CancelPayout.
  [PayoutState.Approved]: [PayoutState.Done, PayoutState.Cancelled],
  [PayoutState.Rejected]: [],
  // Only by a transfer that arrived though it had been given up: see SettleTransfer.
  [PayoutState.Cancelled]: [PayoutState.Done],
  [PayoutState.Done]: [],
};

const ENDS = [TransferState.Succeeded, TransferState.Failed, TransferState.Cancelled] as const;

export const TRANSFER_MOVES: Record<TransferState, readonly TransferState[]> = {
  // Submitted by an answer, waiting and succeeded: one that the provider did not know when it was put back, and knows after all.
  [TransferState.Created]: [
    TransferState.Submitted,
    TransferState.Waiting,
    TransferState.Succeeded,
    TransferState.Cancelled,
  ],
  [TransferState.Submitted]: [TransferState.Created, TransferState.Waiting, TransferState.Unknown, ...ENDS],
  // Somebody waits for the guide: an answer that gets lost now does not take that back.
  [TransferState.Waiting]: ENDS,
  [TransferState.Unknown]: [TransferState.Created, TransferState.Submitted, TransferState.Waiting, ...ENDS],
  [TransferState.Succeeded]: [],
  // The money went out after all: it is booked, however late the provider says so.
  [TransferState.Failed]: [TransferState.Succeeded],
  [TransferState.Cancelled]: [TransferState.Succeeded],
};

/** Payout states that may become `target`. */
export function payoutStatesBefore(target: PayoutState): PayoutState[] {
  return (Object.keys(PAYOUT_MOVES) as PayoutState[]).filter((state) => PAYOUT_MOVES[state].includes(target));
}

/** Those of `states` that may become `target`. */
export function thatMayBecome(target: TransferState, states: readonly TransferState[]): TransferState[] {
  return states.filter((state) => TRANSFER_MOVES[state].includes(target));
}

/** The provider may have it, and has not said how it ended. */
export const OPEN_TRANSFERS: readonly TransferState[] = [
  TransferState.Submitted,
  TransferState.Waiting,
  TransferState.Unknown,
];

/** It has ended without its money. */
export const GIVEN_UP: readonly TransferState[] = [TransferState.Failed, TransferState.Cancelled];

const WORDS: Record<PayoutState, string> = {
  [PayoutState.Requested]: '待审批',
  [PayoutState.Approved]: '已通过',
  [PayoutState.Rejected]: '已驳回',
  [PayoutState.Cancelled]: '已撤销',
  [PayoutState.Done]: '已完成',
};

export function payoutWords(state: PayoutState): string {
  return WORDS[state];
}
