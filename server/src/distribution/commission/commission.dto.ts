import { CommissionState } from '@mall/shared/guides';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { PageQuery } from '../../platform/http/page.js';

export class CommissionListQueryDto extends PageQuery {
  @ApiPropertyOptional({ enum: Object.values(CommissionState) })
  @IsOptional()
  @IsIn(Object.values(CommissionState))
  state?: string;
}
