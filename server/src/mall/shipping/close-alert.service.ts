import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import type { HqActor } from '../../platform/auth/actor.js';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { notFound } from '../../platform/http/problem.js';

/** Somebody has seen to an alert of WeChat's. */
@Injectable()
export class CloseAlert {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: BusinessClock,
    private readonly audit: AuditLog,
  ) {}

  /** Throws 404 when no such alert is open. */
  async execute(actor: HqActor, alertId: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const closed = await tx.execute(
        'UPDATE wechat_alerts SET doneAt = ?, doneBy = ? WHERE id = ? AND doneAt IS NULL',
        [this.clock.now(), actor.userId, alertId],
      );
      if (closed === 0) throw notFound();
      await this.audit.record(tx, {
        actor: { id: actor.userId, name: actor.username },
        action: 'wechat-alert.close',
        subject: alertId,
        old: undefined,
        new: undefined,
      });
    });
  }
}
