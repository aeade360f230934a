import { ProblemType } from '@mall/shared/problems';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { notFound, ProblemError } from '../../platform/http/problem.js';
import type { PayoutContradictionEntity } from './payout-contradiction.entity.js';

export interface ContradictionResolution {
  actor: { id: string; name: string };
  contradictionId: string;
  reason: string;
}

/** HQ has looked at a contradiction and says what was found. It moves no money. Audited. */
@Injectable()
export class ResolveContradiction {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
  ) {}

  /** Throws 404, or 409 `payout-state-conflict` for one that was resolved before. */
  async execute({ actor, contradictionId, reason }: ContradictionResolution): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const resolved = await tx.execute(
        `UPDATE payout_contradictions SET resolvedAt = ?, resolvedBy = ?, resolution = ?
         WHERE id = ? AND resolvedAt IS NULL`,
        [this.clock.now(), actor.id, reason, contradictionId],
      );
      const sql = 'SELECT * FROM payout_contradictions WHERE id = ?';
      const row = await tx.first<PayoutContradictionEntity>(sql, [contradictionId]);
      if (row === null) throw notFound();
      if (resolved === 0) {
        throw new ProblemError(ProblemType.PayoutStateConflict, { detail: '这条差异已经处理过' });
      }
      const { outBillNo, kind, ours, theirs } = row;
      await this.audit.record(tx, {
        actor,
        action: 'payout.resolve-contradiction',
        subject: contradictionId,
        old: { outBillNo, kind, ours, theirs },
        new: { resolution: reason },
        reason,
      });
    });
  }
}
