import { Injectable } from '@nestjs/common';
import type { Reader } from '../../platform/database/tx.js';
import type { BindingEntity } from './binding.entity.js';
import type { BindingOrderEntity } from './binding-order.entity.js';
import { type BindingWindow, type HoldingOrder, isValidAt, protectedUntilAt } from './domain/binding-windows.js';

export type BindingCause = 'join' | 'order' | 'renewal' | 'hand_over' | 'transfer' | 'member_choice' | 'merged';

export interface Binding {
  id: string;
  memberId: string;
  memberSequence: number;
  /** Null: bound to nobody. */
  guideId: string | null;
  storeId: string | null;
  fromGuideId: string | null;
  cause: BindingCause;
  causeId: string | null;
  /** The unbroken relation to this guide: renewals carry it on. */
  relationId: string;
  relationSince: number;
  startsAt: number;
  /** By the clock alone. */
  protectedUntil: number;
  validUntil: number;
}

/** A binding as it stands at a certain time. */
export interface BindingNow extends Binding {
  /** By the clock or by the paid orders that hold it; ≤ the time asked about: unprotected. Half-open (R1.4). */
  effectivelyProtectedUntil: number;
  isProtected: boolean;
  isValid: boolean;
}

/** A binding with the windows of its relation before its renewals, and the orders that belong to the relation. */
export interface BindingRelation {
  binding: Binding;
  earlier: BindingWindow[];
  orders: (HoldingOrder & { orderId: string })[];
}

/** An order beside a binding, or nulls. */
type HeldBy =
  | { heldOrderId: string; heldOrderedAt: number; heldPaidAt: number; heldEndedAt: number | null }
  | { heldOrderId: null; heldOrderedAt: null; heldPaidAt: null; heldEndedAt: null };

/** A customer of a guide, by the newest binding. */
export interface BoundCustomer {
  binding: Binding;
  /** False: over, and a paid order that is open does not hold it: no customer any more. */
  isValid: boolean;
  /** By the clock or by the paid orders that hold it, OPEN_END while one is open. */
  effectivelyProtectedUntil: number;
  /** Paid orders that belonged to a binding with this guide. */
  orders: number;
  lastOrderAt: number | null;
}

export function toBinding(row: BindingEntity): Binding {
  const { id, memberId, memberSequence, guideId, storeId, fromGuideId, cause, causeId } = row;
  const { relationId, relationSince, startsAt, protectedUntil, validUntil } = row;
  return {
    id,
    memberId,
    memberSequence,
    guideId,
    storeId,
    fromGuideId,
    cause: cause as BindingCause,
    causeId,
    relationId,
    relationSince,
    startsAt,
    protectedUntil,
    validUntil,
  };
}

const IS_NEWEST = `NOT EXISTS (SELECT 1 FROM bindings n
  WHERE n.memberId = b.memberId AND n.memberSequence > b.memberSequence)`;

const IS_OPEN = `EXISTS (SELECT 1 FROM binding_orders h
  WHERE h.relationId = b.relationId AND (h.endedAt IS NULL OR h.endedAt > ?))`;

/** Of a guide with more customers, this many are counted: nobody reads the difference off a screen. */
const MOST_COUNTED = 10_000;
const MOST_HELD = 500;

/** Reads of bindings. */
@Injectable()
export class BindingReads {
  /** The newest row of a member at `at` (business clock), expired or not; null: never bound. */
  async current(reader: Reader, memberId: string, at: number): Promise<BindingNow | null> {
    const relation = await this.relation(reader, memberId, at);
    if (relation === null) return null;
    const { binding, earlier, orders } = relation;
    const effectivelyProtectedUntil = protectedUntilAt(binding, earlier, orders, at);
    return {
      ...binding,
      effectivelyProtectedUntil,
      isProtected: binding.guideId !== null && at < effectivelyProtectedUntil,
      isValid: binding.guideId !== null && isValidAt(binding, effectivelyProtectedUntil, at),
    };
  }

  /**
   * The newest row of a member at `at` with the raw facts that its protection follows from (R3.4): the windows of its
   * relation and the paid orders that may hold it. Null: never bound.
   */
  async relation(reader: Reader, memberId: string, at: number): Promise<BindingRelation | null> {
    // Row and orders by one statement: a renewal that came between two would show the old row without the order that
    // held it, and a protected member as free. Earlier rows never change.
    const rows = await reader.query<BindingEntity & HeldBy>(
      `SELECT b.*, o.orderId AS heldOrderId, o.orderedAt AS heldOrderedAt, o.paidAt AS heldPaidAt,
         o.endedAt AS heldEndedAt
       FROM bindings b LEFT JOIN binding_orders o ON o.relationId = b.relationId
       WHERE b.memberId = ? AND b.memberSequence = (
         SELECT MAX(n.memberSequence) FROM bindings n WHERE n.memberId = ? AND n.startsAt <= ?)
       ORDER BY o.orderedAt, o.orderId`,
      [memberId, memberId, at],
    );
    const [row] = rows;
    if (row === undefined) return null;
    const orders = rows.flatMap(({ heldOrderId, heldOrderedAt, heldPaidAt, heldEndedAt }) =>
      heldOrderId === null
        ? []
        : [{ orderId: heldOrderId, orderedAt: heldOrderedAt, paidAt: heldPaidAt, endedAt: heldEndedAt }],
    );
    return { binding: toBinding(row), earlier: await this.earlierOf(reader, row), orders };
  }

  /** Every binding of a member, oldest first. */
  async history(reader: Reader, memberId: string): Promise<Binding[]> {
    const rows = await reader.query<BindingEntity>(
      'SELECT * FROM bindings WHERE memberId = ? ORDER BY memberSequence',
      [memberId],
    );
    return rows.map(toBinding);
  }

  /** The highest sequence of a member, 0 before the first binding: what a change names as its ground. */
  async sequence(reader: Reader, memberId: string): Promise<number> {
    const row = await reader.first<{ n: number | null }>(
      'SELECT MAX(memberSequence) AS n FROM bindings WHERE memberId = ?',
      [memberId],
    );
    return row?.n ?? 0;
  }

  /** When the member last chose her guide herself (R2.5), over all entries that are she (R2.1); null: never. */
  async lastChoiceAt(reader: Reader, entries: readonly string[]): Promise<number | null> {
    const row = await reader.first<{ at: number | null }>(
      `SELECT MAX(startsAt) AS at FROM bindings
       WHERE memberId IN (${entries.map(() => '?').join(', ')}) AND cause = 'member_choice'`,
      entries,
    );
    return row?.at ?? null;
  }

  /** Whether this cause has changed the member's binding before. */
  async causedBy(reader: Reader, memberId: string, cause: BindingCause, causeId: string): Promise<boolean> {
    const row = await reader.first('SELECT id FROM bindings WHERE memberId = ? AND cause = ? AND causeId = ?', [
      memberId,
      cause,
      causeId,
    ]);
    return row !== null;
  }

  private async earlierOf(
    reader: Reader,
    { id, relationId, startsAt: until }: BindingEntity,
  ): Promise<BindingWindow[]> {
    const earlier = await reader.query<BindingEntity>(
      // By the relation, not by the member: after a merge (R2.1) its earlier rows stay with the entry that closed.
      'SELECT * FROM bindings WHERE relationId = ? AND id <> ? AND startsAt <= ? ORDER BY startsAt, id',
      [relationId, id, until],
    );
    return earlier.map(({ startsAt, protectedUntil, validUntil }) => ({ startsAt, protectedUntil, validUntil }));
  }

  private async ordersOf(reader: Reader, { relationId }: BindingEntity): Promise<BindingRelation['orders']> {
    const orders = await reader.query<BindingOrderEntity>(
      'SELECT * FROM binding_orders WHERE relationId = ? ORDER BY orderedAt, orderId',
      [relationId],
    );
    return orders.map(({ orderId, orderedAt, paidAt, endedAt }) => ({ orderId, orderedAt, paidAt, endedAt }));
  }

  /**
   * Who is bound to a guide at `at`, newest binding first, from the id `below` down; who was, and may be held by an
   * open order, too, with `isValid` false when she is not.
   */
  async customersOf(
    reader: Reader,
    guideId: string,
    { at, below, limit }: { at: number; below: string; limit: number },
  ): Promise<BoundCustomer[]> {
    const rows = await reader.query<BindingEntity & { orders: number; lastOrderAt: number | null; isHeld: number }>(
      `SELECT b.*,
         (SELECT COUNT(*) FROM binding_orders o WHERE o.guideId = b.guideId AND o.memberId = b.memberId) AS orders,
         (SELECT MAX(o.paidAt) FROM binding_orders o
          WHERE o.guideId = b.guideId AND o.memberId = b.memberId) AS lastOrderAt,
         ${IS_OPEN} AS isHeld
       FROM bindings b WHERE b.guideId = ? AND (b.validUntil > ? OR ${IS_OPEN}) AND b.id < ? AND ${IS_NEWEST}
       ORDER BY b.id DESC LIMIT ${limit}`,
      [at, guideId, at, at, below],
    );
    const customers: BoundCustomer[] = [];
    for (const row of rows) {
      const until = row.isHeld ? await this.protectedUntil(reader, row, at) : row.protectedUntil;
      const standing = { isValid: isValidAt(row, until, at), effectivelyProtectedUntil: until };
      customers.push({ binding: toBinding(row), ...standing, orders: row.orders, lastOrderAt: row.lastOrderAt });
    }
    return customers;
  }

  /** Of very many customers only {@link MOST_COUNTED} are counted. Those whom an open order holds are among them. */
  async countCustomersOf(reader: Reader, guideId: string, at: number): Promise<number> {
    const row = await reader.first<{ n: number }>(
      `SELECT COUNT(*) AS n FROM (SELECT b.id FROM bindings b
         WHERE b.guideId = ? AND b.validUntil > ? AND ${IS_NEWEST} LIMIT ${MOST_COUNTED}) counted`,
      [guideId, at],
    );
    // From the open orders, of which there are few, and not from all who ever were her customers.
    const over = await reader.query<BindingEntity>(
      `SELECT DISTINCT b.* FROM binding_orders o JOIN bindings b ON b.relationId = o.relationId
       WHERE o.guideId = ? AND (o.endedAt IS NULL OR o.endedAt > ?) AND b.guideId = o.guideId AND b.validUntil <= ?
         AND ${IS_NEWEST} ORDER BY b.id LIMIT ${MOST_HELD}`,
      [guideId, at, at],
    );
    let held = 0;
    for (const binding of over) if (at < (await this.protectedUntil(reader, binding, at))) held += 1;
    return (row?.n ?? 0) + held;
  }

  private async protectedUntil(reader: Reader, row: BindingEntity, at: number): Promise<number> {
    const [earlier, orders] = [await this.earlierOf(reader, row), await this.ordersOf(reader, row)];
    return protectedUntilAt(row, earlier, orders, at);
  }
}
