import { GuideStatus } from '@mall/shared/guides';
import { ProblemType } from '@mall/shared/problems';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { notFound, ProblemError } from '../../platform/http/problem.js';
import { newId } from '../../platform/ids/ids.js';
import { GuideStatusChangeEntity } from './guide-status-change.entity.js';
import { type Guide, Guides } from './guides.js';

const MAY_COME_FROM: Record<GuideStatus, readonly GuideStatus[]> = {
  active: [GuideStatus.Suspended, GuideStatus.Left],
  suspended: [GuideStatus.Active],
  left: [GuideStatus.Active, GuideStatus.Suspended],
};
const NAMES: Record<GuideStatus, string> = { active: '在职', suspended: '暂停', left: '离职' };

/** HQ suspends a guide, takes her back, or records that she left (R2.4). */
@Injectable()
export class ChangeGuideStatus {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly guides: Guides,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
  ) {}

  /** Throws 404, or 409 `guide-state-conflict` that names the state she is in. */
  async execute(
    actor: { id: string; name: string },
    change: { guideId: string; to: GuideStatus; reason: string },
  ): Promise<Guide> {
    const { guideId, to, reason } = change;
    return this.unitOfWork.run(async (tx) => {
      const guide = await this.guides.find(tx, guideId);
      if (guide === null) throw notFound();
      const now = this.clock.now();
      const leftAt = to === GuideStatus.Left ? now : null;
      const changed = MAY_COME_FROM[to].includes(guide.status)
        ? await tx.execute('UPDATE guides SET status = ?, leftAt = ? WHERE id = ? AND status = ?', [
            to,
            leftAt,
            guideId,
            guide.status,
          ])
        : 0;
      if (changed === 0) {
        const detail = `导购当前状态为“${NAMES[guide.status]}”，不能改为“${NAMES[to]}”`;
        throw new ProblemError(ProblemType.GuideStateConflict, { detail, guideStatus: guide.status });
      }
      await tx.insert(GuideStatusChangeEntity, {
        id: newId('sta'),
        guideId,
        status: to,
        at: now,
        reason,
        actorId: actor.id,
      });
      const was = { status: guide.status };
      await this.audit.record(tx, {
        actor,
        action: 'guide.status',
        subject: guideId,
        old: was,
        new: { status: to },
        reason,
      });
      return { ...guide, status: to, leftAt };
    });
  }
}
