import { Injectable } from '@nestjs/common';
import { type MemberMerge, type MergePart, MergesMembers } from '../../membership/merging/merging.public.js';
import { DAY_MS } from '../../platform/clock/business-day.js';
import { WallClock } from '../../platform/clock/wall-clock.js';
import { RetryTransaction } from '../../platform/database/database-errors.js';
import type { Tx } from '../../platform/database/tx.js';
import { newId } from '../../platform/ids/ids.js';
import { Settings } from '../../platform/settings/settings.js';
import { Guides } from '../guides/guides.public.js';
import { BindingEntity } from './binding.entity.js';
import type { BindingNow } from './binding-reads.js';
import { Bindings } from './bindings.js';
import { holdingAt } from './domain/binding-windows.js';
import { chooseMerged } from './domain/merge-bindings.js';

type Merging = BindingNow & { chosenAt: number | null };

/**
 * R2.1, C3: of the bindings of two entries the protected one wins, then what she chose lately herself, then the older;
 * the other closes with cause `merged`. Rows stay where they are, since a binding is never updated (R2.3): the winner's relation goes on by a new
 * row of the entry that stays, with the windows that it had.
 */
@Injectable()
@MergesMembers('bindings')
export class MergeBindings implements MergePart {
  constructor(
    private readonly bindings: Bindings,
    private readonly guides: Guides,
    private readonly settings: Settings,
    private readonly wall: WallClock,
  ) {}

  async merge(tx: Tx, { fromMemberId, intoMemberId, at }: MemberMerge): Promise<void> {
    await tx.execute('UPDATE binding_orders SET memberId = ? WHERE memberId = ?', [intoMemberId, fromMemberId]);
    const from = await this.newest(tx, fromMemberId, at);
    // Its last row says that it closed: nothing was bound under the old id since.
    if (from === null || isClosed(from)) return;
    const into = await this.newest(tx, intoMemberId, at);
    const startsAt = Math.max(at, from.startsAt, into?.startsAt ?? 0);
    const isOwn = await this.namesHerself(tx, from, [fromMemberId, intoMemberId]);
    if (!isOwn && from.guideId !== null && into !== null && from.guideId === into.guideId) {
      await this.unite(tx, intoMemberId, from, into, startsAt);
    } else if (!isOwn && winsOver(from, into)) {
      await this.carryOn(tx, intoMemberId, from, into, startsAt);
    } else if (into !== null && (await this.namesHerself(tx, into, [fromMemberId, intoMemberId]))) {
      await this.close(tx, intoMemberId, into, startsAt, into.storeId);
    }
    await this.close(tx, fromMemberId, from, startsAt, null);
  }

  /**
   * Both are bound to one guide: the winner's relation goes on with the later of both windows and the open orders of
   * both, so that what either held stays held and what either renews is renewed.
   */
  private async unite(tx: Tx, memberId: string, from: Merging, into: Merging, startsAt: number): Promise<void> {
    const [won, lost] = winsOver(from, into) ? [from, into] : [into, from];
    // Before the rows change: these hold the loser's protection, and hold the winner's from now on.
    const held = await this.holding(tx, lost, startsAt);
    const windows = {
      protectedUntil: Math.max(won.protectedUntil, lost.protectedUntil),
      validUntil: Math.max(won.validUntil, lost.validUntil),
    };
    const isLonger = windows.protectedUntil > into.protectedUntil || windows.validUntil > into.validUntil;
    if (won === from || isLonger) await this.carryOn(tx, memberId, { ...won, ...windows }, into, startsAt);
    await tx.execute(
      'UPDATE binding_orders SET relationId = ?, bindingId = ? WHERE relationId = ? AND endedAt IS NULL',
      [won.relationId, won.id, lost.relationId],
    );
    for (const orderId of held) {
      await tx.execute('UPDATE binding_orders SET orderedAt = ? WHERE orderId = ? AND orderedAt < ?', [
        startsAt,
        orderId,
        startsAt,
      ]);
    }
  }

  private async holding(tx: Tx, { memberId }: Merging, at: number): Promise<string[]> {
    const relation = await this.bindings.relation(tx, memberId, at);
    if (relation === null) return [];
    const { binding, earlier, orders } = relation;
    return holdingAt([...earlier, binding], orders, at).map(({ orderId }) => orderId);
  }

  private async newest(tx: Tx, memberId: string, at: number): Promise<Merging | null> {
    const row = (await this.bindings.history(tx, memberId)).at(-1);
    if (row === undefined) return null;
    const now = await this.bindings.current(tx, memberId, Math.max(at, row.startsAt));
    return now === null ? null : { ...now, chosenAt: await this.chosenAt(tx, now, at) };
  }

  /** A choice begins a relation; it is hers to keep as long as she may not change it (R2.5). */
  private async chosenAt(tx: Tx, { relationId, guideId, isValid }: BindingNow, at: number): Promise<number | null> {
    const began = await this.bindings.find(tx, relationId);
    if (began === null || began.cause !== 'member_choice' || (guideId !== null && !isValid)) return null;
    const { values } = await this.settings.at(tx, 'distribution', at);
    return at < began.startsAt + values.guideChangeDays * DAY_MS ? began.startsAt : null;
  }

  /** A guide whose second account was her own customer: nobody is (R3.3). */
  private async namesHerself(tx: Tx, { guideId }: Merging, memberIds: readonly string[]): Promise<boolean> {
    const guide = guideId === null ? null : await this.guides.find(tx, guideId);
    return guide !== null && memberIds.includes(guide.memberId);
  }

  private carryOn(tx: Tx, memberId: string, won: BindingNow, lost: BindingNow | null, startsAt: number): Promise<void> {
    const { guideId, storeId, relationId, relationSince, protectedUntil, validUntil } = won;
    const clocks = { relationId, relationSince, startsAt, protectedUntil, validUntil };
    return this.append(tx, memberId, lost, { guideId, storeId, causeId: won.id, ...clocks });
  }

  private close(tx: Tx, memberId: string, closed: Merging, at: number, storeId: string | null): Promise<void> {
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

/** The rule's; of two that are over, what she has. */
function winsOver(from: Merging, into: Merging | null): boolean {
  if (into === null) return true;
  const rules = [from, into].some(({ isValid, chosenAt }) => isValid || chosenAt !== null);
  return rules && chooseMerged(from, into).stays === from;
}

/** A choice of nobody that was carried on names the relation that it began. */
function isClosed({ cause, guideId, id, relationId }: Merging): boolean {
  return cause === 'merged' && guideId === null && relationId === id;
}
