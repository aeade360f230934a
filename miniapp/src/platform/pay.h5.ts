import type { PaymentParams } from '@mall/shared/orders';
import { pathTo } from '../routes';
import type { PayOutcome } from './pay';
import { persona } from './persona.h5';
import { emulatorUrl } from './wechat.h5';

/** Leaves for the emulator's cashier, which returns to the result page of the order. */
export async function pay(params: PaymentParams, orderId: string): Promise<PayOutcome> {
  const who = persona();
  const here = `${window.location.origin}${window.location.pathname}?as=${who}`;
  const back = `${here}#${pathTo('payResult', { orderId })}`;
  const cashier = `${await emulatorUrl()}/cashier`;
  const query = `prepay_id=${encodeURIComponent(params.prepayId)}&persona=${who}&return=${encodeURIComponent(back)}`;
  window.location.href = `${cashier}?${query}`;
  return 'left';
}
