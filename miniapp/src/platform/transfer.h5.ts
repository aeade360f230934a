import type { TransferConfirmation } from '@mall/shared/payouts';
import { pathTo } from '../routes';
import type { ConfirmOutcome } from './transfer';
import { leaveFor } from './wechat.h5';

/** Leaves for the emulator's page, which returns to the payouts. */
export function confirmTransfer(asked: TransferConfirmation): Promise<ConfirmOutcome> {
  return leaveFor('/device/transfer-confirm', { ...asked }, pathTo('payout', {}));
}
