import type { Payout, TransferConfirmation } from '@mall/shared/payouts';
import { eventually } from '../../tools/journey/api-client.js';
import type { Person, Shop } from './e2e-shop.js';

/** The guide confirms on WeChat's page; returns when the server knows, by the notice or because she asks it. */
export async function confirmTransfer(
  { mall }: Shop,
  { persona, token }: Pick<Person, 'persona' | 'token'>,
  transferId: string,
): Promise<Payout> {
  const path = `/api/guide/payout-transfers/${transferId}`;
  const asked = await mall.api.get<TransferConfirmation>(`${path}/confirmation`, token);
  await mall.emulator.post('/device/transfer-confirm', { ...asked, persona, action: 'confirm' });
  return eventually(
    `transfer ${transferId} arrives`,
    () => mall.api.post<Payout>(`${path}/check`, {}, token),
    ({ transfers }) => transfers.find(({ id }) => id === transferId)?.state === 'succeeded',
  );
}
