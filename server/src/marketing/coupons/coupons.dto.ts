import { type Coupon, CouponKind, CouponState } from '@mall/shared/coupons';
import type { Bps, Fen } from '@mall/shared/money';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Length } from 'class-validator';

export class CouponListQuery {
  @ApiPropertyOptional({ enum: Object.values(CouponState), description: 'Absent: all.' })
  @IsOptional()
  @IsIn(Object.values(CouponState))
  state?: CouponState;
}

export class CouponDto implements Coupon {
  @ApiProperty({ example: 'cpn_01J9ZQ3V7N8Y2K4M6P0R5T1W3X' })
  id: string;

  @ApiProperty({ example: '复购券' })
  name: string;

  @ApiProperty({ enum: Object.values(CouponKind) })
  kind: CouponKind;

  @ApiProperty({ enum: Object.values(CouponState), description: '`expired` is computed from time.' })
  state: CouponState;

  @ApiProperty({ type: 'integer', description: 'Goods in scope, before discounts, that it needs (fen).' })
  thresholdFen: Fen;

  @ApiProperty({ type: 'integer', nullable: true })
  discountFen: Fen | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'The part taken off, in basis points.' })
  rateBps: Bps | null;

  @ApiProperty({ type: 'integer', nullable: true })
  capFen: Fen | null;

  @ApiProperty({ type: String, nullable: true, description: 'gift only.' })
  giftSkuId: string | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'gift only.' })
  giftQuantity: number | null;

  @ApiProperty({ example: '全场可用' })
  scopeText: string;

  @ApiProperty({ example: '复购券 · 感谢您的上次购买' })
  sourceText: string;

  @ApiProperty({ type: 'integer', description: 'Epoch ms.' })
  issuedAt: number;

  @ApiProperty({ type: 'integer', description: 'Epoch ms.' })
  startsAt: number;

  @ApiProperty({ type: 'integer', description: 'Epoch ms; valid until just before.' })
  expiresAt: number;
}

export class CouponTemplateDto {
  @ApiProperty({ example: 'cpt_01J9ZQ3V7N8Y2K4M6P0R5T1W3X' })
  id: string;

  @ApiProperty()
  name: string;

  @ApiProperty({ enum: Object.values(CouponKind) })
  kind: CouponKind;

  @ApiProperty({ type: 'integer' })
  thresholdFen: number;

  @ApiProperty({ type: 'integer', nullable: true })
  discountFen: number | null;

  @ApiProperty({ type: 'integer', nullable: true })
  rateBps: number | null;

  @ApiProperty({ type: 'integer', nullable: true })
  capFen: number | null;

  @ApiProperty({ type: String, nullable: true, description: 'gift only.' })
  giftSkuId: string | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'gift only.' })
  giftQuantity: number | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Days from issue to expiry.' })
  validDays: number | null;

  @ApiProperty({ type: 'integer', nullable: true })
  stockLimit: number | null;

  @ApiProperty({ type: 'integer' })
  issuedCount: number;

  @ApiProperty({ type: 'integer', nullable: true })
  perMemberLimit: number | null;

  @ApiProperty({ type: 'integer' })
  createdAt: number;

  @ApiProperty({ type: 'integer', nullable: true })
  endedAt: number | null;
}

export class GrantCouponDto {
  @ApiProperty({ example: 'mem_01J9ZQ3V7N8Y2K4M6P0R5T1W3X' })
  @IsString()
  @Length(1, 36)
  memberId: string;

  @ApiProperty({ description: 'Why; kept in the audit log.' })
  @IsString()
  @Length(1, 200)
  reason: string;
}

export class GrantedCouponDto {
  @ApiProperty()
  couponId: string;
}
