import { ProblemType } from '@mall/shared/problems';
import { TextState } from '@mall/shared/texts';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { notFound, ProblemError } from '../../platform/http/problem.js';
import { SettleText } from './settle-text.js';
import { WrittenTexts } from './written-texts.js';

export interface HqDecision {
  to: 'shown' | 'refused';
  reason: string;
}

/** HQ decides what WeChat did not: once, with a reason, and the log keeps who did and not the words. */
@Injectable()
export class DecideText {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly texts: WrittenTexts,
    private readonly settle: SettleText,
    private readonly audit: AuditLog,
  ) {}

  /** Throws 404, or 409 `text-decided`: WeChat or somebody else was faster, or she wrote another. */
  async execute(actor: { id: string; name: string }, id: string, { to, reason }: HqDecision): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const row = await this.texts.find(tx, id);
      if (row === null) throw notFound();
      const decision = { id, by: actor.id, reason };
      const decided = to === 'shown' ? await this.settle.show(tx, decision) : await this.settle.refuse(tx, decision);
      if (!decided) {
        const detail = '这段文字已经处理过，或者顾客已经改写';
        throw new ProblemError(ProblemType.TextDecided, { detail, state: row.state });
      }
      await this.audit.record(tx, {
        actor,
        action: to === 'shown' ? 'text.pass' : 'text.refuse',
        subject: id,
        old: { state: TextState.Waiting, cause: row.cause, label: row.label },
        new: { state: to, kind: row.kind, memberId: row.memberId },
        reason,
      });
    });
  }
}
