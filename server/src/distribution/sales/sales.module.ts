import { Module } from '@nestjs/common';
import { SoldGoods } from './sold-goods.js';

@Module({ providers: [SoldGoods], exports: [SoldGoods] })
export class SalesModule {}
