import type { WechatReceipt, WechatReceiptChecked } from '@mall/shared/shipping';
import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { MemberActor } from '../../platform/auth/actor.js';
import { CurrentMember, CustomersOnly } from '../../platform/auth/auth.guard.js';
import { AskForReceipt } from './ask-for-receipt.service.js';
import { WechatReceiptCheckedDto, WechatReceiptDto } from './shipping.dto.js';
import { ShippingQueries } from './shipping.queries.js';

/** The customer confirms the receipt in WeChat's own page (R5.2). */
@ApiTags('orders')
@ApiBearerAuth()
@Controller('api/orders/:id/wechat-receipt')
export class ShippingController {
  constructor(
    private readonly queries: ShippingQueries,
    private readonly askForReceipt: AskForReceipt,
  ) {}

  @Get()
  @CustomersOnly()
  @ApiOperation({ summary: "Arguments of WeChat's receipt page; null: WeChat does not manage this order" })
  @ApiOkResponse({ type: WechatReceiptDto })
  receipt(@CurrentMember() actor: MemberActor, @Param('id') orderId: string): Promise<WechatReceipt> {
    return this.queries.receipt(actor.memberId, orderId);
  }

  @Post()
  @HttpCode(200)
  @CustomersOnly()
  @ApiOperation({ summary: 'Asks WeChat whether she has confirmed, and moves the order if so' })
  @ApiOkResponse({ type: WechatReceiptCheckedDto })
  check(@CurrentMember() actor: MemberActor, @Param('id') orderId: string): Promise<WechatReceiptChecked> {
    return this.askForReceipt.execute(actor.memberId, orderId);
  }
}
