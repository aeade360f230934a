/** R5.5: what a payout and its transfers may become. */
import { PayoutState, TransferState } from '@mall/shared/payouts';

export const PAYOUT_MOVES: Record<PayoutState, readonly PayoutState[]> = {
  [PayoutState.Requested]: [PayoutState.Approved, PayoutState.Rejected, PayoutState.Cancelled],
  // Cancelled only while no transfer was submitted: see CancelPayout.
  [PayoutState.Approved]: [PayoutState.Done, PayoutState.Cancelled],
  [PayoutState.Rejected]: [],
  [PayoutState.Cancelled]: [],
  [PayoutState.Done]: [],
};

const ENDS = [TransferState.Succeeded, TransferState.Failed, TransferState.Cancelled] as const;

export const TRANSFER_MOVES: Record<TransferState, readonly TransferState[]> = {
  [TransferState.Created]: [TransferState.Submitted, TransferState.Cancelled],
  [TransferState.Submitted]: [TransferState.Waiting, TransferState.Unknown, ...ENDS],
  // Somebody waits for the guide: an answer that gets lost now does not take that back.
  [TransferState.Waiting]: ENDS,
  [TransferState.Unknown]: [TransferState.Waiting, ...ENDS],
  [TransferState.Succeeded]: [],
  [TransferState.Failed]: [],
  [TransferState.Cancelled]: [],
};

/** Payout states that may become `target`. */
export function payoutStatesBefore(target: PayoutState): PayoutState[] {
  return (Object.keys(PAYOUT_MOVES) as PayoutState[]).filter((state) => PAYOUT_MOVES[state].includes(target));
}

/** Transfer states that may become `target`. */
export function transferStatesBefore(target: TransferState): TransferState[] {
  return (Object.keys(TRANSFER_MOVES) as TransferState[]).filter((state) => TRANSFER_MOVES[state].includes(target));
}

/** The provider may have it, and has not said how it ended. */
export const OPEN_TRANSFERS: readonly TransferState[] = [
  TransferState.Submitted,
  TransferState.Waiting,
  TransferState.Unknown,
];

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
