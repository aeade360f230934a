import type { RefundRequest } from '@mall/shared/orders';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';

const LARGEST_FEN = 1_000_000_000;

export class RefundLineDto {
  @ApiProperty({ example: 'oli_01…' })
  @IsString()
  @Length(1, 36)
  orderLineId: string;

  @ApiProperty({
    description:
      'fen taken back, at most what the line still holds. What is kept back for a gift is worked out here (R6.6)',
  })
  @IsInt()
  @Min(0)
  @Max(LARGEST_FEN)
  amountFen: number;

  @ApiPropertyOptional({ description: 'Pieces that return to stock' })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(999)
  restockQuantity?: number;
}

export class RefundRequestDto implements RefundRequest {
  @ApiProperty({ type: [RefundLineDto] })
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique((line: RefundLineDto) => line?.orderLineId, { message: 'each line may stand once' })
  @ValidateNested({ each: true })
  @Type(() => RefundLineDto)
  lines: RefundLineDto[];

  @ApiPropertyOptional({ description: 'fen' })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(LARGEST_FEN)
  freightFen?: number;

  @ApiProperty()
  @IsString()
  @Length(1, 80)
  reason: string;

  @ApiPropertyOptional({ description: 'R5.4: the guide is not charged' })
  @IsOptional()
  @IsBoolean()
  goodwill?: boolean;
}
