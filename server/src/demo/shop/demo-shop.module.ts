import { Module } from '@nestjs/common';
import { GuidesModule } from '../../distribution/guides/guides.public.js';
import { ProfileModule } from '../../distribution/profile/profile.public.js';
import { RatesModule } from '../../distribution/rates/rates.public.js';
import { StoresModule } from '../../distribution/stores/stores.public.js';
import { WecomContactsModule } from '../../distribution/wecom/wecom.public.js';
import { RepurchaseModule } from '../../marketing/repurchase/repurchase.public.js';
import { SessionsModule } from '../../membership/sessions/sessions.public.js';
import { DemoGoodsModule } from '../goods/demo-goods.public.js';
import { DemoEntrance } from './demo-entrance.js';
import { SeedDemoPeople } from './seed-demo-people.service.js';
import { DemoRules, SeedDemoShop } from './seed-demo-shop.service.js';

@Module({
  imports: [
    RatesModule,
    DemoGoodsModule,
    GuidesModule,
    ProfileModule,
    RepurchaseModule,
    SessionsModule,
    StoresModule,
    WecomContactsModule,
  ],
  providers: [DemoEntrance, DemoRules, SeedDemoPeople, SeedDemoShop],
  exports: [SeedDemoShop],
})
export class DemoShopModule {}
