import type { Fen } from '@mall/shared/money';

/** Bound by whoever can send money; without one, approved payouts wait. */
export const TRANSFER_PROVIDER = Symbol('TRANSFER_PROVIDER');

export interface TransferOrder {
  /** The merchant's number, the same at every try: the provider makes one transfer of it. */
  outBillNo: string;
  guideId: string;
  /** Net. */
  amountFen: Fen;
}

/** How a transfer stands at the provider. `expired`: the guide did not confirm in time. */
export type TransferStanding =
  | { state: 'waiting' | 'succeeded'; providerNo: string }
  | { state: 'failed' | 'cancelled' | 'expired'; providerNo: string | null; reason: string };

/**
 * `unknown`: no answer, or one that says nothing about this bill (a time-out, a fault of theirs, no funds on the
 * merchant's account): it may have happened and is asked about, never taken for a refusal (D20).
 */
export type SubmitAnswer =
  | { outcome: 'accepted'; standing: TransferStanding }
  /** Not sent, for good. `reason` is shown to the guide and to HQ. */
  | { outcome: 'refused'; reason: string }
  | { outcome: 'unknown' };

export type QueryAnswer =
  | { outcome: 'found'; standing: TransferStanding }
  /** Certainly no such bill. */
  | { outcome: 'not_found' }
  | { outcome: 'unknown' };

/** Sends money to guides. A call ends within 30 s, with `unknown` if need be. */
export interface TransferProvider {
  submit(transfer: TransferOrder): Promise<SubmitAnswer>;
  query(outBillNo: string): Promise<QueryAnswer>;
}
