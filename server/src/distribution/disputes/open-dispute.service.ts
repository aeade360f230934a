import { ProblemType } from '@mall/shared/problems';
import { Injectable } from '@nestjs/common';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { notFound, ProblemError } from '../../platform/http/problem.js';
import { newId } from '../../platform/ids/ids.js';
import { AttributionQueries } from '../attribution/attribution.public.js';
import { CommissionQueries } from '../commission/commission.public.js';
import type { Guide } from '../guides/guides.public.js';
import { SoldGoods } from '../sales/sales.public.js';
import { DisputeEntity } from './dispute.entity.js';
import { MayAppeal } from './may-appeal.js';

/** A guide appeals an attribution. What the decision rested on is copied into the dispute as it stands. */
@Injectable()
export class OpenDispute {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: BusinessClock,
    private readonly attribution: AttributionQueries,
    private readonly commissions: CommissionQueries,
    private readonly sold: SoldGoods,
    private readonly mayAppeal: MayAppeal,
  ) {}

  /** Pressed again, it is the same dispute. Throws 404 for an order without her hand in it, 409 `dispute-not-allowed`. */
  async execute(guide: Guide, orderId: string, note: string | null): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const before = await tx.first('SELECT id FROM disputes WHERE orderId = ? AND guideId = ?', [orderId, guide.id]);
      if (before !== null) return;
      if ((await this.attribution.forGuide(tx, orderId, guide.id)) === null) throw notFound();
      const at = this.clock.now();
      const refusal = await this.mayAppeal.refusal(tx, guide, orderId, at);
      if (refusal !== null) throw new ProblemError(ProblemType.DisputeNotAllowed, { detail: refusal });
      await this.write(tx, guide.id, orderId, note, at);
    });
  }

  private async write(tx: Tx, guideId: string, orderId: string, note: string | null, at: number): Promise<void> {
    const order = await this.sold.order(tx, orderId);
    const frozen = await this.attribution.snapshot(tx, orderId);
    const evidence = {
      decision: JSON.parse(frozen?.decisionJson ?? 'null') as unknown,
      evidence: JSON.parse(frozen?.evidenceJson ?? 'null') as unknown,
      commissions: await this.commissions.ofOrder(tx, orderId),
    };
    // Two taps at once: the key lets one through, and the other finds what it wanted.
    await tx.insertOnce(DisputeEntity, {
      id: newId('dsp'),
      orderId,
      orderNumber: order?.orderNumber ?? '',
      guideId,
      state: 'open',
      note,
      evidenceJson: JSON.stringify(evidence),
      openedAt: at,
      decidedAt: null,
      decidedBy: null,
      reason: null,
      movedFen: null,
    });
  }
}
