import { Injectable } from '@nestjs/common';
import { WallClock } from '../../platform/clock/wall-clock.js';
import type { Reader, Tx } from '../../platform/database/tx.js';
import { newId } from '../../platform/ids/ids.js';
import { Settings } from '../../platform/settings/settings.js';
import { Guides } from '../guides/guides.public.js';
import { BindingEntity } from './binding.entity.js';
import { BindingOrderEntity } from './binding-order.entity.js';
import { type Binding, type BindingCause, BindingReads, toBinding } from './binding-reads.js';
import { windowsFrom } from './domain/binding-windows.js';

export interface BindingChange {
  memberId: string;
  /** The member's highest sequence when the change was decided; another value by now loses. */
  expectedSequence: number;
  guideId: string | null;
  storeId: string | null;
  cause: BindingCause;
  causeId: string | null;
  /** Business clock. */
  at: number;
  actorId: string | null;
  reason?: string;
}

/** `lost`: another change came first, and this one was decided on ground that is gone. Nothing was written. */
export type BindOutcome = { outcome: 'bound'; binding: Binding } | { outcome: 'lost' };

export interface PaidOrderTouch {
  memberId: string;
  guideId: string;
  storeId: string | null;
  touchId: string | null;
  orderId: string;
  /** When it was paid. */
  at: number;
}

/** `superseded`: something was agreed after the payment, before we learned of it; that stands. */
export type PaidOrderOutcome =
  | { outcome: 'bound'; binding: Binding }
  | { outcome: 'protected' }
  | { outcome: 'superseded' }
  | { outcome: 'own' }
  | { outcome: 'guide-left' };

const MAX_TRIES = 5;

/** Writes of bindings: every change is a new row (R2.3). */
@Injectable()
export class Bindings extends BindingReads {
  constructor(
    private readonly settings: Settings,
    private readonly guides: Guides,
    private readonly wall: WallClock,
  ) {
    super();
  }

  /** Appends a binding, with windows from the settings in force at `change.at`. */
  async bind(tx: Tx, change: BindingChange): Promise<BindOutcome> {
    const { memberId, expectedSequence, guideId, storeId, cause, causeId, at, actorId } = change;
    const before = expectedSequence === 0 ? null : await this.row(tx, memberId, expectedSequence);
    const now = expectedSequence === 0 ? null : await this.current(tx, memberId, at);
    const continues = before !== null && before.guideId === guideId && (now?.isValid === true || cause === 'renewal');
    const { values } = await this.settings.at(tx, 'distribution', at);
    const id = newId('bnd');
    const row: BindingEntity = {
      id,
      memberId,
      memberSequence: expectedSequence + 1,
      guideId,
      storeId,
      fromGuideId: before?.guideId ?? null,
      cause,
      causeId,
      relationId: continues ? before.relationId : id,
      relationSince: continues ? before.relationSince : at,
      ...windowsFrom(at, values),
      actorId,
      reason: change.reason ?? null,
      recordedAt: this.wall.now(),
    };
    // The key on (member, sequence) decides between two simultaneous changes.
    const written = await tx.insertOnce(BindingEntity, row);
    return written ? { outcome: 'bound', binding: toBinding(row) } : { outcome: 'lost' };
  }

  /**
   * A paid order that a guide's touch won binds the member to her, unless a protected binding stood when it was paid,
   * or one was made since: by joining, by choice, by HQ, by a later order (R2.3). Never binds a guide to herself, nor
   * anybody to a guide who had left by then.
   */
  async bindByPaidOrder(tx: Tx, order: PaidOrderTouch): Promise<PaidOrderOutcome> {
    const { memberId, guideId, storeId, orderId, at } = order;
    const guide = await this.guides.find(tx, guideId);
    if (guide?.memberId === memberId) return { outcome: 'own' };
    // Gone by then: nobody would serve her, and a hand-over of the guide's members is over. A suspended one may come back.
    if (guide !== null && guide.leftAt !== null && guide.leftAt <= at) return { outcome: 'guide-left' };
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const expectedSequence = await this.sequence(tx, memberId);
      const current = await this.current(tx, memberId, at);
      if (current?.isProtected) return { outcome: 'protected' };
      // The newest row began after the payment.
      if ((current?.memberSequence ?? 0) < expectedSequence) return { outcome: 'superseded' };
      const cause = { cause: 'order', causeId: orderId, actorId: null } as const;
      const bound = await this.bind(tx, { memberId, expectedSequence, guideId, storeId, at, ...cause });
      if (bound.outcome === 'bound') return bound;
    }
    throw new Error('bindings of one member keep changing: the order is tried again later');
  }

  /** Notes a paid order that belongs to a binding: it holds the protection until it ends (R2.3, C1). */
  async holdByOrder(
    tx: Tx,
    binding: Pick<Binding, 'id' | 'relationId' | 'memberId'> & { guideId: string | null },
    order: { orderId: string; orderedAt: number; paidAt: number },
  ): Promise<void> {
    if (binding.guideId === null) return;
    const { id: bindingId, relationId, memberId, guideId } = binding;
    await tx.insertOnce(BindingOrderEntity, { ...order, bindingId, relationId, memberId, guideId, endedAt: null });
  }

  /**
   * Ends what an order holds, once.
   *
   * @returns the binding that it belonged to; null when it belonged to none or had ended before
   */
  async endOrder(tx: Tx, orderId: string, at: number): Promise<{ bindingId: string } | null> {
    const ended = await tx.execute('UPDATE binding_orders SET endedAt = ? WHERE orderId = ? AND endedAt IS NULL', [
      at,
      orderId,
    ]);
    if (ended === 0) return null;
    return tx.first<{ bindingId: string }>('SELECT bindingId FROM binding_orders WHERE orderId = ?', [orderId]);
  }

  /**
   * A completed order restarts both clocks of the binding that it was attributed to, by a new row, if the member is
   * still in that relation (R2.3). Clicks never do.
   */
  async renewOnCompletedOrder(
    tx: Tx,
    completed: { orderId: string; bindingId: string; at: number },
  ): Promise<'renewed' | 'not-current'> {
    const { orderId, bindingId, at } = completed;
    const attributed = await this.find(tx, bindingId);
    if (attributed === null) return 'not-current';
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      // Whose it is now: when two entries of one person were merged (R2.1), the relation went on with the one that stays.
      const newest = await this.newestOf(tx, attributed.relationId);
      if (newest === null) return 'not-current';
      const { memberId, guideId, storeId } = newest;
      const expectedSequence = await this.sequence(tx, memberId);
      if (newest.memberSequence !== expectedSequence) return 'not-current';
      const cause = { cause: 'renewal', causeId: orderId, actorId: null } as const;
      // Two orders may be reported out of their order: a renewal never shortens what a later one gave.
      const startsAt = Math.max(at, newest.startsAt);
      const bound = await this.bind(tx, { memberId, expectedSequence, guideId, storeId, at: startsAt, ...cause });
      if (bound.outcome === 'bound') return 'renewed';
    }
    throw new Error('bindings of one member keep changing: the renewal is tried again later');
  }

  async find(reader: Reader, bindingId: string): Promise<Binding | null> {
    const row = await reader.first<BindingEntity>('SELECT * FROM bindings WHERE id = ?', [bindingId]);
    return row === null ? null : toBinding(row);
  }

  private async newestOf(tx: Tx, relationId: string): Promise<BindingEntity | null> {
    return tx.first<BindingEntity>(
      'SELECT * FROM bindings WHERE relationId = ? ORDER BY startsAt DESC, id DESC LIMIT 1',
      [relationId],
    );
  }

  private async row(tx: Tx, memberId: string, sequence: number): Promise<BindingEntity | null> {
    return tx.first<BindingEntity>('SELECT * FROM bindings WHERE memberId = ? AND memberSequence = ?', [
      memberId,
      sequence,
    ]);
  }
}
