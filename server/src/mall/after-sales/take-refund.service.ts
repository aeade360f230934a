import type { Fen } from '@mall/shared/money';
import { RefundState } from '@mall/shared/orders';
import { ProblemType } from '@mall/shared/problems';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import type { HqActor } from '../../platform/auth/actor.js';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { WallClock } from '../../platform/clock/wall-clock.js';
import type { Tx } from '../../platform/database/tx.js';
import { notFound, ProblemError } from '../../platform/http/problem.js';
import { newId } from '../../platform/ids/ids.js';
import { lockOrder, type OrderEntity, RefundEntity, RefundLineEntity } from '../orders/orders.public.js';
import { OpenAfterSale } from './open-after-sale.js';
import { type PlannedLine, PlanRefund, type RefundPlan } from './plan-refund.service.js';
import type { RefundRequestDto } from './refund.dto.js';
import { SettleRefund } from './settle-refund.service.js';

export interface WantedRefund {
  actor: HqActor;
  orderId: string;
  refundId: string;
  request: RefundRequestDto;
}

/** Takes a refund's amounts from what the order and its lines still hold, and stores it, in one transaction. */
@Injectable()
export class TakeRefund {
  constructor(
    private readonly clock: BusinessClock,
    private readonly wall: WallClock,
    private readonly audit: AuditLog,
    private readonly open: OpenAfterSale,
    private readonly settle: SettleRefund,
    private readonly plan: PlanRefund,
  ) {}

  /** Throws 404, 409 naming the state, 422 with what is left when it asks for more. */
  async execute(tx: Tx, { actor, orderId, refundId, request }: WantedRefund): Promise<void> {
    // Order first, then lines: the same way round as a settlement, so that the two wait and never deadlock.
    await lockOrder(tx, orderId);
    const order = await tx.first<OrderEntity>('SELECT * FROM orders WHERE id = ?', [orderId]);
    if (order === null) throw notFound();
    const plan = await this.plan.execute(tx, order, request);
    const { amountFen, freightFen, withheldFen } = plan;
    for (const line of plan.lines) await this.takeLine(tx, orderId, line);
    await this.takeOrder(tx, orderId, amountFen, freightFen);
    await tx.insert(RefundEntity, this.draft(refundId, orderId, plan, request, actor));
    await tx.insert(
      RefundLineEntity,
      plan.lines.map((line) => ({ id: newId('rfl'), refundId, ...line })),
    );
    await this.open.execute(tx, { refundId, orderId, at: this.clock.now() });
    if (amountFen === 0) await this.settle.succeedWithoutMoney(tx, refundId);
    await this.audit.record(tx, {
      actor: { id: actor.userId, name: actor.username },
      action: 'order.refund',
      subject: orderId,
      old: { refundedFen: order.refundedFen },
      new: { refundId, amountFen, freightFen, withheldFen, goodwill: request.goodwill ?? false, lines: plan.lines },
      reason: request.reason,
    });
  }

  private async takeLine(tx: Tx, orderId: string, line: PlannedLine): Promise<void> {
    const pieces = line.restockQuantity;
    const taken = await tx.execute(
      `UPDATE order_lines SET refundedFen = refundedFen + ?, restockedQuantity = restockedQuantity + ?
       WHERE id = ? AND orderId = ? AND refundedFen + ? <= payableFen AND restockedQuantity + ? <= quantity`,
      [line.amountFen, pieces, line.orderLineId, orderId, line.amountFen, pieces],
    );
    if (taken === 1) return;
    const held = await tx.first<{
      payableFen: number;
      refundedFen: number;
      quantity: number;
      restockedQuantity: number;
    }>('SELECT payableFen, refundedFen, quantity, restockedQuantity FROM order_lines WHERE id = ? AND orderId = ?', [
      line.orderLineId,
      orderId,
    ]);
    if (held === null) throw notFound();
    throw new ProblemError(ProblemType.RefundExceedsPaid, {
      detail: '退款超过了该商品剩余可退的金额或件数',
      orderLineId: line.orderLineId,
      refundableFen: held.payableFen - held.refundedFen,
      returnableQuantity: held.quantity - held.restockedQuantity,
    });
  }

  private async takeOrder(tx: Tx, orderId: string, amountFen: Fen, freightFen: Fen): Promise<void> {
    const taken = await tx.execute(
      `UPDATE orders SET refundedFen = refundedFen + ?, freightRefundedFen = freightRefundedFen + ?
       WHERE id = ? AND refundedFen + ? <= totalFen AND freightRefundedFen + ? <= freightFen`,
      [amountFen, freightFen, orderId, amountFen, freightFen],
    );
    if (taken === 0)
      throw new ProblemError(ProblemType.RefundExceedsPaid, { detail: '退款超过了剩余可退的运费或总额' });
  }

  private draft(
    id: string,
    orderId: string,
    { amountFen, freightFen, withheldFen }: RefundPlan,
    request: RefundRequestDto,
    actor: HqActor,
  ): RefundEntity {
    return {
      id,
      orderId,
      state: RefundState.Created,
      cause: 'hq',
      amountFen,
      withheldFen,
      freightFen,
      reason: request.reason,
      goodwill: request.goodwill ? 1 : 0,
      requestedBy: actor.userId,
      createdAt: this.clock.now(),
      nextCheckAt: this.wall.now() + 30_000,
      checks: 0,
      succeededAt: null,
      failReason: null,
    };
  }
}
