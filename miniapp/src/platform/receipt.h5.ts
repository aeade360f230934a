import { pathTo } from '../routes';
import type { ReceiptPage } from './receipt';
import type { ReceiptOutcome } from './receipt-outcome';
import { leaveFor } from './wechat.h5';

/** Leaves for the emulator's page, which returns to the order with what came of it. */
export function openReceiptPage(page: ReceiptPage, orderId: string): Promise<ReceiptOutcome> {
  const asked = { merchant_id: page.merchantId, merchant_trade_no: page.merchantTradeNo };
  return leaveFor('/device/confirm-receive', asked, pathTo('order', { id: orderId }));
}
