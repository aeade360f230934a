import { Inject, Injectable, Logger } from '@nestjs/common';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { WallClock } from '../../platform/clock/wall-clock.js';
import type { Tx } from '../../platform/database/tx.js';
import {
  HandlesPush,
  type PushHandler,
  type PushMessage,
  pushInstant,
  pushText,
  WECHAT_CONFIG,
  type WechatConfig,
} from '../../wechat/wechat.public.js';

/** WeChat's numbers for who confirmed. */
const METHODS: Record<string, 'customer' | 'time'> = { 1: 'customer', 2: 'time' };

/** R5.2: WeChat says that she has the goods. It is written down, and WeChat's own record is asked before anything moves. */
@Injectable()
@HandlesPush('trade_manage_order_settlement')
export class NoteSettlement implements PushHandler {
  private readonly logger = new Logger(NoteSettlement.name);

  constructor(
    @Inject(WECHAT_CONFIG) private readonly config: WechatConfig,
    private readonly businessClock: BusinessClock,
    private readonly clock: WallClock,
  ) {}

  async handle(tx: Tx, { fields }: PushMessage): Promise<void> {
    // The same event comes when goods are shipped and when money is settled: those say nothing of a receipt.
    const method = METHODS[pushText(fields, 'confirm_receive_method')];
    if (method === undefined) return;
    const confirmed = pushInstant(fields, 'confirm_receive_time');
    const orderNumber = pushText(fields, 'merchant_trade_no');
    const isOurs = pushText(fields, 'merchant_id') === this.config.mchId;
    const noted = isOurs
      ? await tx.execute(
          `UPDATE shipping_uploads SET receiptMethod = ?, receiptOccurredAt = COALESCE(receiptOccurredAt, ?),
             receiptChecks = 0, receiptCheckAt = ? WHERE orderNumber = ? AND receiptRecordedAt IS NULL`,
          [method, confirmed === null ? null : confirmed + this.businessClock.offset, this.clock.now(), orderNumber],
        )
      : 0;
    if (noted === 0) this.logger.warn({ message: 'a settlement of no order that waits for one', orderNumber, isOurs });
  }
}
