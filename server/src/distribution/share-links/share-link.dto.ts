import type { CodeTarget } from '@mall/shared/codes';
import { type ShareLink, type ShareLinkInput, SharePlacement } from '@mall/shared/guides';
import type { GuideChip, TouchRequest, TouchResponse } from '@mall/shared/membership';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsOptional, IsString, Length, Max, MaxLength, Min } from 'class-validator';
import { CodeTargetDto } from '../channel-codes/channel-codes.public.js';

export class ShareLinkInputDto implements ShareLinkInput {
  @ApiPropertyOptional({ example: 'prd_01J…', description: 'Absent: the home page' })
  @IsOptional()
  @Length(1, 36)
  productId?: string;

  @ApiProperty({ enum: Object.values(SharePlacement) })
  @IsIn(Object.values(SharePlacement))
  placement: SharePlacement;
}

export class ShareLinkDto implements ShareLink {
  @ApiProperty({ example: '7KQ2MXRB' })
  code: string;

  @ApiProperty({ type: String, nullable: true })
  productId: string | null;

  @ApiProperty({ enum: Object.values(SharePlacement) })
  placement: SharePlacement;

  @ApiProperty({ example: '/packages/shop/product/index?id=prd_01J…&s=7KQ2MXRB' })
  path: string;

  @ApiProperty()
  title: string;

  @ApiProperty({ type: String, nullable: true })
  imageUrl: string | null;

  @ApiProperty({ description: 'Mini-program code, public' })
  codeImageUrl: string;

  @ApiProperty({ type: String, nullable: true, description: 'JPEG, public; null: not made for a poster' })
  posterUrl: string | null;

  @ApiProperty()
  createdAt: number;

  @ApiProperty({ type: Number, nullable: true })
  revokedAt: number | null;

  @ApiProperty({ description: 'Opened by others' })
  opens: number;
}

export class TouchRequestDto implements TouchRequest {
  @ApiProperty({ example: '7KQ2MXRB', maxLength: 64, description: 'As the page was opened with; anything is taken' })
  @IsString()
  @MaxLength(64)
  shareCode: string;

  @ApiProperty({ example: 1007, description: "WeChat's scene value" })
  @IsInt()
  @Min(0)
  @Max(99_999)
  scene: number;
}

export class GuideChipDto implements GuideChip {
  @ApiProperty({ example: '陈静' })
  name: string;

  @ApiProperty({ example: '上海静安店' })
  storeName: string;
}

export class TouchResponseDto implements TouchResponse {
  @ApiProperty({ type: GuideChipDto, nullable: true })
  guide: GuideChip | null;

  @ApiProperty({ type: CodeTargetDto, nullable: true, description: 'What the code leads to; null: an unknown one' })
  target: CodeTarget | null;
}
