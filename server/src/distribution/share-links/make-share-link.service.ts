import type { ShareLink, ShareLinkInput } from '@mall/shared/guides';
import { Injectable } from '@nestjs/common';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { notFound } from '../../platform/http/problem.js';
import { newCode, newId } from '../../platform/ids/ids.js';
import type { Guide } from '../guides/guides.public.js';
import { ShareActivity } from './share-activity.js';
import { ShareLinkEntity } from './share-link.entity.js';
import { ShareLinkQueries } from './share-link.queries.js';

const CODE_LENGTH = 8;

/** A guide makes a card, poster, code or link: a share intent each time (R8), worth nothing by itself. */
@Injectable()
export class MakeShareLink {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly queries: ShareLinkQueries,
    private readonly activity: ShareActivity,
    private readonly clock: BusinessClock,
  ) {}

  /** Throws 404 for a product that is not there or not for sale. */
  async execute(guide: Pick<Guide, 'id' | 'storeId'>, input: ShareLinkInput): Promise<ShareLink> {
    if (input.productId !== undefined && !(await this.queries.isShareable(input.productId))) throw notFound();
    const row: ShareLinkEntity = {
      id: newId('shl'),
      code: newCode(CODE_LENGTH),
      guideId: guide.id,
      storeId: guide.storeId,
      productId: input.productId ?? null,
      placement: input.placement,
      createdAt: this.clock.now(),
      revokedAt: null,
    };
    await this.unitOfWork.run(async (tx) => {
      while (!(await tx.insertOnce(ShareLinkEntity, row))) row.code = newCode(CODE_LENGTH);
      const { id: linkId, guideId, createdAt: at } = row;
      await this.activity.record(tx, { guideId, linkId, placement: input.placement, at });
    });
    return this.queries.one(row);
  }
}
