import { Module } from '@nestjs/common';
import { AttributionModule } from '../attribution/attribution.public.js';
import { BindingsModule } from '../bindings/bindings.public.js';
import { GuidesModule } from '../guides/guides.public.js';
import { LedgerModule } from '../ledger/ledger.public.js';
import { ShareLinksModule } from '../share-links/share-links.public.js';
import { AccrueCommissionWhenOrderPaid } from './accrue-commission-when-order-paid.handler.js';
import { CommissionQueries } from './commission.queries.js';
import { CommissionEntries } from './commission-entries.js';
import { CommissionHolds } from './commission-holds.js';
import { CommissionRates } from './commission-rates.js';
import { CommissionRuleQueries } from './commission-rule.queries.js';
import { CommissionRulesController } from './commission-rules.controller.js';
import { FreeCommissionWhenRefundFailed } from './free-commission-when-refund-failed.handler.js';
import { FreezeCommissionWhenOrderReceived } from './freeze-commission-when-order-received.handler.js';
import { GuideCommissionsController } from './guide-commissions.controller.js';
import { GuideDeskQueries } from './guide-desk.queries.js';
import { HoldCommissionWhenRefundRequested } from './hold-commission-when-refund-requested.handler.js';
import { HqCommissionsController } from './hq-commissions.controller.js';
import { PublishRate } from './publish-rate.service.js';
import { ReleaseMaturedCommission } from './release-matured-commission.job.js';
import { ReverseCommissionWhenRefundSucceeded } from './reverse-commission-when-refund-succeeded.handler.js';

@Module({
  imports: [AttributionModule, BindingsModule, GuidesModule, LedgerModule, ShareLinksModule],
  controllers: [CommissionRulesController, GuideCommissionsController, HqCommissionsController],
  providers: [
    AccrueCommissionWhenOrderPaid,
    CommissionEntries,
    CommissionHolds,
    FreeCommissionWhenRefundFailed,
    HoldCommissionWhenRefundRequested,
    CommissionQueries,
    CommissionRates,
    CommissionRuleQueries,
    FreezeCommissionWhenOrderReceived,
    GuideDeskQueries,
    PublishRate,
    ReleaseMaturedCommission,
    ReverseCommissionWhenRefundSucceeded,
  ],
  exports: [CommissionRates, PublishRate],
})
export class CommissionModule {}
