import { Module } from '@nestjs/common';
import { DemoClockModule } from './clock/demo-clock.module.js';
import { DemoGoodsModule } from './goods/demo-goods.module.js';
import { DemoShopModule } from './shop/demo-shop.module.js';

/** What a demo shop has beyond a real one: goods, people, and a clock that can be moved. */
@Module({ imports: [DemoClockModule, DemoGoodsModule, DemoShopModule] })
export class DemoModule {}
