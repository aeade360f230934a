import { type CommissionRuleInput, ProductScopeKind, RateSeries, SellerScopeKind } from '@mall/shared/hq';
import type { EndRateRequest, RateDraftChange } from '@mall/shared/rates';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { PageQuery } from '../../platform/http/page.js';

/** The last instant that JavaScript has a date for, less what business time adds. */
const LAST_INSTANT = 8_640_000_000_000;

class ProductScopeDto {
  @ApiProperty({ enum: Object.values(ProductScopeKind) })
  @IsIn(Object.values(ProductScopeKind))
  kind: ProductScopeKind;

  @ApiPropertyOptional({ description: 'Absent for `any`' })
  @IsOptional()
  @IsString()
  @Length(1, 36)
  id?: string;
}

class SellerScopeDto {
  @ApiProperty({ enum: Object.values(SellerScopeKind) })
  @IsIn(Object.values(SellerScopeKind))
  kind: SellerScopeKind;

  @ApiPropertyOptional({ description: 'Absent for `any`; a tier’s name, or `direct` or `franchise`' })
  @IsOptional()
  @IsString()
  @Length(1, 36)
  id?: string;
}

/** Ranges are checked with the rule as a whole, so that the refusal has the numbers. */
export class CommissionRuleInputDto implements CommissionRuleInput {
  @ApiProperty({ type: ProductScopeDto })
  @IsObject()
  @ValidateNested()
  @Type(() => ProductScopeDto)
  productScope: ProductScopeDto;

  @ApiProperty({ type: SellerScopeDto })
  @IsObject()
  @ValidateNested()
  @Type(() => SellerScopeDto)
  sellerScope: SellerScopeDto;

  @ApiProperty({ minimum: 0, maximum: 10_000 })
  @IsInt()
  guideBps: number;

  @ApiPropertyOptional({ minimum: 0, maximum: 10_000 })
  @IsOptional()
  @IsInt()
  storeBps?: number;

  @ApiPropertyOptional({ minimum: 0, maximum: 10_000, description: 'Guide, store and HQ together (R4.4)' })
  @IsOptional()
  @IsInt()
  poolBps?: number;

  @ApiPropertyOptional({ description: 'Epoch ms, not in the past; absent: now (R4.3)' })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(LAST_INSTANT)
  effectiveFrom?: number;

  @ApiPropertyOptional({ description: 'Epoch ms; makes it a campaign, which beats the base rate of its scope' })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(LAST_INSTANT)
  effectiveTo?: number;

  @ApiPropertyOptional({ description: 'Franchise stores may not set their own rate under it' })
  @IsOptional()
  @IsBoolean()
  isLocked?: boolean;

  @ApiPropertyOptional({ minimum: 0, maximum: 10_000, description: 'With bandMaxBps: what stores may set for guides' })
  @IsOptional()
  @IsInt()
  bandMinBps?: number;

  @ApiPropertyOptional({ minimum: 0, maximum: 10_000 })
  @IsOptional()
  @IsInt()
  bandMaxBps?: number;

  @ApiPropertyOptional({ description: '1 and nothing else (R4.5)' })
  @IsOptional()
  @IsInt()
  depth?: number;

  @ApiPropertyOptional({ description: 'Why an owner goes under the margin floor' })
  @IsOptional()
  @IsString()
  @Length(1, 200)
  overrideMarginReason?: string;

  @ApiProperty()
  @IsString()
  @Length(1, 200)
  reason: string;
}

export class RateDraftChangeDto implements RateDraftChange {
  @ApiProperty({ minimum: 1, description: 'As read: another one is a 409' })
  @IsInt()
  @Min(1)
  @Max(1_000_000_000)
  revision: number;

  @ApiProperty({ type: CommissionRuleInputDto })
  @IsObject()
  @ValidateNested()
  @Type(() => CommissionRuleInputDto)
  input: CommissionRuleInputDto;
}

export class PublishDraftDto {
  @ApiPropertyOptional({ description: 'Why an owner goes under the margin floor' })
  @IsOptional()
  @IsString()
  @Length(1, 200)
  overrideMarginReason?: string;
}

export class EndRateRequestDto implements EndRateRequest {
  @ApiPropertyOptional({ description: 'Epoch ms, not in the past; absent: now' })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(LAST_INSTANT)
  at?: number;

  @ApiProperty()
  @IsString()
  @Length(1, 200)
  reason: string;
}

export class ResolveRateQueryDto {
  @ApiProperty()
  @IsString()
  @Length(1, 36)
  skuId: string;

  @ApiProperty()
  @IsString()
  @Length(1, 36)
  guideId: string;

  @ApiPropertyOptional({ description: 'Epoch ms; absent: now' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(LAST_INSTANT)
  at?: number;
}

export class RuleListQuery extends PageQuery {
  @ApiPropertyOptional({ enum: Object.values(ProductScopeKind) })
  @IsOptional()
  @IsIn(Object.values(ProductScopeKind))
  productScopeKind?: ProductScopeKind;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @Length(1, 36)
  productScopeId?: string;

  @ApiPropertyOptional({ enum: Object.values(SellerScopeKind) })
  @IsOptional()
  @IsIn(Object.values(SellerScopeKind))
  sellerScopeKind?: SellerScopeKind;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @Length(1, 36)
  sellerScopeId?: string;

  @ApiPropertyOptional({ enum: Object.values(RateSeries) })
  @IsOptional()
  @IsIn(Object.values(RateSeries))
  series?: RateSeries;

  @ApiPropertyOptional({ description: 'Only what this store’s manager made' })
  @IsOptional()
  @IsString()
  @Length(1, 36)
  authorStoreId?: string;

  @ApiPropertyOptional({ description: 'Epoch ms: only the rate that each scope has then' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(LAST_INSTANT)
  inForceAt?: number;
}

/** Ids are absent for `any`. */
export class RuleHistoryQuery extends PageQuery {
  @ApiProperty({ enum: Object.values(ProductScopeKind) })
  @IsIn(Object.values(ProductScopeKind))
  productScopeKind: ProductScopeKind;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @Length(1, 36)
  productScopeId?: string;

  @ApiProperty({ enum: Object.values(SellerScopeKind) })
  @IsIn(Object.values(SellerScopeKind))
  sellerScopeKind: SellerScopeKind;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @Length(1, 36)
  sellerScopeId?: string;
}
