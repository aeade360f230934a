import type { Brand, Category, ProductCard, ProductDetail, ShopFront, SkuSummary } from '@mall/shared/catalogue';
import type { Page } from '@mall/shared/paging';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { OpenToAnyone } from '../../platform/auth/auth.guard.js';
import { Database } from '../../platform/database/database.js';
import { notFound } from '../../platform/http/problem.js';
import {
  BrandDto,
  CategoryDto,
  ProductDetailDto,
  ProductListQueryDto,
  ProductPageDto,
  ShopFrontDto,
  SkuIdsQuery,
  SkuSummaryDto,
} from './catalog.dto.js';
import { Catalog } from './catalog.service.js';
import { findProductDetail, findSkuSummaries } from './product-detail.queries.js';
import { listBrands, listCategories } from './shelves.queries.js';

@ApiTags('catalogue')
@OpenToAnyone()
@Controller('api')
export class CatalogController {
  constructor(
    private readonly database: Database,
    private readonly catalog: Catalog,
  ) {}

  @Get('shop-front')
  @ApiOperation({ summary: 'What the first page shows: categories, the newest, the first page of the best selling' })
  @ApiOkResponse({ type: ShopFrontDto })
  async shopFront(): Promise<ShopFront> {
    const [categories, newest, bestSelling] = await Promise.all([
      this.categories(),
      this.products({ sort: 'newest', inStock: true, limit: 1 }),
      this.products({ sort: 'best_selling' }),
    ]);
    return { categories, newest: newest.items[0] ?? null, bestSelling };
  }

  @Get('brands')
  @ApiOperation({ summary: 'Brands with something to see' })
  @ApiOkResponse({ type: [BrandDto] })
  brands(): Promise<Brand[]> {
    return listBrands(this.database);
  }

  @Get('categories')
  @ApiOperation({ summary: 'Categories with something to see, parents before their children' })
  @ApiOkResponse({ type: [CategoryDto] })
  categories(): Promise<Category[]> {
    return listCategories(this.database);
  }

  @Get('products')
  @ApiOperation({ summary: 'Published products by filter, sort and search, a page at a time' })
  @ApiOkResponse({ type: ProductPageDto })
  async products(@Query() query: ProductListQueryDto): Promise<Page<ProductCard>> {
    const page = await this.catalog.publishedCards(this.database, query);
    return { items: page.items.map(({ card }) => card), nextCursor: page.nextCursor };
  }

  @Get('products/:id')
  @ApiOperation({ summary: 'A published product with its SKUs; 404 for any other' })
  @ApiOkResponse({ type: ProductDetailDto })
  async product(@Param('id') id: string): Promise<ProductDetail> {
    const product = await findProductDetail(this.database, id);
    if (product === null) throw notFound();
    return product;
  }

  @Get('skus')
  @ApiOperation({ summary: 'What a cart shows; unknown or unpublished ids are absent' })
  @ApiOkResponse({ type: [SkuSummaryDto] })
  skus(@Query() { ids }: SkuIdsQuery): Promise<SkuSummary[]> {
    return findSkuSummaries(this.database, ids);
  }
}
