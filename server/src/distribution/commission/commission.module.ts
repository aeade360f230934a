import { Module } from '@nestjs/common';
import { MessagesModule } from '../../membership/messages/messages.public.js';
import { AttributionModule } from '../attribution/attribution.public.js';
import { BindingsModule } from '../bindings/bindings.public.js';
import { CoachingModule } from '../coaching/coaching.public.js';
import { GuidesModule } from '../guides/guides.public.js';
import { LedgerModule } from '../ledger/ledger.public.js';
import { NoticesModule } from '../notices/notices.public.js';
import { RatesModule } from '../rates/rates.public.js';
import { SalesModule } from '../sales/sales.public.js';
import { ShareLinksModule } from '../share-links/share-links.public.js';
import { StatementsModule } from '../statements/statements.public.js';
import { StoresModule } from '../stores/stores.public.js';
import { AccrueCommission } from './accrue-commission.js';
import { AccrueCommissionWhenOrderPaid } from './accrue-commission-when-order-paid.handler.js';
import { CommissionQueries } from './commission.queries.js';
import { CommissionEntries } from './commission-entries.js';
import { CommissionHolds } from './commission-holds.js';
import { DeskSignals } from './desk-signals.js';
import { FreeCommissionWhenRefundFailed } from './free-commission-when-refund-failed.handler.js';
import { FreezeCommissionWhenOrderReceived } from './freeze-commission-when-order-received.handler.js';
import { GrantCommission } from './grant-commission.service.js';
import { GuideCommissionsController } from './guide-commissions.controller.js';
import { GuideDeskQueries } from './guide-desk.queries.js';
import { GuideWeekQueries } from './guide-week.queries.js';
import { HqCommissionsController } from './hq-commissions.controller.js';
import { MergeCommission } from './merge-commission.part.js';
import { MessageGuideWhenCommissionReleased } from './message-guide-when-commission-released.handler.js';
import { MoveCommission } from './move-commission.js';
import { ReceiptQueries } from './receipt.queries.js';
import { ReleaseMaturedCommission } from './release-matured-commission.job.js';
import { ReverseCommissionWhenRefundSucceeded } from './reverse-commission-when-refund-succeeded.handler.js';
import { SettleCommissionTails } from './settle-commission-tails.job.js';
import { SettleTail } from './settle-tail.service.js';

@Module({
  imports: [
    AttributionModule,
    BindingsModule,
    CoachingModule,
    GuidesModule,
    LedgerModule,
    MessagesModule,
    NoticesModule,
    RatesModule,
    SalesModule,
    ShareLinksModule,
    StatementsModule,
    StoresModule,
  ],
  controllers: [GuideCommissionsController, HqCommissionsController],
  providers: [
    MergeCommission,
    AccrueCommission,
    AccrueCommissionWhenOrderPaid,
    CommissionEntries,
    CommissionHolds,
    FreeCommissionWhenRefundFailed,
    CommissionQueries,
    FreezeCommissionWhenOrderReceived,
    GrantCommission,
    DeskSignals,
    GuideDeskQueries,
    GuideWeekQueries,
    MessageGuideWhenCommissionReleased,
    MoveCommission,
    ReceiptQueries,
    ReleaseMaturedCommission,
    ReverseCommissionWhenRefundSucceeded,
    SettleCommissionTails,
    SettleTail,
  ],
  exports: [CommissionHolds, CommissionQueries, GrantCommission],
})
export class CommissionModule {}
