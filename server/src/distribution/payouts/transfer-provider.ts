import type { Fen } from '@mall/shared/money';
import type { ContradictionKind } from '@mall/shared/payouts';

/** Bound by whoever can send money; without one, approved payouts wait. */
export const TRANSFER_PROVIDER = Symbol('TRANSFER_PROVIDER');

/** All of it is stored before the first call and repeated at every try. */
export interface TransferOrder {
  /** The merchant's number: the provider makes one transfer of it. */
  outBillNo: string;
  /** Of the guide, at the provider. */
  payeeAccount: string;
  /** Her real name, where the provider asks for it. */
  payeeName: string | null;
  /** Net. */
  amountFen: Fen;
  /** The provider's number; null: not known yet. */
  providerNo: string | null;
  /** False: what opens her confirmation is not known yet, and is to be found out with the query. */
  hasPackage: boolean;
}

/** How a transfer stands at the provider. `expired`: the guide did not confirm in time. */
export type TransferStanding =
  | { state: 'accepted' | 'arriving' | 'cancelling' | 'succeeded'; providerNo: string }
  | { state: 'waiting'; providerNo: string; packageInfo?: string | null }
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

/** The provider's record of a bill is not what was sent: nothing is moved by it, and HQ looks. */
export interface Contradiction {
  kind: ContradictionKind;
  ours: string;
  theirs: string;
}

export type QueryAnswer =
  | { outcome: 'found'; standing: TransferStanding }
  | { outcome: 'contradicted'; contradiction: Contradiction }
  /** Certainly no such bill. */
  | { outcome: 'not_found' }
  | { outcome: 'unknown' };

/** Whatever is said, only a query tells how it ended. */
export type CancelAnswer = { outcome: 'accepted'; standing: TransferStanding } | { outcome: 'unknown' };

/** Sends money to guides. A call ends within 30 s, with `unknown` if need be. */
export interface TransferProvider {
  /** The guide's account there; null while she has none. */
  accountOf(guideId: string): Promise<string | null>;
  submit(transfer: TransferOrder): Promise<SubmitAnswer>;
  query(transfer: TransferOrder): Promise<QueryAnswer>;
  /** Takes back what she has not confirmed. */
  cancel(transfer: TransferOrder): Promise<CancelAnswer>;
}
