import type { CustomerOrderAttribution } from '@mall/shared/disputes';
import type { OrderDetail, OrderSummary } from '@mall/shared/orders';
import type { Page } from '@mall/shared/paging';
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CustomerOrderAttributionDto } from '../../distribution/attribution/attribution.public.js';
import type { MemberActor } from '../../platform/auth/actor.js';
import { CurrentMember, CustomersOnly } from '../../platform/auth/auth.guard.js';
import { IdempotencyKey } from '../../platform/http/idempotency.js';
import { OrderListQueryDto, PlaceOrderDto } from './order.dto.js';
import { OrderQueries } from './order.queries.js';
import { PlaceOrder } from './place-order.service.js';

/** A customer's orders. */
@ApiTags('orders')
@ApiBearerAuth()
@CustomersOnly()
@Controller('api/orders')
export class OrdersController {
  constructor(
    private readonly placeOrder: PlaceOrder,
    private readonly queries: OrderQueries,
  ) {}

  @Post()
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiOperation({ summary: 'Place an order at the quoted price; same key and body give the same order (R7.2, R7.4)' })
  async place(
    @CurrentMember() { memberId }: MemberActor,
    @IdempotencyKey() idempotencyKey: string,
    @Body() request: PlaceOrderDto,
  ): Promise<OrderDetail> {
    const orderId = await this.placeOrder.execute({ memberId, request, idempotencyKey });
    return this.queries.detail(memberId, orderId);
  }

  @Get()
  @ApiOperation({ summary: 'Newest first' })
  list(@CurrentMember() actor: MemberActor, @Query() query: OrderListQueryDto): Promise<Page<OrderSummary>> {
    return this.queries.page(actor.memberId, query.state, query.cursor);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One order; 404 for what is not yours' })
  detail(@CurrentMember() actor: MemberActor, @Param('id') orderId: string): Promise<OrderDetail> {
    return this.queries.detail(actor.memberId, orderId);
  }

  @Get(':id/attribution')
  @ApiOperation({ summary: 'Who serves me in this order, and why (R3.1); 404 for what is not yours' })
  @ApiOkResponse({ type: CustomerOrderAttributionDto })
  attribution(@CurrentMember() actor: MemberActor, @Param('id') orderId: string): Promise<CustomerOrderAttribution> {
    return this.queries.attributionOf(actor.memberId, orderId);
  }
}
