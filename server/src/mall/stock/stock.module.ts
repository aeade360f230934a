import { Module } from '@nestjs/common';
import { Stock } from './stock.service.js';

/** Where the pieces are (R7.3). */
@Module({ providers: [Stock], exports: [Stock] })
export class StockModule {}
