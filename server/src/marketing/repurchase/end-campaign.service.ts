import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import type { HqActor } from '../../platform/auth/actor.js';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { notFound } from '../../platform/http/problem.js';

/** Ends a campaign from now on; what it has issued stays good. Ending it again changes nothing. Audited. */
@Injectable()
export class EndCampaignService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
  ) {}

  /** Throws 404 for an unknown campaign. */
  async execute(actor: HqActor, campaignId: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const endedAt = this.clock.now();
      const ended = await tx.execute('UPDATE coupon_campaigns SET endedAt = ? WHERE id = ? AND endedAt IS NULL', [
        endedAt,
        campaignId,
      ]);
      if (ended === 0) {
        if ((await tx.first('SELECT id FROM coupon_campaigns WHERE id = ?', [campaignId])) === null) throw notFound();
        return;
      }
      await this.audit.record(tx, {
        actor: { id: actor.userId, name: actor.username },
        action: 'coupon-campaign.end',
        subject: campaignId,
        old: { endedAt: null },
        new: { endedAt },
      });
    });
  }
}
