import type { UrlLink, UrlLinkInput } from '@mall/shared/codes';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { MOST_LINK_DAYS } from '../../wechat/wechat.public.js';

export class UrlLinkInputDto implements UrlLinkInput {
  @ApiPropertyOptional({ minimum: 1, maximum: MOST_LINK_DAYS, default: MOST_LINK_DAYS })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MOST_LINK_DAYS)
  days?: number;
}

export class UrlLinkDto implements UrlLink {
  @ApiProperty({ example: 'https://wxaurl.cn/5nUbVhPyqXo' })
  url: string;

  @ApiProperty({ description: 'From then on it opens nothing' })
  expiresAt: number;
}
