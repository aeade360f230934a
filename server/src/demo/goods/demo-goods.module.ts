import { Module } from '@nestjs/common';
import { CatalogModule } from '../../mall/catalog/catalog.public.js';
import { SeedDemoGoods } from './seed-demo-goods.service.js';

/** The goods of the demo shop and their pictures. */
@Module({ imports: [CatalogModule], providers: [SeedDemoGoods], exports: [SeedDemoGoods] })
export class DemoGoodsModule {}
