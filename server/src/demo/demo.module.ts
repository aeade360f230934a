import { Module } from '@nestjs/common';
import { DemoClockModule } from './clock/demo-clock.module.js';
import { DemoGoodsModule } from './goods/demo-goods.module.js';
import { DemoPayoutsModule } from './payouts/demo-payouts.module.js';
import { DemoShopModule } from './shop/demo-shop.module.js';

/** What a demo shop has beyond a real one: goods, people, payouts that arrive, and a clock that can be moved. */
@Module({ imports: [DemoClockModule, DemoGoodsModule, DemoPayoutsModule, DemoShopModule] })
export class DemoModule {}
