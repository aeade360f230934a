import { Module } from '@nestjs/common';
import { MergeSales } from './merge-sales.part.js';
import { SoldGoods } from './sold-goods.js';

@Module({ providers: [MergeSales, SoldGoods], exports: [SoldGoods] })
export class SalesModule {}
