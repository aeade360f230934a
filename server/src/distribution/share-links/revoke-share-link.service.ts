import type { ShareLink } from '@mall/shared/guides';
import { Injectable } from '@nestjs/common';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { notFound } from '../../platform/http/problem.js';
import { ShareLinkQueries } from './share-link.queries.js';
import { ShareLinks } from './share-links.js';

/** A guide takes a link back. It still opens its page, without her (R3.3). Touches made before stay valid. */
@Injectable()
export class RevokeShareLink {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly links: ShareLinks,
    private readonly queries: ShareLinkQueries,
    private readonly clock: BusinessClock,
  ) {}

  /** Throws 404 for another guide's link. Revoking again changes nothing. */
  async execute(guideId: string, code: string): Promise<ShareLink> {
    const row = await this.unitOfWork.run(async (tx) => {
      await tx.execute('UPDATE share_links SET revokedAt = ? WHERE code = ? AND guideId = ? AND revokedAt IS NULL', [
        this.clock.now(),
        code,
        guideId,
      ]);
      return this.links.byCode(tx, code);
    });
    if (row === null || row.guideId !== guideId) throw notFound();
    return this.queries.one(row);
  }
}
