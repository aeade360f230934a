import type { CouponCampaign } from '@mall/shared/coupons';
import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { HqActor } from '../../platform/auth/actor.js';
import { CurrentHqUser, HqOnly } from '../../platform/auth/auth.guard.js';
import { Database } from '../../platform/database/database.js';
import { ArmOutcomeDto, CouponCampaignDto, CouponCampaignInputDto } from './campaigns.dto.js';
import { CampaignsQueries } from './campaigns.queries.js';
import { CreateCampaignService } from './create-campaign.service.js';
import { EndCampaignService } from './end-campaign.service.js';

@ApiTags('hq: coupons')
@ApiBearerAuth()
@Controller('api/hq/coupon-campaigns')
export class CampaignsController {
  constructor(
    private readonly createCampaign: CreateCampaignService,
    private readonly endCampaign: EndCampaignService,
    private readonly queries: CampaignsQueries,
    private readonly database: Database,
  ) {}

  @Post()
  @HqOnly('operator')
  @ApiOperation({ summary: 'Start a repurchase campaign (R6.3); it counts for what happens from now on' })
  @ApiCreatedResponse({ type: CouponCampaignDto })
  async create(@CurrentHqUser() actor: HqActor, @Body() body: CouponCampaignInputDto): Promise<CouponCampaign> {
    const id = await this.createCampaign.execute({ id: actor.userId, name: actor.username }, body);
    return this.queries.one(this.database, id);
  }

  @Get()
  @HqOnly('operator', 'finance', 'auditor')
  @ApiOperation({ summary: 'Campaigns, the newest first, with counts folded from coupons and assignments' })
  @ApiOkResponse({ type: [CouponCampaignDto] })
  list(): Promise<CouponCampaign[]> {
    return this.queries.list(this.database);
  }

  @Get(':id/arms')
  @HqOnly('operator', 'finance', 'auditor')
  @ApiOperation({ summary: 'What treated and held-out members did, by assignment (R6.5)' })
  @ApiOkResponse({ type: [ArmOutcomeDto] })
  async arms(@Param('id') id: string): Promise<ArmOutcomeDto[]> {
    await this.queries.one(this.database, id);
    return this.queries.arms(this.database, id);
  }

  @Post(':id/end')
  @HttpCode(200)
  @HqOnly('operator')
  @ApiOperation({ summary: 'End a campaign from now on; what it has issued stays good' })
  @ApiOkResponse({ type: CouponCampaignDto })
  async end(@CurrentHqUser() actor: HqActor, @Param('id') id: string): Promise<CouponCampaign> {
    await this.endCampaign.execute(actor, id);
    return this.queries.one(this.database, id);
  }
}
