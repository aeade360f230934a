import { Module } from '@nestjs/common';
import { AttributionModule } from './attribution/attribution.module.js';
import { BindingsModule } from './bindings/bindings.module.js';
import { CommissionModule } from './commission/commission.module.js';
import { GuidesModule } from './guides/guides.module.js';
import { LedgerModule } from './ledger/ledger.module.js';
import { ProfileModule } from './profile/profile.module.js';
import { ShareLinksModule } from './share-links/share-links.module.js';
import { StoresModule } from './stores/stores.module.js';

/** 分销系统: stores, guides, what they share, whose customers and orders are whose, and what that earns. */
@Module({
  imports: [
    AttributionModule,
    BindingsModule,
    CommissionModule,
    GuidesModule,
    LedgerModule,
    ProfileModule,
    ShareLinksModule,
    StoresModule,
  ],
})
export class DistributionModule {}
