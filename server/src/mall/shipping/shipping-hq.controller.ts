import type { Page } from '@mall/shared/paging';
import type { CarrierView, ShippingUploadView, WechatAlert } from '@mall/shared/shipping';
import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { HqActor } from '../../platform/auth/actor.js';
import { CurrentHqUser, HqOnly } from '../../platform/auth/auth.guard.js';
import { pageDto } from '../../platform/http/page.js';
import { ChangeParcel } from './change-parcel.service.js';
import { CloseAlert } from './close-alert.service.js';
import { allCarriers } from './domain/carriers.js';
import { RemindOfReceipt } from './remind-of-receipt.service.js';
import { RetryUpload } from './retry-upload.service.js';
import { CarrierDto, ShippingUploadDto, ShipRequestDto, UploadsQuery, WechatAlertDto } from './shipping.dto.js';
import { ShippingQueries } from './shipping.queries.js';

/** What WeChat knows of the mall's parcels, and what it complains of. */
@ApiTags('hq: orders')
@ApiBearerAuth()
@Controller('api/hq')
export class ShippingHqController {
  constructor(
    private readonly queries: ShippingQueries,
    private readonly changeParcel: ChangeParcel,
    private readonly retryUpload: RetryUpload,
    private readonly remindOfReceipt: RemindOfReceipt,
    private readonly closeAlert: CloseAlert,
  ) {}

  @Get('carriers')
  @HqOnly('operator', 'store_manager', 'auditor')
  @ApiOperation({ summary: "Carriers with WeChat's codes" })
  @ApiOkResponse({ type: [CarrierDto] })
  carriers(): CarrierView[] {
    return [...allCarriers()];
  }

  @Put('orders/:id/shipment')
  @HttpCode(204)
  @HqOnly('operator')
  @ApiOperation({ summary: 'The parcel was another one: WeChat takes one correction of a shipment' })
  @ApiNoContentResponse()
  change(@CurrentHqUser() actor: HqActor, @Param('id') orderId: string, @Body() body: ShipRequestDto): Promise<void> {
    return this.changeParcel.execute(actor, orderId, body);
  }

  @Post('orders/:id/receipt-reminder')
  @HttpCode(204)
  @HqOnly('operator')
  @ApiOperation({ summary: 'WeChat reminds the customer to confirm the receipt, once an order' })
  @ApiNoContentResponse()
  remind(@CurrentHqUser() actor: HqActor, @Param('id') orderId: string): Promise<void> {
    return this.remindOfReceipt.execute(actor, orderId);
  }

  @Get('shipping-uploads')
  @HqOnly('operator', 'auditor')
  @ApiOperation({ summary: 'What WeChat was told of parcels; `?state=failed` waits for a person. Newest first' })
  @ApiOkResponse({ type: pageDto(ShippingUploadDto) })
  uploads(@Query() query: UploadsQuery): Promise<Page<ShippingUploadView>> {
    return this.queries.page(query);
  }

  @Post('shipping-uploads/:id/retry')
  @HttpCode(204)
  @HqOnly('operator')
  @ApiOperation({ summary: 'Tells WeChat again, at once' })
  @ApiNoContentResponse()
  retry(@CurrentHqUser() actor: HqActor, @Param('id') id: string): Promise<void> {
    return this.retryUpload.execute(actor, id);
  }

  @Get('wechat-alerts')
  @HqOnly('operator', 'finance', 'auditor')
  @ApiOperation({ summary: 'What WeChat wants mended, oldest first; at most 100' })
  @ApiOkResponse({ type: [WechatAlertDto] })
  alerts(): Promise<WechatAlert[]> {
    return this.queries.alerts();
  }

  @Post('wechat-alerts/:id/done')
  @HttpCode(204)
  @HqOnly('operator')
  @ApiOperation({ summary: 'Somebody has seen to it' })
  @ApiNoContentResponse()
  done(@CurrentHqUser() actor: HqActor, @Param('id') id: string): Promise<void> {
    return this.closeAlert.execute(actor, id);
  }
}
