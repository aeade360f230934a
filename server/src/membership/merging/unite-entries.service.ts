import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/tx.js';
import { type Dispute, MemberCases } from './member-cases.js';
import { type MergeCause, MergeMembers } from './merge-members.service.js';

/** Merges two entries of one person, or leaves them to HQ where a room refuses (R2.1). */
@Injectable()
export class UniteEntries {
  constructor(
    private readonly merging: MergeMembers,
    private readonly cases: MemberCases,
  ) {}

  /** The id of the entry that stays; null: refused, and a case is open. */
  async execute(tx: Tx, dispute: Dispute, cause: MergeCause): Promise<string | null> {
    const merged = await this.merging.execute(tx, dispute.memberId, dispute.otherMemberId, cause);
    if (merged.outcome !== 'refused') return merged.memberId;
    await this.cases.open(tx, dispute);
    return null;
  }
}
