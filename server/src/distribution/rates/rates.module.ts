import { Module } from '@nestjs/common';
import { CommissionRates } from './commission-rates.js';
import { CommissionRuleQueries } from './commission-rule.queries.js';
import { CommissionRulesController } from './commission-rules.controller.js';
import { PublishRate } from './publish-rate.service.js';

@Module({
  controllers: [CommissionRulesController],
  providers: [CommissionRates, CommissionRuleQueries, PublishRate],
  exports: [CommissionRates, PublishRate],
})
export class RatesModule {}
