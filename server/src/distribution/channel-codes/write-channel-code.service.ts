import type { ChannelCode, ChannelCodeChange, ChannelCodeInput, ChannelCodeKind } from '@mall/shared/codes';
import { ProblemType } from '@mall/shared/problems';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { notFound, ProblemError } from '../../platform/http/problem.js';
import { newCode, newId } from '../../platform/ids/ids.js';
import { ChannelCodeEntity } from './channel-code.entity.js';
import { ChannelCodeQueries } from './channel-code.queries.js';
import { ChannelCodeGuideEntity } from './channel-code-guide.entity.js';
import { CHANNEL_CODE_LENGTH, ChannelCodes } from './channel-codes.js';
import { CheckChannelCode } from './check-channel-code.js';

type Actor = { id: string; name: string };

/** HQ makes a code, changes what is behind it, or takes it back. Each is in the audit log with what it was before. */
@Injectable()
export class WriteChannelCode {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly codes: ChannelCodes,
    private readonly queries: ChannelCodeQueries,
    private readonly check: CheckChannelCode,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
  ) {}

  /** Throws 422 for what does not exist. */
  async create(actor: Actor, input: ChannelCodeInput): Promise<ChannelCode> {
    return this.unitOfWork.run(async (tx) => {
      await this.check.execute(tx, input);
      const row: ChannelCodeEntity = {
        id: newId('chc'),
        code: newCode(CHANNEL_CODE_LENGTH),
        kind: input.kind,
        label: input.label,
        storeId: input.storeId,
        targetKind: input.target.kind,
        targetId: input.target.id,
        revision: 1,
        tickets: 0,
        createdAt: this.clock.now(),
        revokedAt: null,
      };
      while (!(await tx.insertOnce(ChannelCodeEntity, row))) row.code = newCode(CHANNEL_CODE_LENGTH);
      await this.writeList(tx, row.id, input.guides);
      const made = await this.queries.view(tx, row);
      await this.record(tx, { actor, action: 'channel-code.create', subject: row.id, made });
      return made;
    });
  }

  /**
   * The print stays, what is behind it changes. A changed list begins a new round, in which whoever met a guide who is
   * still on it keeps her. Throws 404 (revoked ones too), 409 `revision-conflict`, 422.
   */
  async change(actor: Actor, id: string, change: ChannelCodeChange): Promise<ChannelCode> {
    const { revision, label, target, guides, reason } = change;
    return this.unitOfWork.run(async (tx) => {
      const before = await this.codes.find(tx, id);
      if (before === null || before.revokedAt !== null) throw notFound();
      const was = await this.queries.view(tx, before);
      await this.check.execute(tx, { ...change, kind: before.kind as ChannelCodeKind, storeId: before.storeId });
      const changed = await tx.execute(
        `UPDATE channel_codes SET label = ?, targetKind = ?, targetId = ?, revision = revision + 1
         WHERE id = ? AND revision = ? AND revokedAt IS NULL`,
        [label, target.kind, target.id, id, revision],
      );
      if (changed === 0) {
        throw new ProblemError(ProblemType.RevisionConflict, { detail: '刚刚有人改过，请刷新后再试' });
      }
      const listed = (list: readonly { guideId: string; weight: number }[]) =>
        list.map(({ guideId, weight }) => `${guideId} ${weight}`).join();
      if (listed(was.guides) !== listed(guides)) {
        await tx.execute('DELETE FROM channel_code_guides WHERE channelCodeId = ?', [id]);
        await this.writeList(tx, id, guides);
      }
      const made = await this.read(tx, id);
      await this.record(tx, { actor, action: 'channel-code.change', subject: id, was, made, reason });
      return made;
    });
  }

  /** From now on it opens home, for nobody; arrivals before stay what they were. Again changes nothing. Throws 404. */
  async revoke(actor: Actor, id: string, reason: string): Promise<ChannelCode> {
    return this.unitOfWork.run(async (tx) => {
      const revoked = await tx.execute('UPDATE channel_codes SET revokedAt = ? WHERE id = ? AND revokedAt IS NULL', [
        this.clock.now(),
        id,
      ]);
      const made = await this.read(tx, id);
      if (revoked === 1) await this.record(tx, { actor, action: 'channel-code.revoke', subject: id, made, reason });
      return made;
    });
  }

  private async read(tx: Tx, id: string): Promise<ChannelCode> {
    const row = await this.codes.find(tx, id);
    if (row === null) throw notFound();
    return this.queries.view(tx, row);
  }

  private async writeList(tx: Tx, channelCodeId: string, guides: ChannelCodeInput['guides']): Promise<void> {
    await tx.insert(
      ChannelCodeGuideEntity,
      guides.map(({ guideId, weight }, position) => {
        return { id: newId('ccg'), channelCodeId, guideId, weight, position, assigned: 0 };
      }),
    );
  }

  private async record(
    tx: Tx,
    change: { actor: Actor; action: string; subject: string; was?: ChannelCode; made: ChannelCode; reason?: string },
  ): Promise<void> {
    const { actor, action, subject, was, made, reason } = change;
    const old = was && factsOf(was);
    await this.audit.record(tx, { actor, action, subject, old, new: factsOf(made), reason: reason ?? null });
  }
}

function factsOf({ kind, label, storeId, target, guides, revokedAt }: ChannelCode): object {
  return {
    kind,
    label,
    storeId,
    target,
    guides: guides.map(({ guideId, weight }) => ({ guideId, weight })),
    revokedAt,
  };
}
