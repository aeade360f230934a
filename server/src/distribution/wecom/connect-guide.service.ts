import { ProblemType } from '@mall/shared/problems';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { notFound, ProblemError } from '../../platform/http/problem.js';
import { Guides } from '../guides/guides.public.js';
import { WecomGuideEntity } from './wecom-guide.entity.js';

/** HQ says which WeCom account is a guide's; null: none any more. */
@Injectable()
export class ConnectGuide {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly guides: Guides,
    private readonly audit: AuditLog,
  ) {}

  /** Throws 404 for an unknown guide, 409 `guide-state-conflict` when the account is another guide's. */
  async execute(actor: { id: string; name: string }, guideId: string, wecomUserId: string | null): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      if ((await this.guides.find(tx, guideId)) === null) throw notFound();
      const old = await tx.first<WecomGuideEntity>('SELECT * FROM wecom_guides WHERE guideId = ?', [guideId]);
      if ((old?.wecomUserId ?? null) === wecomUserId) return;
      await tx.execute('DELETE FROM wecom_guides WHERE guideId = ?', [guideId]);
      if (wecomUserId !== null && !(await tx.insertOnce(WecomGuideEntity, { guideId, wecomUserId }))) {
        throw new ProblemError(ProblemType.GuideStateConflict, { detail: '这个企业微信账号已经属于另一位导购' });
      }
      await this.audit.record(tx, {
        actor,
        action: 'guide.wecom',
        subject: guideId,
        old: { wecomUserId: old?.wecomUserId ?? null },
        new: { wecomUserId },
      });
    });
  }
}
