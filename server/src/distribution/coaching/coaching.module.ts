import { Module } from '@nestjs/common';
import { AttributionModule } from '../attribution/attribution.public.js';
import { NoticesModule } from '../notices/notices.public.js';
import { SalesModule } from '../sales/sales.public.js';
import { ShareLinksModule } from '../share-links/share-links.public.js';
import { CoachBusyGuides } from './coach-busy-guides.job.js';
import { CoachingQueries } from './coaching.queries.js';

@Module({
  imports: [AttributionModule, NoticesModule, SalesModule, ShareLinksModule],
  providers: [CoachingQueries, CoachBusyGuides],
  exports: [CoachingQueries, CoachBusyGuides],
})
export class CoachingModule {}
