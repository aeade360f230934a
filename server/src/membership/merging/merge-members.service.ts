import { EventType } from '@mall/shared/events';
import { Injectable } from '@nestjs/common';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { MINUTE_MS } from '../../platform/clock/business-day.js';
import { WallClock } from '../../platform/clock/wall-clock.js';
import { RetryTransaction } from '../../platform/database/database-errors.js';
import type { Tx } from '../../platform/database/tx.js';
import { newId } from '../../platform/ids/ids.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import { Members } from '../members/members.public.js';
import { chooseEntry } from './domain/choose-entry.js';
import { MemberMergeEntity } from './member-merge.entity.js';
import { type MemberMerge, MergeParts } from './merge-part.js';

export type MergeCause = 'unionid' | 'phone' | 'hq';

/** `refused`: a room sees two things that cannot be one; the sentence is Chinese. Nothing was written. */
export type MergeOutcome =
  | { outcome: 'merged'; memberId: string }
  | { outcome: 'same'; memberId: string }
  | { outcome: 'refused'; detail: string };

/** Makes two entries of one person one (R2.1), in the caller's transaction: every room moves what it holds. */
@Injectable()
export class MergeMembers {
  constructor(
    private readonly members: Members,
    private readonly parts: MergeParts,
    private readonly outbox: Outbox,
    private readonly clock: BusinessClock,
    private readonly wall: WallClock,
  ) {}

  /** Which of the two stays is decided here: {@link chooseEntry}. Asked twice at once, it happens once. */
  async execute(tx: Tx, oneId: string, otherId: string, cause: MergeCause): Promise<MergeOutcome> {
    const [one, other] = [await this.members.standing(tx, oneId), await this.members.standing(tx, otherId)];
    if (one.id === other.id) return { outcome: 'same', memberId: one.id };
    const { stays, closes } = chooseEntry(one, other);
    const pair = { fromMemberId: closes.id, intoMemberId: stays.id };
    for (const part of this.parts.all()) {
      const detail = (await part.refuses?.(tx, pair)) ?? null;
      if (detail !== null) return { outcome: 'refused', detail };
    }
    const merge: MemberMerge = { id: newId('mrg'), ...pair, at: this.clock.now(), sweep: false };
    await this.decide(tx, merge, cause);
    await this.parts.runAll(tx, merge);
    const payload = { mergeId: merge.id, ...pair, at: merge.at };
    await this.outbox.add(tx, EventType.MemberMerged, closes.id, merge.at, payload);
    return { outcome: 'merged', memberId: stays.id };
  }

  private async decide(tx: Tx, merge: MemberMerge, cause: MergeCause): Promise<void> {
    const { id, fromMemberId, intoMemberId, at } = merge;
    const closed = await tx.execute(
      'UPDATE members SET mergedInto = ? WHERE id = ? AND mergedInto IS NULL AND closedAt IS NULL',
      [intoMemberId, fromMemberId],
    );
    // Takes the other row too: nobody may merge it away at the same time.
    const standing = await tx.execute(
      'UPDATE members SET mergedInto = NULL WHERE id = ? AND mergedInto IS NULL AND closedAt IS NULL',
      [intoMemberId],
    );
    const row: MemberMergeEntity = {
      id,
      fromMemberId,
      intoMemberId,
      pairKey: [fromMemberId, intoMemberId].sort().join(':'),
      cause,
      at,
      sweeps: 0,
      sweepDueAt: this.wall.now() + MINUTE_MS,
    };
    if (closed === 0 || standing === 0 || !(await tx.insertOnce(MemberMergeEntity, row))) {
      throw new RetryTransaction(`${fromMemberId} or ${intoMemberId} was merged meanwhile`);
    }
    // What was merged into the one that closes goes on with the one that stays: nobody has to follow a chain.
    await tx.execute('UPDATE members SET mergedInto = ? WHERE mergedInto = ?', [intoMemberId, fromMemberId]);
  }
}
