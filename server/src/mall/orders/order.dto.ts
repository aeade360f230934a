import { OrderState, type PlaceOrderRequest } from '@mall/shared/orders';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsIn, IsOptional, IsString, Length, MaxLength } from 'class-validator';
import { OrderLinesDto } from '../quotes/quotes.public.js';

export class PlaceOrderDto extends OrderLinesDto implements PlaceOrderRequest {
  @ApiPropertyOptional({ description: 'Exactly one of addressId and pickupStoreId' })
  @IsOptional()
  @IsString()
  @Length(1, 36)
  addressId?: string;

  @ApiPropertyOptional({ description: 'She collects the goods in this store (R5.2)' })
  @IsOptional()
  @IsString()
  @Length(1, 36)
  pickupStoreId?: string;

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
