import {
  type Brand,
  type Category,
  type ProductCard,
  type ProductDetail,
  type ProductListQuery,
  type ProductOption,
  ProductSort,
  type ShopFront,
  type Sku,
  type SkuSummary,
} from '@mall/shared/catalogue';
import type { Fen } from '@mall/shared/money';
import type { Page } from '@mall/shared/paging';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { ArrayMaxSize, IsBoolean, IsIn, IsInt, IsOptional, Length, Max, MaxLength, Min } from 'class-validator';

/** Above any price, below 2^53. */
const MAX_FEN = 1_000_000_000_000;

export class ProductListQueryDto implements ProductListQuery {
  @ApiPropertyOptional({ example: '开衫', description: 'Words match by their beginning, Chinese by pairs' })
  @IsOptional()
  @MaxLength(100)
  q?: string;

  @ApiPropertyOptional({ description: 'Includes the categories below it' })
  @IsOptional()
  @Length(1, 36)
  categoryId?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @Length(1, 36)
  brandId?: string;

  @ApiPropertyOptional({ description: 'Of the lowest price' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(MAX_FEN)
  minPriceFen?: number;

  @ApiPropertyOptional({ description: 'Of the lowest price' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(MAX_FEN)
  maxPriceFen?: number;

  @ApiPropertyOptional({ description: 'true: only products with a SKU in stock' })
  @IsOptional()
  @Transform(({ value }) =>
    value === 'true' || value === '1' ? true : value === 'false' || value === '0' ? false : value,
  )
  @IsBoolean()
  inStock?: boolean;

  @ApiPropertyOptional({ enum: Object.values(ProductSort), default: ProductSort.Newest })
  @IsOptional()
  @IsIn(Object.values(ProductSort))
  sort?: ProductSort;

  @ApiPropertyOptional({ description: 'nextCursor of the page before, with the same sort' })
  @IsOptional()
  @Length(1, 200)
  cursor?: string;

  @ApiPropertyOptional({ minimum: 1, maximum: 50, default: 20 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(50)
  limit?: number;
}

export class SkuIdsQuery {
  @ApiProperty({ name: 'ids', type: String, example: 'sku_01J…,sku_01J…', description: 'At most 100, comma-separated' })
  @Transform(({ value }) => (typeof value === 'string' ? value.split(',').filter((id) => id !== '') : value))
  @ArrayMaxSize(100)
  @Length(1, 36, { each: true })
  ids: string[];
}

export class BrandDto implements Brand {
  @ApiProperty({ example: 'brd_01J…' })
  id: string;

  @ApiProperty()
  name: string;
}

export class CategoryDto implements Category {
  @ApiProperty({ example: 'cat_01J…' })
  id: string;

  @ApiProperty()
  name: string;

  @ApiProperty({ type: String, nullable: true })
  parentId: string | null;

  @ApiProperty({ type: String, nullable: true })
  imageUrl: string | null;
}

export class ProductCardDto implements ProductCard {
  @ApiProperty({ example: 'prd_01J…' })
  id: string;

  @ApiProperty()
  title: string;

  @ApiProperty({ type: String, nullable: true })
  subtitle: string | null;

  @ApiProperty()
  brandName: string;

  @ApiProperty({ type: String, nullable: true })
  imageUrl: string | null;

  @ApiProperty({ type: 'integer', description: 'Lowest price over its sellable SKUs' })
  priceFen: Fen;

  @ApiProperty({ description: 'SKUs differ in price' })
  priceIsFrom: boolean;

  @ApiProperty({ type: 'integer', nullable: true })
  compareAtFen: Fen | null;

  @ApiProperty()
  soldOut: boolean;

  @ApiProperty()
  soldCount: number;
}

export class ProductPageDto implements Page<ProductCard> {
  @ApiProperty({ type: [ProductCardDto] })
  items: ProductCardDto[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}

export class ShopFrontDto implements ShopFront {
  @ApiProperty({ type: [CategoryDto] })
  categories: CategoryDto[];

  @ApiProperty({ type: ProductCardDto, nullable: true, description: 'null: nothing can be bought' })
  newest: ProductCardDto | null;

  @ApiProperty({ type: ProductPageDto })
  bestSelling: ProductPageDto;
}

export class ProductOptionDto implements ProductOption {
  @ApiProperty({ example: '颜色' })
  name: string;

  @ApiProperty({ type: [String] })
  values: string[];
}

export class SkuDto implements Sku {
  @ApiProperty({ example: 'sku_01J…' })
  id: string;

  @ApiProperty({ type: [String] })
  optionValues: string[];

  @ApiProperty({ type: 'integer' })
  priceFen: Fen;

  @ApiProperty({ type: 'integer', nullable: true })
  compareAtFen: Fen | null;

  @ApiProperty({ type: String, nullable: true })
  imageUrl: string | null;

  @ApiProperty({ description: 'Capped at 99' })
  available: number;
}

class NamedDto {
  @ApiProperty()
  id: string;

  @ApiProperty()
  name: string;
}

export class ProductDetailDto implements ProductDetail {
  @ApiProperty()
  id: string;

  @ApiProperty()
  title: string;

  @ApiProperty({ type: String, nullable: true })
  subtitle: string | null;

  @ApiProperty({ type: BrandDto })
  brand: BrandDto;

  @ApiProperty({ type: NamedDto, nullable: true })
  category: NamedDto | null;

  @ApiProperty({ description: 'Sanitised HTML' })
  descriptionHtml: string;

  @ApiProperty({ type: [String] })
  images: string[];

  @ApiProperty({ type: [ProductOptionDto] })
  options: ProductOptionDto[];

  @ApiProperty({ type: [SkuDto] })
  skus: SkuDto[];

  @ApiProperty({ type: 'integer' })
  priceFen: Fen;

  @ApiProperty()
  priceIsFrom: boolean;

  @ApiProperty({ type: 'integer', nullable: true })
  compareAtFen: Fen | null;

  @ApiProperty()
  soldCount: number;
}

export class SkuSummaryDto implements SkuSummary {
  @ApiProperty()
  skuId: string;

  @ApiProperty()
  productId: string;

  @ApiProperty()
  title: string;

  @ApiProperty({ example: '燕麦色 / M' })
  optionText: string;

  @ApiProperty({ type: String, nullable: true })
  imageUrl: string | null;

  @ApiProperty({ type: 'integer' })
  priceFen: Fen;

  @ApiProperty({ description: 'Capped at 99' })
  available: number;
}
