import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { HqActor } from '../../platform/auth/actor.js';
import { CurrentHqUser, HqOnly } from '../../platform/auth/auth.guard.js';
import { Database } from '../../platform/database/database.js';
import { IdempotencyKey } from '../../platform/http/idempotency.js';
import { CouponTemplateDto, GrantCouponDto, GrantedCouponDto } from './coupons.dto.js';
import { CouponsQueries } from './coupons.queries.js';
import { GrantCouponService } from './grant-coupon.service.js';

@ApiTags('hq: coupons')
@ApiBearerAuth()
@Controller('api/hq/coupon-templates')
export class HqCouponsController {
  constructor(
    private readonly queries: CouponsQueries,
    private readonly grantCoupon: GrantCouponService,
    private readonly database: Database,
  ) {}

  @Get()
  @HqOnly('operator', 'finance', 'auditor')
  @ApiOperation({ summary: 'Coupon templates, the newest first' })
  @ApiOkResponse({ type: [CouponTemplateDto] })
  async list(): Promise<CouponTemplateDto[]> {
    return this.queries.templates(this.database);
  }

  @Post(':id/grants')
  @HqOnly('operator')
  @ApiOperation({
    summary: 'Give one member one coupon of this template; repeated with one Idempotency-Key it is given once',
  })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiCreatedResponse({ type: GrantedCouponDto })
  async grant(
    @CurrentHqUser() actor: HqActor,
    @Param('id') templateId: string,
    @IdempotencyKey() key: string,
    @Body() body: GrantCouponDto,
  ): Promise<GrantedCouponDto> {
    return { couponId: await this.grantCoupon.execute(actor, { templateId, key, ...body }) };
  }
}
