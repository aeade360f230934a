import type { ContactCode, ContactOffer, WecomAccount, WecomContact } from '@mall/shared/wecom';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, Length, Matches, ValidateIf } from 'class-validator';
import { PageQuery } from '../../platform/http/page.js';

export class WecomAccountDto implements WecomAccount {
  @ApiProperty({ type: String, nullable: true, description: "The account's user id in WeCom; null: none" })
  @ValidateIf((body: WecomAccountDto) => body.wecomUserId !== null)
  @Matches(/^[\w.@-]{1,64}$/, { message: '企业微信账号由 1 到 64 个字母、数字或 . @ - _ 组成' })
  wecomUserId: string | null;
}

export class ContactOfferDto implements ContactOffer {
  @ApiProperty()
  offered: boolean;
}

export class ContactCodeDto {
  @ApiProperty()
  available: ContactCode['available'];

  @ApiPropertyOptional({ enum: ['off', 'not_wanted', 'no_guide', 'not_connected'] })
  reason?: string;

  @ApiPropertyOptional()
  guideName?: string;

  @ApiPropertyOptional()
  storeName?: string;

  @ApiPropertyOptional({ description: "WeCom's picture of the code" })
  codeImageUrl?: string;
}

export class WecomContactDto implements WecomContact {
  @ApiProperty()
  id: string;

  @ApiProperty({ type: String, nullable: true })
  guideId: string | null;

  @ApiProperty({ type: String, nullable: true })
  guideName: string | null;

  @ApiProperty()
  wecomUserId: string;

  @ApiProperty({ type: String, nullable: true, description: 'null: not known yet' })
  memberId: string | null;

  @ApiProperty({ type: String, nullable: true, enum: ['unionid', 'state'] })
  linkedBy: string | null;

  @ApiProperty({ type: Number, nullable: true })
  addedAt: number | null;

  @ApiProperty({ type: Number, nullable: true })
  endedAt: number | null;

  @ApiProperty({ type: String, nullable: true, enum: ['guide', 'customer'] })
  endedBy: string | null;

  @ApiProperty({ enum: ['none', 'sending', 'sent', 'refused', 'unknown'] })
  welcome: string;
}

export class WecomContactsQuery extends PageQuery {
  @ApiPropertyOptional()
  @IsOptional()
  @Length(1, 36)
  guideId?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @Length(1, 36)
  memberId?: string;
}
