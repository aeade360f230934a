import { Module } from '@nestjs/common';
import { BindingsModule } from '../bindings/bindings.public.js';
import { GuidesModule } from '../guides/guides.public.js';
import { ShareLinksModule } from '../share-links/share-links.public.js';
import { StoresModule } from '../stores/stores.public.js';
import { AttributionController } from './attribution.controller.js';
import { Attribution } from './attribution.js';
import { AttributionQueries } from './attribution.queries.js';
import { GatherEvidence } from './gather-evidence.service.js';
import { MergeAttributions } from './merge-attributions.part.js';
import { ReplayAttribution } from './replay-attribution.service.js';

@Module({
  imports: [BindingsModule, GuidesModule, ShareLinksModule, StoresModule],
  controllers: [AttributionController],
  providers: [MergeAttributions, Attribution, AttributionQueries, GatherEvidence, ReplayAttribution],
  exports: [Attribution, AttributionQueries, ReplayAttribution],
})
export class AttributionModule {}
