import { ProblemType } from '@mall/shared/problems';
import type { MarginCheck } from '@mall/shared/rates';
import { Injectable } from '@nestjs/common';
import type { HqActor } from '../../platform/auth/actor.js';
import { ProblemError } from '../../platform/http/problem.js';
import { PreviewRate } from './preview-rate.service.js';
import type { ProposedRate } from './propose-rate.service.js';

/** An owner's decision to go under the floor, with what it meant. */
export interface MarginOverride {
  reason: string;
  margin: MarginCheck;
}

/** R4.3: nothing under the margin floor is published, unless an owner says why. */
@Injectable()
export class MarginGate {
  constructor(private readonly preview: PreviewRate) {}

  /** Null: nothing to override. Throws 422 `margin-breach` with the numbers. */
  async pass(
    actor: HqActor,
    proposed: ProposedRate,
    overrideReason: string | undefined,
  ): Promise<MarginOverride | null> {
    const { margin } = await this.preview.execute(proposed, actor.storeId);
    if (margin.breaches === 0) return null;
    if (actor.role === 'owner' && overrideReason !== undefined) return { reason: overrideReason, margin };
    const detail = `有 ${margin.breaches} 处销售在扣除成本和佣金后低于毛利底线，需要所有者说明理由后才能发布`;
    throw new ProblemError(ProblemType.MarginBreach, { detail, ...margin });
  }
}
