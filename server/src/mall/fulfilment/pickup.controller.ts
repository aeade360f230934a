import type { PickupOrder, PickupStore } from '@mall/shared/orders';
import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentGuide, type Guide, GuidesOnly } from '../../distribution/guides/guides.public.js';
import type { HqActor } from '../../platform/auth/actor.js';
import { CurrentHqUser, CustomersOnly, HqOnly } from '../../platform/auth/auth.guard.js';

import { MakeReadyForPickup } from './make-ready-for-pickup.service.js';
import { PickupOrderDto, PickupRequestDto, PickupStoreDto } from './pickup.dto.js';
import { PickupQueries } from './pickup.queries.js';
import { ReceiveByPickupCode } from './receive-by-pickup-code.service.js';

/** Goods that a customer collects in a store (R5.2). */
@ApiTags('orders')
@ApiBearerAuth()
@Controller('api')
export class PickupController {
  constructor(
    private readonly makeReady: MakeReadyForPickup,
    private readonly receive: ReceiveByPickupCode,
    private readonly queries: PickupQueries,
  ) {}

  @Get('pickup-stores')
  @CustomersOnly()
  @ApiOperation({ summary: 'Where goods can be collected' })
  @ApiOkResponse({ type: [PickupStoreDto] })
  places(): Promise<PickupStore[]> {
    return this.queries.places();
  }

  @Post('hq/orders/:id/pickup-ready')
  @HttpCode(200)
  @HqOnly('operator', 'store_manager')
  @ApiOperation({ summary: 'The goods are ready in the store; the customer sees her code from now on' })
  @ApiOkResponse({ type: PickupOrderDto })
  async ready(@CurrentHqUser() actor: HqActor, @Param('id') orderId: string): Promise<PickupOrder> {
    await this.makeReady.execute(actor, orderId);
    return this.queries.one(orderId);
  }

  @Post('hq/orders/:id/pickup')
  @HttpCode(200)
  @HqOnly('operator', 'store_manager')
  @ApiOperation({ summary: "Handed over against the customer's code (R5.2, C16)" })
  @ApiOkResponse({ type: PickupOrderDto })
  async handOver(
    @CurrentHqUser() actor: HqActor,
    @Param('id') orderId: string,
    @Body() { code }: PickupRequestDto,
  ): Promise<PickupOrder> {
    const { userId, username, storeId } = actor;
    await this.receive.execute({ actor: { id: userId, name: username }, storeId, orderId, code });
    return this.queries.one(orderId);
  }

  @Get('guide/pickups')
  @GuidesOnly('active')
  @ApiOperation({ summary: 'Orders that wait in my store, the longest-waiting first' })
  @ApiOkResponse({ type: [PickupOrderDto] })
  waiting(@CurrentGuide() guide: Guide): Promise<PickupOrder[]> {
    return this.queries.waitingIn(guide.storeId);
  }

  @Post('guide/orders/:id/pickup')
  @HttpCode(200)
  @GuidesOnly('active')
  @ApiOperation({ summary: "Handed over in my store against the customer's code: her word, not mine (R5.2, C16)" })
  @ApiOkResponse({ type: PickupOrderDto })
  async handOverAsGuide(
    @CurrentGuide() guide: Guide,
    @Param('id') orderId: string,
    @Body() { code }: PickupRequestDto,
  ): Promise<PickupOrder> {
    const { id, name, storeId } = guide;
    await this.receive.execute({ actor: { id, name }, storeId, orderId, code });
    return this.queries.one(orderId);
  }
}
