import { type CouponCampaign, type CouponCampaignInput, CouponKind, RepurchaseTrigger } from '@mall/shared/coupons';
import type { Bps } from '@mall/shared/money';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsObject, IsOptional, IsString, Length, Max, Min, ValidateNested } from 'class-validator';
import { Arm } from './holdout-arm.js';

/** No coupon of ours is worth more than ¥100,000: a slip of the keyboard ends here. */
const MAX_FEN = 10_000_000;

export class CampaignCouponDto {
  @ApiProperty({ example: '复购券' })
  @IsString()
  @Length(1, 60)
  name: string;

  @ApiProperty({ enum: Object.values(CouponKind) })
  @IsIn(Object.values(CouponKind))
  kind: CouponKind;

  @ApiProperty({ type: 'integer', minimum: 0, description: 'Goods before discounts that it needs (fen).' })
  @IsInt()
  @Min(0)
  @Max(MAX_FEN)
  thresholdFen: number;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, description: 'amount_off only (fen).' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_FEN)
  discountFen?: number;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: 10_000,
    description: 'percent_off only: the part taken off.',
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(10_000)
  rateBps?: number;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    description: 'percent_off and free_freight: at most this (fen).',
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_FEN)
  capFen?: number;

  @ApiPropertyOptional({ description: 'gift only: the SKU that the order gets on top.' })
  @IsOptional()
  @IsString()
  @Length(1, 36)
  giftSkuId?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 99, description: 'gift only; 1 when absent.' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(99)
  giftQuantity?: number;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: 730, description: 'Days from issue to expiry.' })
  @IsInt()
  @Min(1)
  @Max(730)
  validDays: number;
}

export class CouponCampaignInputDto implements CouponCampaignInput {
  @ApiProperty({ example: '收货后复购' })
  @IsString()
  @Length(1, 60)
  name: string;

  @ApiProperty({ enum: Object.values(RepurchaseTrigger) })
  @IsIn(Object.values(RepurchaseTrigger))
  trigger: RepurchaseTrigger;

  @ApiProperty({
    type: 'integer',
    minimum: 0,
    maximum: 10_000,
    description: 'Share of members who get nothing (R6.5).',
  })
  @IsInt()
  @Min(0)
  @Max(10_000)
  holdoutBps: number;

  @ApiProperty({ type: CampaignCouponDto })
  @IsObject()
  @ValidateNested()
  @Type(() => CampaignCouponDto)
  coupon: CampaignCouponDto;
}

export class CouponCampaignDto implements CouponCampaign {
  @ApiProperty({ example: 'cam_01J9ZQ3V7N8Y2K4M6P0R5T1W3X' })
  id: string;

  @ApiProperty()
  name: string;

  @ApiProperty({ enum: Object.values(RepurchaseTrigger) })
  trigger: RepurchaseTrigger;

  @ApiProperty({ type: 'integer' })
  holdoutBps: Bps;

  @ApiProperty({ type: 'integer', description: 'Epoch ms.' })
  createdAt: number;

  @ApiProperty({ type: 'integer', nullable: true })
  endedAt: number | null;

  @ApiProperty({ type: 'integer' })
  issued: number;

  @ApiProperty({ type: 'integer', description: "Of this campaign's own coupons." })
  redeemed: number;

  @ApiProperty({ type: 'integer', description: 'Members in the hold-out.' })
  heldOut: number;
}

export class ArmOutcomeDto {
  @ApiProperty({ enum: Object.values(Arm) })
  arm: Arm;

  @ApiProperty({ type: 'integer' })
  members: number;

  @ApiProperty({ type: 'integer', description: 'Members who have redeemed any coupon since they were assigned.' })
  membersWhoRedeemed: number;

  @ApiProperty({ type: 'integer' })
  couponsRedeemed: number;
}
