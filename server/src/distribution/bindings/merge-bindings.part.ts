import { Injectable } from '@nestjs/common';
import { type MemberMerge, type MergePart, MergesMembers } from '../../membership/merging/merging.public.js';
import { WallClock } from '../../platform/clock/wall-clock.js';
import { RetryTransaction } from '../../platform/database/database-errors.js';
import type { Tx } from '../../platform/database/tx.js';
import { newId } from '../../platform/ids/ids.js';
import { Guides } from '../guides/guides.public.js';
import { BindingEntity } from './binding.entity.js';
import type { BindingNow } from './binding-reads.js';
import { Bindings } from './bindings.js';
import { chooseMerged } from './domain/merge-bindings.js';

/**
 * R2.1, C3: of the bindings of two entries the protected one wins, then the older; the other closes with cause
 * `merged`. Rows stay where they are, since a binding is never updated (R2.3): the winner's relation goes on by a new
 * row of the entry that stays, with the windows that it had.
 */
@Injectable()
@MergesMembers('bindings')
export class MergeBindings implements MergePart {
  constructor(
    private readonly bindings: Bindings,
    private readonly guides: Guides,
    private readonly wall: WallClock,
  ) {}

  async merge(tx: Tx, { fromMemberId, intoMemberId, at }: MemberMerge): Promise<void> {
    await tx.execute('UPDATE binding_orders SET memberId = ? WHERE memberId = ?', [intoMemberId, fromMemberId]);
    const from = await this.newest(tx, fromMemberId, at);
    // Its last row says that it closed: nothing was bound under the old id since.
    if (from === null || (from.cause === 'merged' && from.guideId === null)) return;
    const into = await this.newest(tx, intoMemberId, at);
    const startsAt = Math.max(at, from.startsAt, into?.startsAt ?? 0);
    const isOwn = await this.namesHerself(tx, from, [fromMemberId, intoMemberId]);
    if (!isOwn && winsOver(from, into)) await this.carryOn(tx, intoMemberId, from, into, startsAt);
    else if (into !== null && (await this.namesHerself(tx, into, [fromMemberId, intoMemberId]))) {
      await this.close(tx, intoMemberId, into, startsAt, into.storeId);
    }
    await this.close(tx, fromMemberId, from, startsAt, null);
  }

  private async newest(tx: Tx, memberId: string, at: number): Promise<BindingNow | null> {
    const row = (await this.bindings.history(tx, memberId)).at(-1);
    return row === undefined ? null : this.bindings.current(tx, memberId, Math.max(at, row.startsAt));
  }

  /** A guide whose second account was her own customer: nobody is (R3.3). */
  private async namesHerself(tx: Tx, { guideId }: BindingNow, memberIds: readonly string[]): Promise<boolean> {
    const guide = guideId === null ? null : await this.guides.find(tx, guideId);
    return guide !== null && memberIds.includes(guide.memberId);
  }

  private carryOn(tx: Tx, memberId: string, won: BindingNow, lost: BindingNow | null, startsAt: number): Promise<void> {
    const { guideId, storeId, relationId, relationSince, protectedUntil, validUntil } = won;
    const clocks = { relationId, relationSince, startsAt, protectedUntil, validUntil };
    return this.append(tx, memberId, lost, { guideId, storeId, causeId: won.id, ...clocks });
  }

  private close(tx: Tx, memberId: string, closed: BindingNow, at: number, storeId: string | null): Promise<void> {
    const clocks = { relationId: null, relationSince: at, startsAt: at, protectedUntil: at, validUntil: at };
    return this.append(tx, memberId, closed, { guideId: null, storeId, causeId: closed.id, ...clocks });
  }

  private async append(
    tx: Tx,
    memberId: string,
    before: BindingNow | null,
    row: Pick<
      BindingEntity,
      'guideId' | 'storeId' | 'causeId' | 'relationSince' | 'startsAt' | 'protectedUntil' | 'validUntil'
    > & { relationId: string | null },
  ): Promise<void> {
    const id = newId('bnd');
    const written = await tx.insertOnce(BindingEntity, {
      id,
      memberId,
      memberSequence: (before?.memberSequence ?? 0) + 1,
      fromGuideId: before?.guideId ?? null,
      cause: 'merged',
      actorId: null,
      reason: null,
      recordedAt: this.wall.now(),
      ...row,
      relationId: row.relationId ?? id,
    });
    if (!written) throw new RetryTransaction(`the binding of ${memberId} changed while it was merged`);
  }
}

/** A valid one over one that is not; of two valid ones by the rule; of two that are over, what she has. */
function winsOver(from: BindingNow, into: BindingNow | null): boolean {
  if (into === null) return true;
  if (from.isValid !== into.isValid) return from.isValid;
  return from.isValid && chooseMerged(from, into).stays === from;
}
