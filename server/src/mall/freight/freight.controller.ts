import type { FreightRule } from '@mall/shared/hq';
import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { HqActor } from '../../platform/auth/actor.js';
import { CurrentHqUser, HqOnly } from '../../platform/auth/auth.guard.js';
import { Database } from '../../platform/database/database.js';
import { FreightRuleDto, FreightRulesDto } from './freight.dto.js';
import { Freight } from './freight.service.js';
import { ReplaceFreightRules } from './replace-freight-rules.service.js';

@ApiTags('hq: freight')
@ApiBearerAuth()
@Controller('api/hq/freight-rules')
export class FreightController {
  constructor(
    private readonly database: Database,
    private readonly freight: Freight,
    private readonly replaceFreightRules: ReplaceFreightRules,
  ) {}

  @Get()
  @HqOnly('operator', 'finance', 'auditor')
  @ApiOperation({ summary: 'The freight rules in force' })
  @ApiOkResponse({ type: [FreightRuleDto] })
  rules(): Promise<FreightRule[]> {
    return this.freight.rules(this.database);
  }

  @Put()
  @HqOnly('operator')
  @ApiOperation({ summary: 'Replaces all freight rules; placed orders keep their freight' })
  @ApiOkResponse({ type: [FreightRuleDto] })
  replace(@Body() { rules }: FreightRulesDto, @CurrentHqUser() actor: HqActor): Promise<FreightRule[]> {
    return this.replaceFreightRules.execute(rules, actor);
  }
}
