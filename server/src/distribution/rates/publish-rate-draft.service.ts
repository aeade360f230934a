import type { CommissionRule } from '@mall/shared/hq';
import { Injectable } from '@nestjs/common';
import type { HqActor } from '../../platform/auth/actor.js';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { draftMoved } from './change-rate-draft.service.js';
import { PublishRate } from './publish-rate.service.js';
import { RateDraftQueries } from './rate-draft.queries.js';

/** Makes a rule of a draft, once. */
@Injectable()
export class PublishRateDraft {
  constructor(
    private readonly clock: BusinessClock,
    private readonly drafts: RateDraftQueries,
    private readonly publish: PublishRate,
  ) {}

  /** Throws 404, 409 `revision-conflict` when it changed or was published meanwhile, and what {@link PublishRate} refuses. */
  async execute(actor: HqActor, id: string, overrideMarginReason: string | undefined): Promise<CommissionRule> {
    const draft = await this.drafts.find(actor, id);
    if (draft.state !== 'draft') throw draftMoved(draft);
    const input = overrideMarginReason === undefined ? draft.input : { ...draft.input, overrideMarginReason };
    return this.publish.execute(actor, input, async (tx, rule) => {
      const published = await tx.execute(
        `UPDATE commission_rule_drafts SET state = 'published', publishedRuleId = ?, updatedAt = ?
         WHERE id = ? AND state = 'draft' AND revision = ?`,
        [rule.id, this.clock.now(), id, draft.revision],
      );
      if (published === 0) throw draftMoved(await this.drafts.find(actor, id, tx));
    });
  }
}
