import type { Coupon } from '@mall/shared/coupons';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { MemberActor } from '../../platform/auth/actor.js';
import { CurrentMember, CustomersOnly } from '../../platform/auth/auth.guard.js';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { Database } from '../../platform/database/database.js';
import { CouponDto, CouponListQuery } from './coupons.dto.js';
import { CouponsQueries } from './coupons.queries.js';

@ApiTags('coupons')
@ApiBearerAuth()
@Controller('api/me/coupons')
export class CouponsController {
  constructor(
    private readonly queries: CouponsQueries,
    private readonly database: Database,
    private readonly clock: BusinessClock,
  ) {}

  @Get()
  @CustomersOnly()
  @ApiOperation({ summary: 'My coupons; with state=issued those that can be used, the soonest to expire first' })
  @ApiOkResponse({ type: [CouponDto] })
  list(@CurrentMember() member: MemberActor, @Query() query: CouponListQuery): Promise<Coupon[]> {
    return this.queries.list(this.database, member.memberId, query.state, this.clock.now());
  }
}
