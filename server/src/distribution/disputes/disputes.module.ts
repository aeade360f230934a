import { Module } from '@nestjs/common';
import { AttributionModule } from '../attribution/attribution.public.js';
import { CommissionModule } from '../commission/commission.public.js';
import { GuidesModule } from '../guides/guides.public.js';
import { NoticesModule } from '../notices/notices.public.js';
import { SalesModule } from '../sales/sales.public.js';
import { StoresModule } from '../stores/stores.public.js';
import { DecideDispute } from './decide-dispute.service.js';
import { DisputeQueries } from './dispute.queries.js';
import { GrantDispute } from './grant-dispute.js';
import { GuideOrderQueries } from './guide-order.queries.js';
import { GuideOrdersController } from './guide-orders.controller.js';
import { HqDisputesController } from './hq-disputes.controller.js';
import { MayAppeal } from './may-appeal.js';
import { OpenDispute } from './open-dispute.service.js';
import { TellDecision } from './tell-decision.js';
import { WithdrawDispute } from './withdraw-dispute.service.js';

@Module({
  imports: [AttributionModule, CommissionModule, GuidesModule, NoticesModule, SalesModule, StoresModule],
  controllers: [GuideOrdersController, HqDisputesController],
  providers: [
    DecideDispute,
    DisputeQueries,
    GrantDispute,
    GuideOrderQueries,
    MayAppeal,
    OpenDispute,
    TellDecision,
    WithdrawDispute,
  ],
})
export class DisputesModule {}
