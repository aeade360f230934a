import {
  type GuideInvitation,
  type GuideInvitationInput,
  GuideStatus,
  type GuideSummary,
  PayeeType,
} from '@mall/shared/guides';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, Length, Matches } from 'class-validator';
import { PageQuery } from '../../platform/http/page.js';
import type { Guide } from './guides.js';

/** A tier is a word that people read: 标准, 金牌, senior-2. */
const Tier = () =>
  Matches(/^[A-Za-z0-9\u4e00-\u9fff-]{1,20}$/, { message: '等级由 1 到 20 个汉字、字母、数字或连字符组成' });

export class GuideInvitationInputDto implements GuideInvitationInput {
  @ApiProperty({ example: 'str_01J…' })
  @Length(1, 36)
  storeId: string;

  @ApiProperty({ example: '陈静', description: 'The name that customers will see' })
  @Length(1, 20)
  guideName: string;

  @ApiPropertyOptional({ example: '金牌', description: 'A dimension of commission rules' })
  @IsOptional()
  @Tier()
  tier?: string;
}

export class GuideInvitationDto implements GuideInvitation {
  @ApiProperty({ example: '7KQ2MXRB' })
  code: string;

  @ApiProperty()
  storeId: string;

  @ApiProperty()
  storeName: string;

  @ApiProperty()
  guideName: string;

  @ApiProperty()
  expiresAt: number;

  @ApiProperty({ type: Number, nullable: true })
  acceptedAt: number | null;
}

export class GuideSummaryDto implements GuideSummary {
  @ApiProperty({ example: 'gde_01J…' })
  id: string;

  @ApiProperty()
  name: string;

  @ApiProperty()
  storeId: string;

  @ApiProperty()
  storeName: string;

  @ApiProperty()
  tier: string;

  @ApiProperty({ enum: Object.values(GuideStatus) })
  status: GuideStatus;

  @ApiProperty()
  registeredAt: number;
}

export class GuidesQuery extends PageQuery {
  @ApiPropertyOptional()
  @IsOptional()
  @Length(1, 36)
  storeId?: string;

  @ApiPropertyOptional({ enum: Object.values(GuideStatus) })
  @IsOptional()
  @IsIn(Object.values(GuideStatus))
  status?: GuideStatus;
}

export class ReasonDto {
  @ApiProperty({ minLength: 2, maxLength: 200, description: 'For the audit log' })
  @Length(2, 200)
  reason: string;
}

export class GuideTierDto extends ReasonDto {
  @ApiProperty({ example: '金牌', description: 'A dimension of commission rules' })
  @Tier()
  tier: string;
}

export class PayeeTypeDto extends ReasonDto {
  @ApiProperty({ enum: Object.values(PayeeType) })
  @IsIn(Object.values(PayeeType))
  payeeType: PayeeType;
}

export class GuideStoreDto extends ReasonDto {
  @ApiProperty({ example: 'str_01J…' })
  @Length(1, 36)
  storeId: string;
}

export function toSummary(guide: Guide): GuideSummary {
  const { id, name, storeId, storeName, tier, status, registeredAt } = guide;
  return { id, name, storeId, storeName, tier, status, registeredAt };
}
