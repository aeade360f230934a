import type { ChannelOpens } from '@mall/shared/codes';
import { Controller, Get, Param, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProperty,
  ApiPropertyOptional,
  ApiTags,
} from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import type { HqActor } from '../../platform/auth/actor.js';
import { CurrentHqUser, HqOnly } from '../../platform/auth/auth.guard.js';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { DAY_MS, startOfBusinessDay } from '../../platform/clock/business-day.js';
import { ChannelCodeQueries } from '../channel-codes/channel-codes.public.js';
import { ChannelOpensQueries } from './channel-opens.queries.js';

const USUAL_DAYS = 30;

class ChannelOpensQueryDto {
  @ApiPropertyOptional({ description: 'Epoch ms; absent: 30 business days with today' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  from?: number;

  @ApiPropertyOptional({ description: 'Epoch ms, not included; absent: now' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  to?: number;
}

class DayOpensDto {
  @ApiProperty({ example: '2026-11-22' })
  day: string;

  @ApiProperty()
  opens: number;
}

class SceneOpensDto {
  @ApiProperty({ example: 1047 })
  scene: number;

  @ApiProperty()
  opens: number;
}

class GuideOpensDto {
  @ApiProperty({ type: String, nullable: true, description: 'null: HQ’s or the store’s' })
  guideId: string | null;

  @ApiProperty()
  opens: number;

  @ApiProperty()
  visitors: number;
}

class ChannelOpensDto implements ChannelOpens {
  @ApiProperty()
  opens: number;

  @ApiProperty({ description: 'Different people' })
  visitors: number;

  @ApiProperty({ type: [DayOpensDto] })
  byDay: { day: string; opens: number }[];

  @ApiProperty({ type: [SceneOpensDto] })
  byScene: { scene: number; opens: number }[];

  @ApiProperty({ type: [GuideOpensDto] })
  byGuide: { guideId: string | null; opens: number; visitors: number }[];
}

/** Stands with the arrivals, which it counts; the codes themselves are in their own room. */
@ApiTags('hq: codes')
@ApiBearerAuth()
@Controller('api/hq/channel-codes/:id/opens')
export class ChannelOpensController {
  constructor(
    private readonly codes: ChannelCodeQueries,
    private readonly queries: ChannelOpensQueries,
    private readonly clock: BusinessClock,
  ) {}

  @Get()
  @HqOnly('operator', 'auditor', 'store_manager')
  @ApiOperation({ summary: 'How often a code was opened: by day, by scene, by guide' })
  @ApiOkResponse({ type: ChannelOpensDto })
  @ApiNotFoundResponse()
  async opens(
    @CurrentHqUser() user: HqActor,
    @Param('id') id: string,
    @Query() query: ChannelOpensQueryDto,
  ): Promise<ChannelOpens> {
    await this.codes.row(user.storeId, id);
    const to = query.to ?? this.clock.now() + 1;
    return this.queries.of(id, query.from ?? startOfBusinessDay(to) - (USUAL_DAYS - 1) * DAY_MS, to);
  }
}
