import { Injectable } from '@nestjs/common';
import type { Reader } from '../../platform/database/tx.js';
import { CommissionQueries } from '../commission/commission.public.js';
import type { Guide } from '../guides/guides.public.js';
import { SoldGoods } from '../sales/sales.public.js';
import { appealRefusal } from './domain/appeal.js';

/** Reads what an appeal depends on. */
@Injectable()
export class MayAppeal {
  constructor(
    private readonly sold: SoldGoods,
    private readonly commissions: CommissionQueries,
  ) {}

  /** For a guide who had a hand in the order. Null: she may. @param at business clock */
  async refusal(
    reader: Reader,
    guide: Pick<Guide, 'id' | 'memberId'>,
    orderId: string,
    at: number,
  ): Promise<string | null> {
    const sold = await this.sold.order(reader, orderId);
    const dispute = await reader.first('SELECT id FROM disputes WHERE orderId = ? AND guideId = ?', [
      orderId,
      guide.id,
    ]);
    const holders = await this.commissions.guideHolders(reader, orderId);
    const facts = {
      holdsAll: holders.length > 0 && holders.every((holder) => holder === guide.id),
      isPaid: sold !== null,
      finalAt: sold?.finalAt ?? null,
      isBuyer: sold?.memberId === guide.memberId,
      hasDispute: dispute !== null,
    };
    return appealRefusal(facts, at);
  }
}
