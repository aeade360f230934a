import { Module } from '@nestjs/common';
import { StockModule } from './stock/stock.module.js';

/** The mall: goods, stock, freight, orders. */
@Module({ imports: [StockModule] })
export class MallModule {}
