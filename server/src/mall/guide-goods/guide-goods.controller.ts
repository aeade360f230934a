import type { ShareableProduct } from '@mall/shared/guides';
import type { CommissionRuleResolution } from '@mall/shared/hq';
import type { Page } from '@mall/shared/paging';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsOptional, IsString, Length } from 'class-validator';
import { CurrentGuide, type Guide, GuidesOnly } from '../../distribution/guides/guides.public.js';
import { CommissionRuleResolutionDto, ResolveRateQueryDto } from '../../distribution/rates/rates.public.js';
import type { HqActor } from '../../platform/auth/actor.js';
import { CurrentHqUser, HqOnly } from '../../platform/auth/auth.guard.js';
import { GuideGoodsQueries } from './guide-goods.queries.js';

class ShareableListQueryDto {
  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @Length(1, 60)
  q?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @Length(1, 400)
  cursor?: string;
}

/** Goods and the rates on them. */
@ApiBearerAuth()
@Controller('api')
export class GuideGoodsController {
  constructor(private readonly queries: GuideGoodsQueries) {}

  @Get('guide/products')
  @ApiTags('guide')
  @GuidesOnly('active')
  @ApiOperation({ summary: 'What to share, with the commission that one piece would pay now' })
  list(@CurrentGuide() guide: Guide, @Query() query: ShareableListQueryDto): Promise<Page<ShareableProduct>> {
    return this.queries.page(guide, query);
  }

  @Get('hq/commission-rules/resolve')
  @ApiTags('hq: commission')
  @HqOnly('operator', 'finance', 'auditor', 'store_manager')
  @ApiOperation({ summary: 'Which rule applies to SKU X for guide Y at time T, and why no other does (R4.2)' })
  @ApiOkResponse({ type: CommissionRuleResolutionDto })
  resolve(@CurrentHqUser() actor: HqActor, @Query() query: ResolveRateQueryDto): Promise<CommissionRuleResolution> {
    return this.queries.resolve(actor, query);
  }
}
