import { ProblemType } from '@mall/shared/problems';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import type { HqActor } from '../../platform/auth/actor.js';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { notFound, ProblemError } from '../../platform/http/problem.js';
import type { BillDifferenceEntity } from './bill-difference.entity.js';

/** HQ has looked at a difference and says why it is settled. */
@Injectable()
export class ResolveBillDifference {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
  ) {}

  /** Throws 404, and 409 when somebody has settled it before. */
  async execute(actor: HqActor, id: string, reason: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const moved = await tx.execute(
        `UPDATE bill_differences SET state = 'resolved', resolvedBy = ?, resolvedReason = ?, resolvedAt = ?
         WHERE id = ? AND state = 'open'`,
        [actor.userId, reason, this.clock.now(), id],
      );
      const row = await tx.first<BillDifferenceEntity>('SELECT * FROM bill_differences WHERE id = ?', [id]);
      if (row === null) throw notFound();
      if (moved === 0) throw new ProblemError(ProblemType.RevisionConflict, { detail: '这条差异已经处理过了' });
      await this.audit.record(tx, {
        actor: { id: actor.userId, name: actor.username },
        action: 'trade-bill.resolve',
        subject: id,
        old: { state: 'open' },
        new: { state: 'resolved', billDate: row.billDate, number: row.number, kind: row.kind },
        reason,
      });
    });
  }
}
