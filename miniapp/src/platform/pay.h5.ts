import type { PaymentParams } from '@mall/shared/orders';
import { pathTo } from '../routes';
import type { PayOutcome } from './pay';
import { leaveFor } from './wechat.h5';

/** Leaves for the emulator's cashier, which returns to the result page of the order. */
export function pay(params: PaymentParams, orderId: string): Promise<PayOutcome> {
  return leaveFor('/cashier', { prepay_id: params.prepayId }, pathTo('payResult', { orderId }));
}
