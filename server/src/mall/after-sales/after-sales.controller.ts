import type { RefundSummary } from '@mall/shared/orders';
import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { HqActor } from '../../platform/auth/actor.js';
import { CurrentHqUser, HqOnly } from '../../platform/auth/auth.guard.js';
import { IdempotencyKey } from '../../platform/http/idempotency.js';
import { OrderQueries } from '../orders/orders.public.js';
import { RefundRequestDto } from './refund.dto.js';
import { RequestRefund } from './request-refund.service.js';
import { RefundRerouteDto, toReroute } from './reroute-refund.dto.js';
import { RerouteRefund } from './reroute-refund.service.js';

/** Money back. */
@ApiTags('hq: orders')
@ApiBearerAuth()
@Controller('api/hq')
export class AfterSalesController {
  constructor(
    private readonly requestRefund: RequestRefund,
    private readonly reroute: RerouteRefund,
    private readonly orders: OrderQueries,
  ) {}

  @Post('orders/:id/refunds')
  @HqOnly('operator', 'finance')
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiOperation({ summary: 'Refund lines and freight in part or in full; the commission gives back its share (R5.3)' })
  async refund(
    @CurrentHqUser() actor: HqActor,
    @Param('id') orderId: string,
    @IdempotencyKey() key: string,
    @Body() body: RefundRequestDto,
  ): Promise<RefundSummary> {
    return this.orders.refund(await this.requestRefund.execute(actor, orderId, body, key));
  }

  @Post('refunds/:id/reroute')
  @HttpCode(204)
  @HqOnly('finance')
  @ApiOperation({ summary: 'Send an abnormal refund another way: to a card of the customer, or to the merchant (§5)' })
  rerouteRefund(
    @CurrentHqUser() actor: HqActor,
    @Param('id') refundId: string,
    @Body() body: RefundRerouteDto,
  ): Promise<void> {
    return this.reroute.execute(actor, refundId, toReroute(body));
  }
}
