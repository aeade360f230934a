import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/tx.js';
import { SoldGoods } from '../sales/sales.public.js';
import { CommissionEntries } from './commission-entries.js';

/** R4.6: what becomes of a tail on its day. */
@Injectable()
export class SettleTail {
  constructor(
    private readonly entries: CommissionEntries,
    private readonly sold: SoldGoods,
  ) {}

  /** False when nothing was due any more. */
  async execute(tx: Tx, entryId: string, now: number): Promise<boolean> {
    const entry = await this.entries.find(tx, entryId);
    if (entry === null || entry.tailState !== 'waiting') return false;
    if (entry.tailVesting === 'days') return this.entries.vestByTime(tx, entryId, now);
    const order = await this.sold.order(tx, entry.orderId);
    // Two payments handled in the same moment may each have missed the other: nobody loses a tail by that.
    if (order !== null && (await this.sold.hasLaterOrder(tx, order))) {
      await this.entries.vestTailsOf(tx, entry.orderId);
      return true;
    }
    return this.entries.lapseTail(tx, entryId, now);
  }
}
