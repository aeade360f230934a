import { ProblemType } from '@mall/shared/problems';
import type { RateDraft, RateDraftChange } from '@mall/shared/rates';
import { Injectable } from '@nestjs/common';
import type { HqActor } from '../../platform/auth/actor.js';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { ProblemError } from '../../platform/http/problem.js';
import { ProposeRate } from './propose-rate.service.js';
import { RateDraftQueries } from './rate-draft.queries.js';

export function draftMoved(draft: RateDraft): ProblemError {
  const detail = draft.state === 'draft' ? '草稿已被别人修改，请重新打开' : '草稿已发布或已删除';
  return new ProblemError(ProblemType.RevisionConflict, { detail, revision: draft.revision, state: draft.state });
}

/** Rewrites a draft that nobody else has touched since it was read. */
@Injectable()
export class ChangeRateDraft {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: BusinessClock,
    private readonly propose: ProposeRate,
    private readonly drafts: RateDraftQueries,
  ) {}

  /** Throws 404, 409 `revision-conflict` with the draft's own revision, and what {@link ProposeRate} refuses. */
  async execute(actor: HqActor, id: string, { revision, input }: RateDraftChange): Promise<RateDraft> {
    await this.drafts.find(actor, id);
    await this.propose.execute(actor, input);
    return this.unitOfWork.run(async (tx) => {
      const changed = await tx.execute(
        `UPDATE commission_rule_drafts SET inputJson = ?, revision = revision + 1, updatedAt = ?
         WHERE id = ? AND state = 'draft' AND revision = ?`,
        [JSON.stringify(input), this.clock.now(), id, revision],
      );
      const draft = await this.drafts.find(actor, id, tx);
      if (changed === 0) throw draftMoved(draft);
      return draft;
    });
  }
}
