import { Module } from '@nestjs/common';
import { BindingsModule } from './bindings/bindings.module.js';
import { GuidesModule } from './guides/guides.module.js';
import { ProfileModule } from './profile/profile.module.js';
import { ShareLinksModule } from './share-links/share-links.module.js';
import { StoresModule } from './stores/stores.module.js';

/** 分销系统: who sells, by which links, to whose customers. */
@Module({ imports: [StoresModule, GuidesModule, ShareLinksModule, BindingsModule, ProfileModule] })
export class DistributionModule {}
