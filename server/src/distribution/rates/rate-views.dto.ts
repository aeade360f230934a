import {
  type CommissionRule,
  type CommissionRuleResolution,
  ProductScopeKind,
  RateLoss,
  RateSeries,
  SellerScopeKind,
} from '@mall/shared/hq';
import type { RateDraft } from '@mall/shared/rates';
import { ApiProperty } from '@nestjs/swagger';
import { CommissionRuleInputDto } from './rates.dto.js';

class RuleProductScopeDto {
  @ApiProperty({ enum: Object.values(ProductScopeKind) })
  kind: ProductScopeKind;

  @ApiProperty({ type: String, nullable: true })
  id: string | null;
}

class RuleSellerScopeDto {
  @ApiProperty({ enum: Object.values(SellerScopeKind) })
  kind: SellerScopeKind;

  @ApiProperty({ type: String, nullable: true })
  id: string | null;
}

export class CommissionRuleDto implements CommissionRule {
  @ApiProperty({ example: 'cmr_01J…' })
  id: string;

  @ApiProperty({ type: RuleProductScopeDto })
  productScope: RuleProductScopeDto;

  @ApiProperty({ type: RuleSellerScopeDto })
  sellerScope: RuleSellerScopeDto;

  @ApiProperty()
  guideBps: number;

  @ApiProperty()
  storeBps: number;

  @ApiProperty({ type: Number, nullable: true })
  poolBps: number | null;

  @ApiProperty({ enum: Object.values(RateSeries) })
  series: RateSeries;

  @ApiProperty({ description: 'From here on the scope has no base rate' })
  isEnd: boolean;

  @ApiProperty()
  effectiveFrom: number;

  @ApiProperty({ type: Number, nullable: true, description: 'Of a campaign' })
  effectiveTo: number | null;

  @ApiProperty({ type: String, nullable: true, description: 'Of a stop: what it ends' })
  stopsRuleId: string | null;

  @ApiProperty()
  isLocked: boolean;

  @ApiProperty({ type: Number, nullable: true })
  bandMinBps: number | null;

  @ApiProperty({ type: Number, nullable: true })
  bandMaxBps: number | null;

  @ApiProperty({ type: String, nullable: true, description: 'The store whose manager made it; null: HQ' })
  authorStoreId: string | null;

  @ApiProperty()
  reason: string;

  @ApiProperty()
  createdBy: string;

  @ApiProperty()
  createdAt: number;
}

class RateLoserDto {
  @ApiProperty({ type: CommissionRuleDto })
  rule: CommissionRuleDto;

  @ApiProperty({ enum: Object.values(RateLoss) })
  reason: RateLoss;

  @ApiProperty()
  sentence: string;
}

export class CommissionRuleResolutionDto implements CommissionRuleResolution {
  @ApiProperty({ type: CommissionRuleDto, nullable: true })
  rule: CommissionRuleDto | null;

  @ApiProperty()
  sentence: string;

  @ApiProperty()
  at: number;

  @ApiProperty({ type: [RateLoserDto] })
  losers: RateLoserDto[];
}

export class RateDraftDto implements RateDraft {
  @ApiProperty({ example: 'crd_01J…' })
  id: string;

  @ApiProperty({ enum: ['draft', 'published', 'discarded'] })
  state: RateDraft['state'];

  @ApiProperty({ type: CommissionRuleInputDto })
  input: CommissionRuleInputDto;

  @ApiProperty()
  revision: number;

  @ApiProperty({ type: String, nullable: true })
  authorStoreId: string | null;

  @ApiProperty()
  createdBy: string;

  @ApiProperty()
  createdAt: number;

  @ApiProperty()
  updatedAt: number;

  @ApiProperty({ type: String, nullable: true })
  publishedRuleId: string | null;
}
