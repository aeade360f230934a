import { type CommissionRuleInput, ProductScopeKind, SellerScopeKind } from '@mall/shared/hq';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsObject, IsOptional, IsString, Length, Max, Min, ValidateNested } from 'class-validator';

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

  @ApiPropertyOptional({ description: 'Absent for `any`' })
  @IsOptional()
  @IsString()
  @Length(1, 36)
  id?: string;
}

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
  @Min(0)
  @Max(10_000)
  guideBps: number;

  @ApiPropertyOptional({ minimum: 0, maximum: 10_000 })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(10_000)
  storeBps?: number;

  @ApiPropertyOptional({ description: 'Epoch ms, not in the past; absent: now (R4.3)' })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(8_640_000_000_000)
  effectiveFrom?: number;

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
  @Max(8_640_000_000_000)
  at?: number;
}
