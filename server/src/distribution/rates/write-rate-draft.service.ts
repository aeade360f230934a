import type { CommissionRuleInput } from '@mall/shared/hq';
import type { RateDraft } from '@mall/shared/rates';
import { Injectable } from '@nestjs/common';
import type { HqActor } from '../../platform/auth/actor.js';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { newId } from '../../platform/ids/ids.js';
import { ProposeRate } from './propose-rate.service.js';
import { RateDraftEntity } from './rate-draft.entity.js';
import { toRateDraft } from './rate-draft.queries.js';

/** Keeps a rate for later. Nobody is paid by it. */
@Injectable()
export class WriteRateDraft {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: BusinessClock,
    private readonly propose: ProposeRate,
  ) {}

  /** Refuses what could not be published, except for its margin: that is what drafts are for. */
  async execute(actor: HqActor, input: CommissionRuleInput): Promise<RateDraft> {
    await this.propose.execute(actor, input);
    const now = this.clock.now();
    const row: RateDraftEntity = {
      id: newId('crd'),
      state: 'draft',
      inputJson: JSON.stringify(input),
      revision: 1,
      authorStoreId: actor.storeId,
      createdBy: actor.userId,
      createdAt: now,
      updatedAt: now,
      publishedRuleId: null,
    };
    await this.unitOfWork.run((tx) => tx.insert(RateDraftEntity, row));
    return toRateDraft(row);
  }
}
