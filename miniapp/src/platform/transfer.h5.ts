import type { TransferConfirmation } from '@mall/shared/payouts';
import { pathTo } from '../routes';
import { persona } from './persona.h5';
import type { ConfirmOutcome } from './transfer';
import { emulatorUrl } from './wechat.h5';

/** Leaves for the emulator's page, which returns to the payouts. */
export async function confirmTransfer(asked: TransferConfirmation): Promise<ConfirmOutcome> {
  const who = persona();
  const back = `${window.location.origin}${window.location.pathname}?as=${who}#${pathTo('payout', {})}`;
  const query = Object.entries({ ...asked, persona: who, return: back }).map(
    ([name, value]) => `${name}=${encodeURIComponent(value)}`,
  );
  window.location.href = `${await emulatorUrl()}/device/transfer-confirm?${query.join('&')}`;
  return 'left';
}
