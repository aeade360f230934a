import { Module } from '@nestjs/common';
import { AttributionModule } from './attribution/attribution.module.js';
import { BindingsModule } from './bindings/bindings.module.js';
import { ChannelCodesModule } from './channel-codes/channel-codes.module.js';
import { CoachingModule } from './coaching/coaching.module.js';
import { CommissionModule } from './commission/commission.module.js';
import { DisputesModule } from './disputes/disputes.module.js';
import { GuidesModule } from './guides/guides.module.js';
import { LedgerModule } from './ledger/ledger.module.js';
import { NoticesModule } from './notices/notices.module.js';
import { PayoutsModule } from './payouts/payouts.module.js';
import { ProfileModule } from './profile/profile.module.js';
import { RatesModule } from './rates/rates.module.js';
import { SalesModule } from './sales/sales.module.js';
import { ShareLinksModule } from './share-links/share-links.module.js';
import { StatementsModule } from './statements/statements.module.js';
import { StoresModule } from './stores/stores.module.js';
import { WecomContactsModule } from './wecom/wecom.module.js';

/** 分销系统: stores, guides, what they share, whose customers and orders are whose, and what that earns. */
@Module({
  imports: [
    AttributionModule,
    BindingsModule,
    ChannelCodesModule,
    CoachingModule,
    CommissionModule,
    DisputesModule,
    GuidesModule,
    LedgerModule,
    NoticesModule,
    PayoutsModule,
    ProfileModule,
    RatesModule,
    SalesModule,
    ShareLinksModule,
    StatementsModule,
    StoresModule,
    WecomContactsModule,
  ],
})
export class DistributionModule {}
