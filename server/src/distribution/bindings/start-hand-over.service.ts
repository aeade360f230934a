import type { HandOver, HandOverRequest } from '@mall/shared/bindings';
import { GuideStatus } from '@mall/shared/guides';
import { ProblemType } from '@mall/shared/problems';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { RetryTransaction } from '../../platform/database/database-errors.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { notFound, ProblemError } from '../../platform/http/problem.js';
import { newId } from '../../platform/ids/ids.js';
import { Guides } from '../guides/guides.public.js';
import { HandOverEntity } from './hand-over.entity.js';
import { MoveMembers, toHandOver } from './move-members.service.js';

/** What one request moves at most; a job moves what is left. */
const BATCHES_A_REQUEST = 10;

/** HQ gives a guide's members to others, whether she left, is suspended or still serves (R2.4). */
@Injectable()
export class StartHandOver {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly guides: Guides,
    private readonly audit: AuditLog,
    private readonly moveMembers: MoveMembers,
    private readonly clock: BusinessClock,
  ) {}

  /**
   * Starts, or goes on with the one that stands when it names the same takers. Throws 404, 422 for a taker who is she
   * herself or named twice, 409 `guide-not-serving`, 409 `binding-conflict` while another hand-over of hers is open.
   */
  async execute(actor: { id: string; name: string }, fromGuideId: string, request: HandOverRequest): Promise<HandOver> {
    this.refuseBadTakers(fromGuideId, request.toGuideIds);
    const handOver = await this.unitOfWork.run((tx) => this.openOrResume(tx, actor, fromGuideId, request));
    return toHandOver(await this.moveMembers.execute(handOver.id, BATCHES_A_REQUEST));
  }

  private refuseBadTakers(fromGuideId: string, toGuideIds: readonly string[]): void {
    if (toGuideIds.includes(fromGuideId) || new Set(toGuideIds).size !== toGuideIds.length) {
      throw new ProblemError(ProblemType.ValidationFailed, {
        detail: '接收导购不能是本人，也不能重复',
        faults: [{ path: 'toGuideIds', message: '接收导购不能是本人，也不能重复' }],
      });
    }
  }

  private async openOrResume(
    tx: Tx,
    actor: { id: string; name: string },
    fromGuideId: string,
    { toGuideIds, reason }: HandOverRequest,
  ): Promise<HandOverEntity> {
    if ((await this.guides.find(tx, fromGuideId)) === null) throw notFound();
    await this.refuseWhoDoesNotServe(tx, toGuideIds);
    const row: HandOverEntity = {
      id: newId('hov'),
      fromGuideId,
      openOf: fromGuideId,
      toGuideIdsJson: JSON.stringify(toGuideIds),
      reason,
      actorId: actor.id,
      moved: 0,
      batches: 0,
      startedAt: this.clock.now(),
      finishedAt: null,
    };
    // The key decides: a button pressed twice opens one.
    if (!(await tx.insertOnce(HandOverEntity, row))) return this.standing(tx, fromGuideId, row.toGuideIdsJson);
    await this.audit.record(tx, {
      actor,
      action: 'guide.hand-over',
      subject: fromGuideId,
      old: null,
      new: { handOverId: row.id, toGuideIds },
      reason,
    });
    return row;
  }

  private async standing(tx: Tx, fromGuideId: string, toGuideIdsJson: string): Promise<HandOverEntity> {
    const open = await tx.first<HandOverEntity>('SELECT * FROM hand_overs WHERE openOf = ?', [fromGuideId]);
    if (open === null) throw new RetryTransaction(`the hand-over of ${fromGuideId} ended meanwhile`);
    if (open.toGuideIdsJson === toGuideIdsJson) return open;
    throw new ProblemError(ProblemType.BindingConflict, {
      detail: '该导购的客户正在移交给其他人，请等待完成',
      handOverId: open.id,
    });
  }

  private async refuseWhoDoesNotServe(tx: Tx, guideIds: readonly string[]): Promise<void> {
    const takers = await this.guides.many(tx, guideIds);
    if (takers.length < guideIds.length) throw notFound();
    const idle = takers.filter(({ status }) => status !== GuideStatus.Active);
    if (idle.length === 0) return;
    throw new ProblemError(ProblemType.GuideNotServing, {
      detail: `${idle.map(({ name }) => name).join('、')}目前不在职，不能接收客户`,
      guideIds: idle.map(({ id }) => id),
    });
  }
}
