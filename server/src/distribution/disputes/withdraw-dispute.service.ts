import { ProblemType } from '@mall/shared/problems';
import { Injectable } from '@nestjs/common';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { notFound, ProblemError } from '../../platform/http/problem.js';
import type { DisputeEntity } from './dispute.entity.js';

/** She takes her appeal back. */
@Injectable()
export class WithdrawDispute {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: BusinessClock,
  ) {}

  /** Throws 404, 409 `dispute-decided`. Done twice, it is done. */
  async execute(guideId: string, orderId: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const taken = await tx.execute(
        `UPDATE disputes SET state = 'withdrawn', decidedAt = ? WHERE orderId = ? AND guideId = ? AND state = 'open'`,
        [this.clock.now(), orderId, guideId],
      );
      if (taken === 1) return;
      const dispute = await tx.first<DisputeEntity>('SELECT * FROM disputes WHERE orderId = ? AND guideId = ?', [
        orderId,
        guideId,
      ]);
      if (dispute === null) throw notFound();
      if (dispute.state === 'withdrawn') return;
      throw new ProblemError(ProblemType.DisputeDecided, { detail: '总部已经作出决定', state: dispute.state });
    });
  }
}
