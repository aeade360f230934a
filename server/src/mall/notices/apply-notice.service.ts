import { Injectable } from '@nestjs/common';
import { SettleTransferNotice } from '../../distribution/payouts/payouts.public.js';
import { WallClock } from '../../platform/clock/wall-clock.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { WechatNotice } from '../../wechat/wechat.public.js';
import { SettleRefund } from '../after-sales/after-sales.public.js';
import { ConfirmPayment } from '../payments/payments.public.js';
import { WechatNoticeEntity } from './wechat-notice.entity.js';

/** Applies a verified notice once: its id and what it does are one transaction, so WeChat is answered only when it holds. */
@Injectable()
export class ApplyNotice {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: WallClock,
    private readonly confirmPayment: ConfirmPayment,
    private readonly settleRefund: SettleRefund,
    private readonly settleTransfer: SettleTransferNotice,
  ) {}

  async execute(notice: WechatNotice): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const fresh = await tx.insertOnce(WechatNoticeEntity, {
        id: notice.id,
        eventType: notice.eventType,
        receivedAt: this.clock.now(),
      });
      if (!fresh) return;
      if (notice.kind === 'payment') await this.confirmPayment.execute(tx, notice.transaction, 'notice');
      if (notice.kind === 'transfer') await this.settleTransfer.execute(tx, notice.transfer);
      if (notice.kind === 'refund') await this.settleRefund.execute(tx, notice.refund);
    });
  }
}
