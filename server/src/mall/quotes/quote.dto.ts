import type { OrderLineRequest, QuoteRequest } from '@mall/shared/orders';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';

/** More pieces than that of one SKU is a wholesale order. */
export const MAX_QUANTITY = 999;

export class OrderLineDto implements OrderLineRequest {
  @ApiProperty({ example: 'sku_01…' })
  @IsString()
  @Length(1, 36)
  skuId: string;

  @ApiProperty({ minimum: 1, maximum: MAX_QUANTITY })
  @IsInt()
  @Min(1)
  @Max(MAX_QUANTITY)
  quantity: number;
}

/** What is bought: each SKU on one line, fifty lines at most. */
export class OrderLinesDto {
  @ApiProperty({ type: [OrderLineDto] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @ArrayUnique((line: OrderLineDto) => line?.skuId, { message: 'each SKU may stand on one line only' })
  @ValidateNested({ each: true })
  @Type(() => OrderLineDto)
  lines: OrderLineDto[];
}

export class QuoteRequestDto extends OrderLinesDto implements QuoteRequest {
  @ApiPropertyOptional({ nullable: true, type: String })
  @IsOptional()
  @IsString()
  @Length(1, 36)
  addressId?: string | null;

  @ApiPropertyOptional({ nullable: true, type: String, description: 'She collects the goods here; then no addressId.' })
  @IsOptional()
  @IsString()
  @Length(1, 36)
  pickupStoreId?: string | null;

  @ApiPropertyOptional({ type: [String], description: 'Absent: the best legal coupon. Empty: none.' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(10)
  @IsString({ each: true })
  @Length(1, 36, { each: true })
  couponIds?: string[];
}
