import type { Emulator } from './emulator.js';
import type { Transfer } from './transfers.js';

const SUMMARY: Readonly<Record<string, string>> = {
  SUCCESS: '商家转账成功',
  FAIL: '商家转账失败',
  CANCELLED: '商家转账已撤销',
};

/** A bill has reached its end: the merchant is told, when the request named an address. */
export function tellTransfer(emulator: Emulator, transfer: Transfer): void {
  if (transfer.notifyUrl === null) return;
  const { transfer_remark: _remark, ...resource } = emulator.transfers.view(transfer, emulator.credentials.mchId);
  emulator.notices.send({
    eventType: 'MCHTRANSFER.BILL.FINISHED',
    originalType: 'mch_payment',
    summary: SUMMARY[transfer.state] ?? '商家转账单据终态',
    url: transfer.notifyUrl,
    resource,
  });
}
