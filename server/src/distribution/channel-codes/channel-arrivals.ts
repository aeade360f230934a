import { GuideStatus } from '@mall/shared/guides';
import { Injectable } from '@nestjs/common';
import { RetryTransaction } from '../../platform/database/database-errors.js';
import type { Tx } from '../../platform/database/tx.js';
import { newId } from '../../platform/ids/ids.js';
import { type Guide, Guides } from '../guides/guides.public.js';
import { ChannelAssignmentEntity } from './channel-assignment.entity.js';
import type { ChannelCodeEntity } from './channel-code.entity.js';
import type { ChannelCodeGuideEntity } from './channel-code-guide.entity.js';
import { ChannelCodes } from './channel-codes.js';
import { chooseNextGuide, countWhilePassedBy } from './domain/choose-next-guide.js';

export interface ChannelArrival {
  code: ChannelCodeEntity;
  /** Whom this visitor meets; null: nobody, the visit is HQ's or the store's. */
  guide: Guide | null;
}

type Listed = ChannelCodeGuideEntity & { guide: Guide };

interface Behind {
  serving: Listed[];
  absent: ChannelCodeGuideEntity[];
}

/** Who stands behind a printed code for this visitor: the same guide at every scan, while she serves (R2.2). */
@Injectable()
export class ChannelArrivals {
  constructor(
    private readonly codes: ChannelCodes,
    private readonly guides: Guides,
  ) {}

  /** Null for no code of HQ's. A revoked code gives nobody to anybody. */
  async resolve(tx: Tx, arrival: { code: string; memberId: string; at: number }): Promise<ChannelArrival | null> {
    const code = await this.codes.byCode(tx, arrival.code);
    if (code === null) return null;
    if (code.revokedAt !== null) return { code, guide: null };
    return this.meet(tx, code, arrival);
  }

  private async meet(
    tx: Tx,
    code: ChannelCodeEntity,
    { memberId, at }: { memberId: string; at: number },
  ): Promise<ChannelArrival> {
    const before = await this.assignmentOf(tx, code.id, memberId);
    const { serving } = await this.behind(tx, code, memberId);
    const kept = serving.find(({ guideId }) => guideId === before?.guideId);
    if (kept !== undefined) return { code, guide: kept.guide };
    if (serving.length === 0) return { code, guide: null };
    // Visitors of one code choose one after the other: this row is their queue, and a cluster sees it as a conflict.
    const drew = await tx.execute('UPDATE channel_codes SET tickets = tickets + 1 WHERE id = ? AND revokedAt IS NULL', [
      code.id,
    ]);
    // HQ may have changed or revoked it while she waited for her turn.
    const now = (await this.codes.find(tx, code.id)) ?? code;
    if (drew !== 1) return { code: now, guide: null };
    const current = await this.assignmentOf(tx, code.id, memberId);
    const turns = await this.behind(tx, code, memberId);
    const mine = turns.serving.find(({ guideId }) => guideId === current?.guideId);
    // Her other request was faster: two scans of one visitor are one visitor.
    if (mine !== undefined) return { code: now, guide: mine.guide };
    const next = chooseNextGuide(turns.serving);
    if (next === null) return { code: now, guide: null };
    await this.assign(tx, { code, memberId, at, current, next });
    await this.passBy(tx, turns.absent, next);
    return { code: now, guide: next.guide };
  }

  private async assign(
    tx: Tx,
    assignment: {
      code: ChannelCodeEntity;
      memberId: string;
      at: number;
      current: ChannelAssignmentEntity | null;
      next: Listed;
    },
  ): Promise<void> {
    const { code, memberId, at, current, next } = assignment;
    const counted = await tx.execute(
      'UPDATE channel_code_guides SET assigned = assigned + 1 WHERE id = ? AND assigned = ?',
      [next.id, next.assigned],
    );
    const row = { id: newId('cas'), channelCodeId: code.id, memberId, guideId: next.guideId, assignedAt: at };
    const written =
      current === null
        ? await tx.insertOnce(ChannelAssignmentEntity, row)
        : (await tx.execute('UPDATE channel_assignments SET guideId = ?, assignedAt = ? WHERE id = ? AND guideId = ?', [
            next.guideId,
            at,
            current.id,
            current.guideId,
          ])) === 1;
    if (counted !== 1 || !written) throw new RetryTransaction(`${code.id} was assigned to somebody else meanwhile`);
  }

  private async passBy(tx: Tx, absent: readonly ChannelCodeGuideEntity[], next: Listed): Promise<void> {
    for (const row of absent) {
      const passed = countWhilePassedBy(row, next);
      if (passed === row.assigned) continue;
      await tx.execute('UPDATE channel_code_guides SET assigned = ? WHERE id = ?', [passed, row.id]);
    }
  }

  /**
   * Those of the list who serve, without the visitor herself, and those who do not. A store's code gives its visitors to
   * no guide who has moved to another store.
   */
  private async behind(tx: Tx, { id, storeId }: ChannelCodeEntity, memberId: string): Promise<Behind> {
    const list = await this.codes.lists(tx, [id]);
    const guides = await this.guides.many(
      tx,
      list.map(({ guideId }) => guideId),
    );
    const active = new Map(
      guides
        .filter((guide) => guide.status === GuideStatus.Active && (storeId === null || guide.storeId === storeId))
        .map((guide) => [guide.id, guide]),
    );
    const serving = list.flatMap((row) => {
      const guide = active.get(row.guideId);
      return guide === undefined || guide.memberId === memberId ? [] : [{ ...row, guide }];
    });
    return { serving, absent: list.filter(({ guideId }) => !active.has(guideId)) };
  }

  private assignmentOf(tx: Tx, codeId: string, memberId: string): Promise<ChannelAssignmentEntity | null> {
    return tx.first<ChannelAssignmentEntity>(
      'SELECT * FROM channel_assignments WHERE channelCodeId = ? AND memberId = ?',
      [codeId, memberId],
    );
  }
}
