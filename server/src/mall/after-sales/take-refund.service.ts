import { EventType } from '@mall/shared/events';
import { addFen, type Fen, fen } from '@mall/shared/money';
import { OrderState, RefundState } from '@mall/shared/orders';
import { ProblemType } from '@mall/shared/problems';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import type { HqActor } from '../../platform/auth/actor.js';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { WallClock } from '../../platform/clock/wall-clock.js';
import type { Tx } from '../../platform/database/tx.js';
import { validationProblem } from '../../platform/http/problem.filter.js';
import { notFound, ProblemError } from '../../platform/http/problem.js';
import { newId } from '../../platform/ids/ids.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import { type OrderEntity, RefundEntity, RefundLineEntity, stateWords } from '../orders/orders.public.js';
import { Payments } from '../payments/payments.public.js';
import { lockOrder } from './lock-order.js';
import type { RefundRequestDto } from './refund.dto.js';
import { SettleRefund } from './settle-refund.service.js';

const REFUNDABLE: readonly string[] = [OrderState.Paid, OrderState.Shipped, OrderState.Received, OrderState.Completed];

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
    private readonly outbox: Outbox,
    private readonly settle: SettleRefund,
    private readonly payments: Payments,
  ) {}

  /** Throws 404, 409 naming the state, 422 with what is left when it asks for more. */
  async execute(tx: Tx, { actor, orderId, refundId, request }: WantedRefund): Promise<void> {
    // Order first, then lines: the same way round as a settlement, so that the two wait and never deadlock.
    await lockOrder(tx, orderId);
    const order = await tx.first<OrderEntity>('SELECT * FROM orders WHERE id = ?', [orderId]);
    if (order === null) throw notFound();
    if (!(await this.isRefundable(tx, order, request))) {
      const state = order.state as OrderState;
      throw new ProblemError(ProblemType.OrderStateConflict, { detail: `订单${stateWords(state)}，不能退款`, state });
    }
    const freightFen = fen(request.freightFen ?? 0);
    const amountFen = addFen(freightFen, ...request.lines.map((line) => fen(line.amountFen)));
    const pieces = request.lines.reduce((sum, { restockQuantity }) => sum + (restockQuantity ?? 0), 0);
    // Goods that cost nothing can come back too (C13): then there is nothing to ask WeChat for.
    if (amountFen === 0 && (pieces === 0 || order.totalFen > 0)) {
      throw validationProblem([{ path: 'lines', message: 'the refund must give something back' }]);
    }
    for (const line of request.lines) await this.takeLine(tx, orderId, line);
    await this.takeOrder(tx, orderId, amountFen, freightFen);
    await tx.insert(RefundEntity, this.draft(refundId, orderId, { amountFen, freightFen }, request, actor));
    await tx.insert(
      RefundLineEntity,
      request.lines.map((line) => ({
        id: newId('rfl'),
        refundId,
        orderLineId: line.orderLineId,
        amountFen: fen(line.amountFen),
        restockQuantity: line.restockQuantity ?? 0,
      })),
    );
    const at = this.clock.now();
    await this.outbox.add(tx, EventType.RefundRequested, orderId, at, { refundId, orderId, at });
    if (amountFen === 0) await this.settle.succeedWithoutMoney(tx, refundId);
    await this.audit.record(tx, {
      actor: { id: actor.userId, name: actor.username },
      action: 'order.refund',
      subject: orderId,
      old: { refundedFen: order.refundedFen },
      new: { refundId, amountFen, freightFen, goodwill: request.goodwill ?? false, lines: request.lines },
      reason: request.reason,
    });
  }

  /** A cancelled order can be given back what came for it too late; its pieces were never sold. */
  private async isRefundable(tx: Tx, order: OrderEntity, { lines }: RefundRequestDto): Promise<boolean> {
    if (REFUNDABLE.includes(order.state)) return true;
    const returnsPieces = lines.some(({ restockQuantity }) => (restockQuantity ?? 0) > 0);
    return order.state === OrderState.Cancelled && !returnsPieces && (await this.payments.isPaid(tx, order.id));
  }

  private async takeLine(tx: Tx, orderId: string, line: RefundRequestDto['lines'][number]): Promise<void> {
    const pieces = line.restockQuantity ?? 0;
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
    { amountFen, freightFen }: { amountFen: Fen; freightFen: Fen },
    request: RefundRequestDto,
    actor: HqActor,
  ): RefundEntity {
    return {
      id,
      orderId,
      state: RefundState.Created,
      cause: 'hq',
      amountFen,
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
