import type { DryRun } from '@mall/shared/rates';
import { Injectable } from '@nestjs/common';
import type { HqActor } from '../../platform/auth/actor.js';
import { draftMoved } from './change-rate-draft.service.js';
import { PreviewRate } from './preview-rate.service.js';
import { ProposeRate } from './propose-rate.service.js';
import { RateDraftQueries } from './rate-draft.queries.js';

/** A dry run of a draft. */
@Injectable()
export class PreviewRateDraft {
  constructor(
    private readonly drafts: RateDraftQueries,
    private readonly propose: ProposeRate,
    private readonly preview: PreviewRate,
  ) {}

  /** Throws 404, 409 `revision-conflict` when it is no draft any more, and what {@link ProposeRate} refuses. */
  async execute(actor: HqActor, id: string): Promise<DryRun> {
    const draft = await this.drafts.find(actor, id);
    if (draft.state !== 'draft') throw draftMoved(draft);
    return this.preview.execute(await this.propose.execute(actor, draft.input), actor.storeId);
  }
}
