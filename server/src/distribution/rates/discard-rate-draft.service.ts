import { Injectable } from '@nestjs/common';
import type { HqActor } from '../../platform/auth/actor.js';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { draftMoved } from './change-rate-draft.service.js';
import { RateDraftQueries } from './rate-draft.queries.js';

/** Puts a draft away. */
@Injectable()
export class DiscardRateDraft {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: BusinessClock,
    private readonly drafts: RateDraftQueries,
  ) {}

  /** Throws 404, and 409 `revision-conflict` when it was published or discarded before. */
  async execute(actor: HqActor, id: string): Promise<void> {
    const draft = await this.drafts.find(actor, id);
    await this.unitOfWork.run(async (tx) => {
      const gone = await tx.execute(
        "UPDATE commission_rule_drafts SET state = 'discarded', updatedAt = ? WHERE id = ? AND state = 'draft'",
        [this.clock.now(), id],
      );
      if (gone === 0) throw draftMoved({ ...draft, state: 'discarded' });
    });
  }
}
