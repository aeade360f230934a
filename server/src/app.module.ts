import { type DynamicModule, Module } from '@nestjs/common';
import { MallModule } from './mall/mall.module.js';
import { MarketingModule } from './marketing/marketing.module.js';
import { MIGRATIONS } from './migrations/migrations.js';
import type { Environment } from './platform/config/environment.js';
import { DatabaseModule } from './platform/database/database.module.js';
import { PlatformModule } from './platform/platform.module.js';
import { ENTITIES } from './schema.js';

/** The whole server: ground, then the wings. */
@Module({})
export class AppModule {
  static forEnvironment(environment: Environment): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.forEnvironment(environment),
        DatabaseModule.forSchema({ entities: ENTITIES, migrations: MIGRATIONS }),
        MarketingModule,
        MallModule,
      ],
    };
  }
}
