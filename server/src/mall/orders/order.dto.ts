import { OrderState, type PlaceOrderRequest } from '@mall/shared/orders';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  Length,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { OrderLineDto } from '../quotes/quotes.public.js';

export class PlaceOrderDto implements PlaceOrderRequest {
  @ApiProperty({ type: [OrderLineDto] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @ArrayUnique((line: OrderLineDto) => line?.skuId, { message: 'each SKU may stand on one line only' })
  @ValidateNested({ each: true })
  @Type(() => OrderLineDto)
  lines: OrderLineDto[];

  @ApiProperty()
  @IsString()
  @Length(1, 36)
  addressId: string;

  @ApiProperty({ type: [String], description: 'Those that the quote applied' })
  @IsArray()
  @ArrayMaxSize(10)
  @IsString({ each: true })
  @Length(1, 36, { each: true })
  couponIds: string[];

  @ApiProperty()
  @IsString()
  @Length(1, 64)
  quoteHash: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @MaxLength(200)
  remark?: string;
}

export class OrderListQueryDto {
  @ApiPropertyOptional({ enum: Object.values(OrderState) })
  @IsOptional()
  @IsIn(Object.values(OrderState))
  state?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @Length(1, 60)
  cursor?: string;
}
