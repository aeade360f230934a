import { formatYuan } from '@mall/shared/money';
import { ContradictionKind } from '@mall/shared/payouts';
import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/tx.js';
import type { WechatTransfer } from '../../wechat/wechat.public.js';
import { PayoutContradictions } from './payout-contradictions.js';
import type { PayoutTransferEntity } from './payout-transfer.entity.js';
import { SettleTransfer } from './settle-transfer.service.js';
import { contradictionIn, standingOf } from './wechat-transfers.js';

/**
 * WeChat reports by itself how a transfer stands. The same as a query would say, so it settles once whichever comes
 * first (R5.1); what does not fit what was sent moves nothing, and HQ looks.
 */
@Injectable()
export class SettleTransferNotice {
  constructor(
    private readonly settle: SettleTransfer,
    private readonly contradictions: PayoutContradictions,
  ) {}

  async execute(tx: Tx, reported: WechatTransfer): Promise<void> {
    const { outBillNo, amountFen } = reported;
    const sql = 'SELECT * FROM payout_transfers WHERE outBillNo = ?';
    const transfer = await tx.first<PayoutTransferEntity>(sql, [outBillNo]);
    if (transfer === null) {
      const theirs = amountFen === null ? reported.state : `${reported.state}，${formatYuan(amountFen)} 元`;
      const contradiction = { kind: ContradictionKind.UnknownBill, ours: '没有这笔转账', theirs };
      return this.contradictions.record(tx, { outBillNo, transferId: null }, contradiction);
    }
    const contradiction = contradictionIn({ ...transfer, payeeAccount: transfer.payeeAccount ?? '' }, reported);
    if (contradiction !== null) return this.settle.contradicted(tx, transfer, contradiction);
    await this.settle.execute(tx, transfer.id, standingOf(reported));
  }
}
