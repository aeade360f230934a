import { Module } from '@nestjs/common';
import { CommissionModule } from '../distribution/commission/commission.public.js';
import { GuidesModule } from '../distribution/guides/guides.public.js';
import { ProfileModule } from '../distribution/profile/profile.public.js';
import { StoresModule } from '../distribution/stores/stores.public.js';
import { FreightModule } from '../mall/freight/freight.public.js';
import { RepurchaseModule } from '../marketing/repurchase/repurchase.public.js';
import { SessionsModule } from '../membership/sessions/sessions.public.js';
import { AdvanceClock } from './clock/advance-clock.service.js';
import { DemoClockController } from './clock/demo-clock.controller.js';
import { DemoGoodsModule } from './goods/demo-goods.public.js';
import { DemoEntrance } from './shop/demo-entrance.js';
import { SeedDemoPeople } from './shop/seed-demo-people.service.js';
import { DemoRules, SeedDemoShop } from './shop/seed-demo-shop.service.js';

/** What a demo shop has beyond a real one: goods, people, and a clock that can be moved. */
@Module({
  imports: [
    CommissionModule,
    DemoGoodsModule,
    FreightModule,
    GuidesModule,
    ProfileModule,
    RepurchaseModule,
    SessionsModule,
    StoresModule,
  ],
  controllers: [DemoClockController],
  providers: [AdvanceClock, DemoEntrance, DemoRules, SeedDemoPeople, SeedDemoShop],
  exports: [SeedDemoShop],
})
export class DemoModule {}
