import type { FreightRule } from '@mall/shared/hq';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsInt,
  Length,
  Max,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';

const MAX_FEN = 100_000_000;

export class FreightRuleDto implements FreightRule {
  @ApiProperty({ type: [String], description: 'Province names; empty: everywhere not named by another rule' })
  @IsArray()
  @ArrayMaxSize(40)
  @Length(1, 20, { each: true })
  provinces: string[];

  @ApiProperty({ example: '全国标准配送' })
  @Length(1, 40)
  name: string;

  @ApiProperty({ type: 'integer' })
  @IsInt()
  @Min(0)
  @Max(MAX_FEN)
  freightFen: number;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Free from this amount of goods; null: never' })
  @ValidateIf((rule: FreightRule) => rule.freeFromFen !== null)
  @IsInt()
  @Min(0)
  @Max(MAX_FEN)
  freeFromFen: number | null;

  @ApiProperty({ description: 'False: no delivery there' })
  @IsBoolean()
  served: boolean;
}

export class FreightRulesDto {
  @ApiProperty({ type: [FreightRuleDto] })
  @ValidateNested({ each: true })
  @Type(() => FreightRuleDto)
  @ArrayMinSize(1)
  @ArrayMaxSize(40)
  rules: FreightRuleDto[];
}
