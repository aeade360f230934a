import type { Fen } from '@mall/shared/money';
import { ProblemType } from '@mall/shared/problems';
import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/tx.js';
import { notFound, ProblemError } from '../../platform/http/problem.js';
import { AttributionQueries } from '../attribution/attribution.public.js';
import { GrantCommission } from '../commission/commission.public.js';
import { Guides } from '../guides/guides.public.js';
import { SoldGoods } from '../sales/sales.public.js';
import { Stores } from '../stores/stores.public.js';
import type { DisputeEntity } from './dispute.entity.js';

/** Checks once more what was true at the appeal, and gives the commission over. */
@Injectable()
export class GrantDispute {
  constructor(
    private readonly sold: SoldGoods,
    private readonly guides: Guides,
    private readonly attribution: AttributionQueries,
    private readonly stores: Stores,
    private readonly commission: GrantCommission,
  ) {}

  async lock(tx: Tx, orderId: string): Promise<void> {
    await this.sold.lock(tx, orderId);
  }

  /** @returns what the guide has now that she had not before */
  async execute(tx: Tx, { id: disputeId, orderId, guideId }: DisputeEntity, at: number): Promise<Fen> {
    const order = await this.sold.order(tx, orderId);
    const guide = await this.guides.find(tx, guideId);
    // As she stood when the order was created: a promotion since then pays nothing backwards (R4.3).
    const terms = (await this.attribution.termsOf(tx, orderId, guideId)) ?? guide;
    const store = terms === null ? null : await this.stores.find(tx, terms.storeId);
    if (order === null || guide === null || terms === null || store === null) throw notFound();
    if (order.finalAt !== null && at >= order.finalAt) {
      const detail = '佣金已经结清，不能再调整';
      throw new ProblemError(ProblemType.DisputeNotAllowed, { detail, finalAt: order.finalAt });
    }
    if (order.memberId === guide.memberId) {
      throw new ProblemError(ProblemType.DisputeNotAllowed, { detail: '本人的订单不计佣金' });
    }
    const seller = { guideId, tier: terms.tier, storeId: store.id, storeType: store.type };
    return this.commission.execute(tx, { disputeId, orderId, seller, at });
  }
}
