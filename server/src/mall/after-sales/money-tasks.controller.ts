import type { MoneyTask } from '@mall/shared/hq';
import { fen } from '@mall/shared/money';
import { RefundState } from '@mall/shared/orders';
import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PayoutQueries } from '../../distribution/payouts/payouts.public.js';
import { HqOnly } from '../../platform/auth/auth.guard.js';
import { Database } from '../../platform/database/database.js';
import type { RefundEntity } from '../orders/orders.public.js';
import { Payments } from '../payments/payments.public.js';

/** Money that waits for a person. */
@ApiTags('hq: orders')
@ApiBearerAuth()
@Controller('api/hq/money-tasks')
export class MoneyTasksController {
  constructor(
    private readonly database: Database,
    private readonly payments: Payments,
    private readonly payouts: PayoutQueries,
  ) {}

  @Get()
  @HqOnly('operator', 'finance', 'auditor')
  @ApiOperation({
    summary:
      'Refunds that failed or are abnormal, payments that do not fit, and transfers about which the provider contradicts itself; newest first',
  })
  async list(): Promise<MoneyTask[]> {
    const refunds = await this.database.query<RefundEntity>(
      `SELECT * FROM refunds WHERE state = 'failed' OR (state = 'processing' AND failReason = 'ABNORMAL')
       ORDER BY id DESC LIMIT 100`,
    );
    const contradicted = await this.payouts.contradicted(100);
    const contradictions = await this.payouts.openContradictions(100);
    const disputed = await this.payments.disputed(this.database);
    return [
      ...refunds.map(
        (refund): MoneyTask => ({
          kind: refund.state === RefundState.Failed ? 'refund_failed' : 'refund_abnormal',
          orderId: refund.orderId,
          subjectId: refund.id,
          amountFen: refund.amountFen,
          reason: refund.failReason,
          createdAt: refund.createdAt,
        }),
      ),
      ...disputed.map(
        (payment): MoneyTask => ({
          kind: 'payment_disputed',
          orderId: payment.orderId,
          subjectId: payment.paymentId,
          amountFen: payment.amountFen,
          reason: payment.transactionId,
          createdAt: payment.createdAt,
        }),
      ),
      ...contradicted.map(
        (transfer): MoneyTask => ({
          kind: 'transfer_contradicted',
          orderId: null,
          subjectId: transfer.id,
          amountFen: transfer.grossFen,
          reason: transfer.failReason,
          createdAt: transfer.finishedAt ?? 0,
        }),
      ),
      ...contradictions.map(
        ({ id, kind, grossFen, seenAt }): MoneyTask => ({
          kind: 'payout_contradiction',
          orderId: null,
          subjectId: id,
          amountFen: fen(Number(grossFen)),
          reason: kind,
          createdAt: seenAt,
        }),
      ),
    ];
  }
}
