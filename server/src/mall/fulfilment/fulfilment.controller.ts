import type { DeliveryAddress } from '@mall/shared/hq';
import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { HqActor, MemberActor } from '../../platform/auth/actor.js';
import { CurrentHqUser, CurrentMember, CustomersOnly, HqOnly } from '../../platform/auth/auth.guard.js';
import { type HqOrderView, type OrderDetailView, OrderQueries } from '../orders/orders.public.js';
import { ShipRequestDto } from '../shipping/shipping.public.js';
import { ReadDelivery } from './read-delivery.service.js';
import { ReceiveOrder } from './receive-order.service.js';
import { ShipOrder } from './ship-order.service.js';

/** Parcels out and parcels arrived. */
@ApiTags('orders')
@ApiBearerAuth()
@Controller('api')
export class FulfilmentController {
  constructor(
    private readonly shipOrder: ShipOrder,
    private readonly receiveOrder: ReceiveOrder,
    private readonly orders: OrderQueries,
    private readonly readDelivery: ReadDelivery,
  ) {}

  @Post('hq/orders/:id/shipments')
  @HttpCode(200)
  @HqOnly('operator')
  @ApiOperation({ summary: 'Dispatch with carrier and number' })
  async ship(
    @CurrentHqUser() actor: HqActor,
    @Param('id') orderId: string,
    @Body() body: ShipRequestDto,
  ): Promise<HqOrderView> {
    await this.shipOrder.execute(actor, orderId, body);
    return this.orders.hqOrder(orderId);
  }

  @Get('hq/orders/:id/delivery')
  @HqOnly('operator')
  @ApiOperation({ summary: 'Where the parcel goes; each look is in the audit log (R2.6)' })
  delivery(@CurrentHqUser() actor: HqActor, @Param('id') orderId: string): Promise<DeliveryAddress> {
    return this.readDelivery.execute(actor, orderId);
  }

  @Post('orders/:id/receipt')
  @HttpCode(200)
  @CustomersOnly()
  @ApiOperation({ summary: 'The customer confirms that the goods arrived (R5.2)' })
  async receive(@CurrentMember() actor: MemberActor, @Param('id') orderId: string): Promise<OrderDetailView> {
    await this.receiveOrder.execute(actor.memberId, orderId);
    return this.orders.detail(actor.memberId, orderId);
  }
}
