import type { CommissionRule } from '@mall/shared/hq';
import type { Page } from '@mall/shared/paging';
import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsOptional, IsString, Length } from 'class-validator';
import type { HqActor } from '../../platform/auth/actor.js';
import { CurrentHqUser, HqOnly } from '../../platform/auth/auth.guard.js';
import { CommissionRuleQueries } from './commission-rule.queries.js';
import { PublishRate } from './publish-rate.service.js';
import { CommissionRuleInputDto } from './rates.dto.js';

class RuleListQueryDto {
  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @Length(1, 60)
  cursor?: string;
}

/** HQ's rates. */
@ApiTags('hq: commission')
@ApiBearerAuth()
@Controller('api/hq/commission-rules')
export class CommissionRulesController {
  constructor(
    private readonly publishRate: PublishRate,
    private readonly queries: CommissionRuleQueries,
  ) {}

  @Get()
  @HqOnly('operator', 'finance', 'auditor')
  @ApiOperation({ summary: 'Every version, newest first' })
  list(@Query() query: RuleListQueryDto): Promise<Page<CommissionRule>> {
    return this.queries.page(query.cursor);
  }

  @Post()
  @HqOnly('operator')
  @ApiOperation({
    summary: 'Publish a version that takes effect now or later; orders keep the rate of their creation (R4.3)',
  })
  publish(@CurrentHqUser() actor: HqActor, @Body() body: CommissionRuleInputDto): Promise<CommissionRule> {
    return this.publishRate.execute(actor, body);
  }
}
