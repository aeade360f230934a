import { Module } from '@nestjs/common';
import { MessagesModule } from '../../membership/messages/messages.public.js';
import { GuidesModule } from '../guides/guides.public.js';
import { NoticesModule } from '../notices/notices.public.js';
import { SalesModule } from '../sales/sales.public.js';
import { StoresModule } from '../stores/stores.public.js';
import { ChangeRateDraft } from './change-rate-draft.service.js';
import { CommissionRates } from './commission-rates.js';
import { CommissionRuleQueries } from './commission-rule.queries.js';
import { CommissionRulesController } from './commission-rules.controller.js';
import { DiscardRateDraft } from './discard-rate-draft.service.js';
import { DryRunReport } from './dry-run-report.js';
import { EndRate } from './end-rate.service.js';
import { MarginGate } from './margin-gate.js';
import { MessageGuidesWhenRatePublished } from './message-guides-when-rate-published.handler.js';
import { PreviewRate } from './preview-rate.service.js';
import { PreviewRateDraft } from './preview-rate-draft.service.js';
import { ProposeRate } from './propose-rate.service.js';
import { PublishRate } from './publish-rate.service.js';
import { PublishRateDraft } from './publish-rate-draft.service.js';
import { RateBook } from './rate-book.js';
import { RateDraftQueries } from './rate-draft.queries.js';
import { RateDraftsController } from './rate-drafts.controller.js';
import { RateScopes } from './rate-scopes.js';
import { StoreRuleLimits } from './store-rule-limits.js';
import { TellGuidesWhenRatePublished } from './tell-guides-when-rate-published.handler.js';
import { WriteRateDraft } from './write-rate-draft.service.js';

/** RATED_GOODS comes from a global module of the mall. */
@Module({
  imports: [GuidesModule, MessagesModule, NoticesModule, SalesModule, StoresModule],
  controllers: [CommissionRulesController, RateDraftsController],
  providers: [
    CommissionRates,
    CommissionRuleQueries,
    RateDraftQueries,
    RateScopes,
    StoreRuleLimits,
    ProposeRate,
    PreviewRate,
    DryRunReport,
    MarginGate,
    RateBook,
    PublishRate,
    EndRate,
    WriteRateDraft,
    ChangeRateDraft,
    DiscardRateDraft,
    PreviewRateDraft,
    PublishRateDraft,
    MessageGuidesWhenRatePublished,
    TellGuidesWhenRatePublished,
  ],
  exports: [CommissionRates, PublishRate],
})
export class RatesModule {}
