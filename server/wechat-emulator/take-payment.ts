import type { Emulator } from './emulator.js';
import type { Order, PayFault } from './orders.js';
import type { Persona } from './personas.js';

/** Takes the money and tells the merchant; the notice goes out after this returns. */
export function takePayment(emulator: Emulator, prepayId: string, persona: Persona): Order | PayFault {
  const paid = emulator.orders.pay(prepayId, persona);
  if ('fault' in paid) return paid;
  emulator.notices.send({
    eventType: 'TRANSACTION.SUCCESS',
    originalType: 'transaction',
    summary: '支付成功',
    url: paid.notifyUrl,
    resource: emulator.orders.view(paid),
  });
  return paid;
}
