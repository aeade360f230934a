import { type DynamicModule, Module } from '@nestjs/common';
import { DemoModule } from './demo/demo.module.js';
import { DistributionModule } from './distribution/distribution.module.js';
import { HqModule } from './hq/hq.module.js';
import type { LoadedEnvironment } from './load-environment.js';
import { MallModule } from './mall/mall.module.js';
import { MarketingModule } from './marketing/marketing.module.js';
import { MembershipModule } from './membership/membership.module.js';
import { MIGRATIONS } from './migrations/migrations.js';
import { DatabaseModule } from './platform/database/database.module.js';
import { PlatformModule } from './platform/platform.module.js';
import { ENTITIES } from './schema.js';
import { WechatPushModule } from './wechat/push.module.js';
import { WechatModule } from './wechat/wechat.module.js';
import { WecomModule } from './wechat/wecom.module.js';

/** The whole server: ground, then the wings. */
@Module({})
export class AppModule {
  static forEnvironment({ environment, wechat, wecom }: LoadedEnvironment): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.forEnvironment(environment),
        DatabaseModule.forSchema({ entities: ENTITIES, migrations: MIGRATIONS }),
        WechatModule.forConfig(wechat),
        WecomModule.forConfig(wecom),
        WechatPushModule,
        MembershipModule,
        DistributionModule,
        MarketingModule,
        MallModule,
        HqModule,
        DemoModule,
      ],
    };
  }
}
