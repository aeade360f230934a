import type { StockLevel } from '@mall/shared/hq';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { HqActor } from '../../platform/auth/actor.js';
import { CurrentHqUser, HqOnly } from '../../platform/auth/auth.guard.js';
import { Database } from '../../platform/database/database.js';
import { Stock } from '../stock/stock.public.js';
import { AdjustSkuStock } from './adjust-sku-stock.service.js';
import {
  HqProductPageDto,
  HqProductsQuery,
  PublicationDto,
  StockAdjustmentInputDto,
  StockLevelDto,
  StockLevelsQuery,
} from './hq-catalog.dto.js';
import { listHqProducts } from './hq-product.queries.js';
import { PublishProduct } from './publish-product.service.js';

@ApiTags('hq: catalogue')
@ApiBearerAuth()
@Controller('api/hq')
export class HqCatalogController {
  constructor(
    private readonly database: Database,
    private readonly stock: Stock,
    private readonly publishProduct: PublishProduct,
    private readonly adjustSkuStock: AdjustSkuStock,
  ) {}

  @Get('products')
  @HqOnly('operator', 'finance', 'auditor')
  @ApiOperation({ summary: 'All products, published or not, by handle' })
  @ApiOkResponse({ type: HqProductPageDto })
  products(@Query() { cursor }: HqProductsQuery): Promise<HqProductPageDto> {
    return listHqProducts(this.database, cursor ?? null);
  }

  @Post('products/:id/publish')
  @HttpCode(200)
  @HqOnly('operator')
  @ApiOperation({ summary: 'Shows the product to customers; 409 when no SKU has a price' })
  @ApiOkResponse({ type: PublicationDto })
  publish(@Param('id') id: string, @CurrentHqUser() actor: HqActor): Promise<PublicationDto> {
    return this.publishProduct.execute(id, true, actor);
  }

  @Post('products/:id/unpublish')
  @HttpCode(200)
  @HqOnly('operator')
  @ApiOperation({ summary: 'Hides the product; orders keep what they have' })
  @ApiOkResponse({ type: PublicationDto })
  unpublish(@Param('id') id: string, @CurrentHqUser() actor: HqActor): Promise<PublicationDto> {
    return this.publishProduct.execute(id, false, actor);
  }

  @Get('stock')
  @HqOnly('operator', 'finance', 'auditor')
  @ApiOperation({ summary: 'R7.3: where the pieces of these SKUs are' })
  @ApiOkResponse({ type: [StockLevelDto] })
  levels(@Query() { skuIds }: StockLevelsQuery): Promise<StockLevel[]> {
    return this.stock.levels(this.database, skuIds);
  }

  @Post('skus/:id/stock-adjustments')
  @HttpCode(200)
  @HqOnly('operator')
  @ApiOperation({ summary: 'Adds pieces to the shelf or takes them away; 409 when fewer are there' })
  @ApiOkResponse({ type: StockLevelDto })
  adjust(
    @Param('id') id: string,
    @Body() input: StockAdjustmentInputDto,
    @CurrentHqUser() actor: HqActor,
  ): Promise<StockLevel> {
    return this.adjustSkuStock.execute(id, input, actor);
  }
}
