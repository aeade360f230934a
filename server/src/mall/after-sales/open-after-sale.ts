import { EventType } from '@mall/shared/events';
import { Injectable } from '@nestjs/common';
import { CommissionHolds } from '../../distribution/commission/commission.public.js';
import type { Tx } from '../../platform/database/tx.js';
import { Outbox } from '../../platform/outbox/outbox.js';

/**
 * R5.2: from a refund's first moment nothing of its order's commission becomes available. The hold is part of the
 * refund's transaction and not the work of a handler: an earlier event of the order that is being retried would hold
 * the handler up, and the commission be released meanwhile. It ends with the refund, by its events.
 */
@Injectable()
export class OpenAfterSale {
  constructor(
    private readonly holds: CommissionHolds,
    private readonly outbox: Outbox,
  ) {}

  /** @param opened `at`: business clock */
  async execute(tx: Tx, opened: { refundId: string; orderId: string; at: number }): Promise<void> {
    await this.holds.put(tx, opened);
    await this.outbox.add(tx, EventType.RefundRequested, opened.orderId, opened.at, opened);
  }
}
