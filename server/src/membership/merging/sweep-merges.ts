import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/tx.js';
import { Members } from '../members/members.public.js';
import { type MemberMerge, MergeParts } from './merge-part.js';

/** Moves what was written under the id of a closed entry after its merge, by a transaction in flight or a late event. */
@Injectable()
export class SweepMerges {
  constructor(
    private readonly members: Members,
    private readonly parts: MergeParts,
  ) {}

  async execute(tx: Tx, merge: Omit<MemberMerge, 'sweep'>): Promise<void> {
    // The one that stayed may have been merged into another since.
    const { id: intoMemberId } = await this.members.standing(tx, merge.intoMemberId);
    await this.parts.runAll(tx, { ...merge, intoMemberId, sweep: true });
  }
}
