import type { DisputeDecision } from '@mall/shared/disputes';
import { ZERO_FEN } from '@mall/shared/money';
import { ProblemType } from '@mall/shared/problems';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import type { HqActor } from '../../platform/auth/actor.js';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { notFound, ProblemError } from '../../platform/http/problem.js';
import { CommissionQueries } from '../commission/commission.public.js';
import type { DisputeEntity } from './dispute.entity.js';
import { GrantDispute } from './grant-dispute.js';
import { TellDecision } from './tell-decision.js';

/** HQ decides an appeal with a reason; granting it is a ledger transaction for each commission that moves. */
@Injectable()
export class DecideDispute {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: BusinessClock,
    private readonly grant: GrantDispute,
    private readonly commissions: CommissionQueries,
    private readonly tell: TellDecision,
    private readonly audit: AuditLog,
  ) {}

  /** Throws 404, 409 `dispute-decided` naming the state, 409 `dispute-not-allowed` when it cannot be granted any more. */
  async execute(actor: HqActor, disputeId: string, { outcome, reason }: DisputeDecision): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const at = this.clock.now();
      // The update decides between two at once, and nothing moves twice.
      const taken = await tx.execute(
        `UPDATE disputes SET state = ?, decidedAt = ?, decidedBy = ?, reason = ? WHERE id = ? AND state = 'open'`,
        [outcome, at, actor.userId, reason, disputeId],
      );
      const dispute = await tx.first<DisputeEntity>('SELECT * FROM disputes WHERE id = ?', [disputeId]);
      if (dispute === null) throw notFound();
      if (taken === 0) {
        throw new ProblemError(ProblemType.DisputeDecided, { detail: '该申诉已经处理', state: dispute.state });
      }
      // Two appeals on one order granted at once: the second sees whom the first gave it to.
      if (outcome === 'granted') await this.grant.lock(tx, dispute.orderId);
      const holders = await this.commissions.guideHolders(tx, dispute.orderId);
      const movedFen = outcome === 'granted' ? await this.grant.execute(tx, dispute, at) : ZERO_FEN;
      await tx.execute('UPDATE disputes SET movedFen = ? WHERE id = ?', [movedFen, disputeId]);
      await this.tell.execute(tx, dispute, { outcome, reason, movedFen, holders, at });
      await this.audit.record(tx, {
        actor: { id: actor.userId, name: actor.username },
        action: 'dispute.decide',
        subject: disputeId,
        old: { state: 'open', holders },
        new: { state: outcome, guideId: dispute.guideId, movedFen },
        reason,
      });
    });
  }
}
