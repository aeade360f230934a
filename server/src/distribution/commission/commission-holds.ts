import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/tx.js';
import { CommissionHoldEntity } from './commission-hold.entity.js';

/** R5.2: commission becomes available only while no after-sale of its order is open. */
@Injectable()
export class CommissionHolds {
  /** Once for each refund, in the transaction that takes it. */
  async put(tx: Tx, hold: { refundId: string; orderId: string; at: number }): Promise<void> {
    await tx.insertOnce(CommissionHoldEntity, { refundId: hold.refundId, orderId: hold.orderId, since: hold.at });
  }

  async lift(tx: Tx, refundId: string): Promise<void> {
    await tx.execute('DELETE FROM commission_holds WHERE refundId = ?', [refundId]);
  }
}
