import { Module } from '@nestjs/common';
import { AskForTradeBill } from './ask-for-trade-bill.service.js';
import { CompareTradeBill } from './compare-trade-bill.js';
import { FetchTradeBill } from './fetch-trade-bill.service.js';
import { FetchTradeBills } from './fetch-trade-bills.job.js';
import { ResolveBillDifference } from './resolve-bill-difference.service.js';
import { TradeBillQueries } from './trade-bill.queries.js';
import { TradeBillsController } from './trade-bills.controller.js';

@Module({
  controllers: [TradeBillsController],
  providers: [
    AskForTradeBill,
    CompareTradeBill,
    FetchTradeBill,
    FetchTradeBills,
    ResolveBillDifference,
    TradeBillQueries,
  ],
})
export class TradeBillsModule {}
