import { timingSafeEqual } from 'node:crypto';
import { OrderState } from '@mall/shared/orders';
import { ProblemType } from '@mall/shared/problems';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { MINUTE_MS } from '../../platform/clock/business-day.js';
import { WallClock } from '../../platform/clock/wall-clock.js';
import { SealedText } from '../../platform/crypto/sealed-text.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { notFound, ProblemError } from '../../platform/http/problem.js';
import { MoveOrder, type OrderEntity, stateWords } from '../orders/orders.public.js';

const TRIES = 5;
const REST_MS = 15 * MINUTE_MS;

export interface PickupAttempt {
  /** Who has the goods in hand: a guide of the store, or HQ. */
  actor: { id: string; name: string };
  /** The one store that the actor acts for; null: all. */
  storeId: string | null;
  orderId: string;
  code: string;
}

/**
 * R5.2, C16: the customer's code is her word that she has the goods. Whoever types it in, the payee too, cannot say so
 * without it.
 */
@Injectable()
export class ReceiveByPickupCode {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: BusinessClock,
    private readonly wall: WallClock,
    private readonly moveOrder: MoveOrder,
    private readonly sealed: SealedText,
    private readonly audit: AuditLog,
  ) {}

  /**
   * The right code again, after receipt, changes nothing. Throws 404 for an order that is not collected in the actor's
   * store, 409 naming the state while there is no code, 422 for a wrong code and 429 after five of them in a row.
   */
  async execute(attempt: PickupAttempt): Promise<void> {
    // A wrong try has to be counted, so the transaction must commit before the refusal is thrown.
    const refusal = await this.unitOfWork.run((tx) => this.attempt(tx, attempt));
    if (refusal !== null) throw refusal;
  }

  private async attempt(tx: Tx, { actor, storeId, orderId, code }: PickupAttempt): Promise<ProblemError | null> {
    const counted = await this.countTry(tx, orderId);
    const order = await tx.first<OrderEntity>('SELECT * FROM orders WHERE id = ?', [orderId]);
    if (order === null || order.pickupStoreId === null) throw notFound();
    if (storeId !== null && storeId !== order.pickupStoreId) throw notFound();
    if (order.pickupCodeSealed === null) throw this.conflict(order);
    if (order.state === OrderState.ReadyForPickup && !counted) {
      return new ProblemError(ProblemType.RateLimited, { detail: '提货码试错次数过多，请 15 分钟后再试' });
    }
    if (!sameCode(this.sealed.open(order.pickupCodeSealed), code)) {
      return new ProblemError(ProblemType.PickupCodeWrong, { detail: '提货码不对，请顾客出示订单页上的提货码' });
    }
    if (order.receivedAt !== null) return null;
    if (order.state !== OrderState.ReadyForPickup) throw this.conflict(order);
    await this.moveOrder.receive(tx, orderId, this.clock.now());
    await this.audit.record(tx, {
      actor,
      action: 'order.pickup',
      subject: orderId,
      old: { state: order.state },
      new: { state: OrderState.Received },
    });
    return null;
  }

  /** Each try is counted before it is compared, so that tries at once are no more than tries one by one. */
  private async countTry(tx: Tx, orderId: string): Promise<boolean> {
    const now = this.wall.now();
    const counted = await tx.execute(
      `UPDATE orders SET pickupTries = CASE WHEN pickupTries >= ${TRIES} THEN 1 ELSE pickupTries + 1 END, pickupTriedAt = ?
       WHERE id = ? AND state = '${OrderState.ReadyForPickup}' AND (pickupTries < ${TRIES} OR pickupTriedAt <= ?)`,
      [now, orderId, now - REST_MS],
    );
    return counted === 1;
  }

  private conflict({ state }: OrderEntity): ProblemError {
    const detail = `订单${stateWords(state as OrderState)}，不能核销提货码`;
    return new ProblemError(ProblemType.OrderStateConflict, { detail, state });
  }
}

/** People read codes aloud and type them with spaces and in any case. */
function sameCode(right: string, given: string): boolean {
  const told = Buffer.from(given.replace(/\s/g, '').toUpperCase());
  const known = Buffer.from(right);
  return told.length === known.length && timingSafeEqual(told, known);
}
