import type { Quote } from '@mall/shared/orders';
import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { MemberActor } from '../../platform/auth/actor.js';
import { CurrentMember, CustomersOnly } from '../../platform/auth/auth.guard.js';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { Database } from '../../platform/database/database.js';
import { PriceOrder, toQuote } from './price-order.service.js';
import { QuoteRequestDto } from './quote.dto.js';

/** Asks for a price and changes nothing: placement is another endpoint (D21). */
@ApiTags('orders')
@ApiBearerAuth()
@CustomersOnly()
@Controller('api/quotes')
export class QuotesController {
  constructor(
    private readonly priceOrder: PriceOrder,
    private readonly database: Database,
    private readonly clock: BusinessClock,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary: 'What these lines cost, each discount by name, and what each coupon gives or why not (R6.2)',
  })
  async quote(@CurrentMember() actor: MemberActor, @Body() body: QuoteRequestDto): Promise<Quote> {
    const priced = await this.priceOrder.execute(this.database, {
      memberId: actor.memberId,
      lines: body.lines,
      addressId: body.addressId ?? null,
      pickupStoreId: body.pickupStoreId ?? null,
      couponIds: body.couponIds,
      at: this.clock.now(),
    });
    return toQuote(priced);
  }
}
