import { addFen, type Fen, fen } from '@mall/shared/money';
import { OrderState, RefundState } from '@mall/shared/orders';
import { ProblemType } from '@mall/shared/problems';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import type { HqActor } from '../../platform/auth/actor.js';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { WallClock } from '../../platform/clock/wall-clock.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Idempotency } from '../../platform/http/idempotency.js';
import { validationProblem } from '../../platform/http/problem.filter.js';
import { notFound, ProblemError } from '../../platform/http/problem.js';
import { newId } from '../../platform/ids/ids.js';
import { type OrderEntity, RefundEntity, RefundLineEntity, stateWords } from '../orders/orders.public.js';
import type { RefundRequestDto } from './refund.dto.js';
import { SubmitRefund } from './submit-refund.service.js';

const REFUNDABLE: readonly string[] = [OrderState.Paid, OrderState.Shipped, OrderState.Received, OrderState.Completed];

/**
 * HQ gives money back. The amounts are taken from what the lines still hold by conditional update and stored before
 * WeChat is asked, so that two refunds at once cannot give back more than was paid. A settled commission is no reason
 * to refuse (D6).
 */
@Injectable()
export class RequestRefund {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: BusinessClock,
    private readonly wall: WallClock,
    private readonly idempotency: Idempotency,
    private readonly audit: AuditLog,
    private readonly submit: SubmitRefund,
  ) {}

  /** Returns the refund's id; the same for the same key and body. */
  async execute(actor: HqActor, orderId: string, request: RefundRequestDto, key: string): Promise<string> {
    const body = { orderId, request };
    const refundId = await this.unitOfWork.run(async (tx) => {
      const id = newId('rfd');
      const call = { actorId: actor.userId, operation: 'refund-order', key, body };
      const earlier = await this.idempotency.claim(tx, call, id);
      if (earlier !== null) return earlier;
      await this.take(tx, actor, orderId, id, request);
      return id;
    });
    await this.submit.execute(refundId);
    return refundId;
  }

  private async take(tx: Tx, actor: HqActor, orderId: string, refundId: string, request: RefundRequestDto) {
    const order = await tx.first<OrderEntity>('SELECT * FROM orders WHERE id = ?', [orderId]);
    if (order === null) throw notFound();
    if (!REFUNDABLE.includes(order.state)) {
      const state = order.state as OrderState;
      throw new ProblemError(ProblemType.OrderStateConflict, { detail: `订单${stateWords(state)}，不能退款`, state });
    }
    const freightFen = fen(request.freightFen ?? 0);
    const amountFen = addFen(freightFen, ...request.lines.map((line) => fen(line.amountFen)));
    if (amountFen === 0) throw validationProblem([{ path: 'lines', message: 'the refund must give something back' }]);
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
    await this.audit.record(tx, {
      actor: { id: actor.userId, name: actor.username },
      action: 'order.refund',
      subject: orderId,
      old: { refundedFen: order.refundedFen },
      new: { refundId, amountFen, freightFen, goodwill: request.goodwill ?? false, lines: request.lines },
      reason: request.reason,
    });
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
