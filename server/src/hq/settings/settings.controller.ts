import type { SettingsView } from '@mall/shared/hq';
import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import type { HqActor } from '../../platform/auth/actor.js';
import { CurrentHqUser, HqOnly } from '../../platform/auth/auth.guard.js';
import { PublishSettings } from './publish-settings.service.js';
import { SettingsInputDto, SettingsViewDto } from './settings.dto.js';
import { groupOf, SettingsQueries } from './settings.queries.js';

@ApiTags('hq: settings')
@ApiBearerAuth()
@ApiNotFoundResponse({ description: 'No such group: distribution, payouts, orders' })
@Controller('api/hq/settings/:name')
export class SettingsController {
  constructor(
    private readonly queries: SettingsQueries,
    private readonly publishSettings: PublishSettings,
  ) {}

  @Get()
  @HqOnly('operator', 'finance', 'auditor')
  @ApiOperation({ summary: 'The values in force, the defaults, and every version (R3.4)' })
  @ApiOkResponse({ type: SettingsViewDto })
  view(@Param('name') name: string): Promise<SettingsView> {
    return this.queries.view(groupOf(name));
  }

  @Post()
  @HqOnly('operator', 'finance')
  @ApiOperation({
    summary: 'Adds a version: distribution and orders by owner or operator, payouts by owner or finance',
  })
  @ApiCreatedResponse({ type: SettingsViewDto })
  @ApiConflictResponse({ description: 'setting-conflict: a version takes effect at that very instant' })
  @ApiUnprocessableEntityResponse({
    description: 'setting-invalid: unknown, out of range, contradictory or in the past',
  })
  async publish(
    @CurrentHqUser() user: HqActor,
    @Param('name') name: string,
    @Body() input: SettingsInputDto,
  ): Promise<SettingsView> {
    const group = groupOf(name);
    await this.publishSettings.execute(user, group, input);
    return this.queries.view(group);
  }
}
