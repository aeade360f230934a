import { Injectable } from '@nestjs/common';
import { type MemberMerge, type MergePart, MergesMembers } from '../../membership/merging/merging.public.js';
import type { Tx } from '../../platform/database/tx.js';
import { CampaignAssignmentEntity } from './campaign-assignment.entity.js';
import type { FirstPaidOrderEntity } from './first-paid-order.entity.js';

/** Which arm she is in, and which order was her first, when two entries of one person become one (R2.1). */
@Injectable()
@MergesMembers('campaigns')
export class MergeCampaigns implements MergePart {
  async merge(tx: Tx, { fromMemberId, intoMemberId }: MemberMerge): Promise<void> {
    await this.moveAssignments(tx, fromMemberId, intoMemberId);
    await this.moveFirstOrder(tx, fromMemberId, intoMemberId);
  }

  /** Where both were assigned, the arm of the entry that stays counts: a person is counted once (R6.5). */
  private async moveAssignments(tx: Tx, fromMemberId: string, intoMemberId: string): Promise<void> {
    const rows = await tx.query<CampaignAssignmentEntity>('SELECT * FROM campaign_assignments WHERE memberId = ?', [
      fromMemberId,
    ]);
    for (const row of rows) await tx.insertOnce(CampaignAssignmentEntity, { ...row, memberId: intoMemberId });
    await tx.execute('DELETE FROM campaign_assignments WHERE memberId = ?', [fromMemberId]);
  }

  /** The earlier of two first orders was her first. */
  private async moveFirstOrder(tx: Tx, fromMemberId: string, intoMemberId: string): Promise<void> {
    const from = await this.firstOf(tx, fromMemberId);
    if (from === null) return;
    const into = await this.firstOf(tx, intoMemberId);
    const fromWasFirst = into === null || from.paidAt < into.paidAt;
    await tx.execute('DELETE FROM first_paid_orders WHERE memberId = ?', [fromWasFirst ? intoMemberId : fromMemberId]);
    await tx.execute('UPDATE first_paid_orders SET memberId = ? WHERE memberId = ?', [intoMemberId, fromMemberId]);
  }

  private async firstOf(tx: Tx, memberId: string): Promise<FirstPaidOrderEntity | null> {
    return tx.first<FirstPaidOrderEntity>('SELECT * FROM first_paid_orders WHERE memberId = ?', [memberId]);
  }
}
