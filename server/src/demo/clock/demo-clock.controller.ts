import type { AdvanceClockRequest, BusinessTime } from '@mall/shared/hq';
import { ProblemType } from '@mall/shared/problems';
import { Body, Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { OpenToAnyone } from '../../platform/auth/auth.guard.js';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { DAY_MS, HOUR_MS } from '../../platform/clock/business-day.js';
import type { Environment } from '../../platform/config/environment.js';
import { ENVIRONMENT } from '../../platform/config/environment.token.js';
import { ProblemError } from '../../platform/http/problem.js';
import { AdvanceClock } from './advance-clock.service.js';

class AdvanceClockDto implements AdvanceClockRequest {
  @ApiPropertyOptional({ maximum: 400 })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(400)
  days?: number;

  @ApiPropertyOptional({ maximum: 24 })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(24)
  hours?: number;
}

/** The demo's clock. Outside a demo it can be read and not moved. */
@ApiTags('demo')
@OpenToAnyone()
@Controller('api/demo/clock')
export class DemoClockController {
  constructor(
    private readonly advanceClock: AdvanceClock,
    private readonly clock: BusinessClock,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Business time' })
  read(): BusinessTime {
    return { now: this.clock.now() };
  }

  @Post('advance')
  @HttpCode(200)
  @ApiOperation({ summary: 'Move the business clock on and do what has come due; refused outside a demo' })
  async advance(@Body() { days = 0, hours = 0 }: AdvanceClockDto): Promise<BusinessTime> {
    if (!this.environment.demo) {
      throw new ProblemError(ProblemType.ClockNotAdjustable, { detail: '只有演示环境可以调整业务时间' });
    }
    return { now: await this.advanceClock.execute(days * DAY_MS + hours * HOUR_MS) };
  }
}
