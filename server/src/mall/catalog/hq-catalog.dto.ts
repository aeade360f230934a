import type { StockLevel } from '@mall/shared/hq';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsInt, IsOptional, Length, Max, Min, NotEquals } from 'class-validator';
import type { HqProductRow } from './hq-product.queries.js';

const MAX_PIECES = 9_999_999;

export class HqProductsQuery {
  @ApiPropertyOptional()
  @IsOptional()
  @Length(1, 1_500)
  cursor?: string;
}

export class HqProductDto implements HqProductRow {
  @ApiProperty({ example: 'prd_01J…' })
  id: string;

  @ApiProperty()
  handle: string;

  @ApiProperty()
  title: string;

  @ApiProperty()
  brandName: string;

  @ApiProperty({ type: String, nullable: true })
  categoryName: string | null;

  @ApiProperty({ type: String, nullable: true })
  imageUrl: string | null;

  @ApiProperty()
  published: boolean;

  @ApiProperty({ description: 'Wanted but not published: no SKU has a price' })
  publishWanted: boolean;

  @ApiProperty({ type: 'integer' })
  minPriceFen: number;

  @ApiProperty()
  skuCount: number;

  @ApiProperty()
  available: number;

  @ApiProperty()
  soldCount: number;
}

export class HqProductPageDto {
  @ApiProperty({ type: [HqProductDto] })
  items: HqProductDto[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}

export class PublicationDto {
  @ApiProperty()
  id: string;

  @ApiProperty()
  published: boolean;
}

export class StockLevelsQuery {
  @ApiProperty({ type: String, example: 'sku_01J…,sku_01J…', description: 'At most 500, comma-separated' })
  @Transform(({ value }) => (typeof value === 'string' ? value.split(',').filter((id) => id !== '') : value))
  @ArrayMaxSize(500)
  @Length(1, 36, { each: true })
  skuIds: string[];
}

export class StockAdjustmentInputDto {
  @ApiProperty({ description: 'Pieces to add; negative to take away; not 0' })
  @IsInt()
  @NotEquals(0)
  @Min(-MAX_PIECES)
  @Max(MAX_PIECES)
  delta: number;

  @ApiProperty({ minLength: 2, maxLength: 200, description: 'For the stock record and the audit log' })
  @Length(2, 200)
  reason: string;
}

export class StockLevelDto implements StockLevel {
  @ApiProperty()
  skuId: string;

  @ApiProperty({ description: 'reserved + sold + available' })
  received: number;

  @ApiProperty()
  reserved: number;

  @ApiProperty()
  sold: number;

  @ApiProperty()
  available: number;
}
