import { Module } from '@nestjs/common';
import { MembersModule } from '../../membership/members/members.public.js';
import { GuidesModule } from '../guides/guides.public.js';
import { NoticesModule } from '../notices/notices.public.js';
import { StoresModule } from '../stores/stores.public.js';
import { BindMemberWhenOrderPaid } from './bind-member-when-order-paid.handler.js';
import { BindingHistoryQueries } from './binding-history.queries.js';
import { Bindings } from './bindings.js';
import { FinishHandOvers } from './finish-hand-overs.job.js';
import { HqBindingsController } from './hq-bindings.controller.js';
import { MergeBindings } from './merge-bindings.part.js';
import { MoveMembers } from './move-members.service.js';
import { BindingPersonalData } from './personal-bindings.part.js';
import { ReleaseBindingWhenOrderRefunded } from './release-binding-when-order-refunded.handler.js';
import { RenewBindingWhenOrderCompleted } from './renew-binding-when-order-completed.handler.js';
import { StartHandOver } from './start-hand-over.service.js';
import { TransferMember } from './transfer-member.service.js';

@Module({
  imports: [GuidesModule, MembersModule, NoticesModule, StoresModule],
  controllers: [HqBindingsController],
  providers: [
    BindingPersonalData,
    Bindings,
    BindingHistoryQueries,
    BindMemberWhenOrderPaid,
    RenewBindingWhenOrderCompleted,
    ReleaseBindingWhenOrderRefunded,
    FinishHandOvers,
    MergeBindings,
    MoveMembers,
    StartHandOver,
    TransferMember,
  ],
  exports: [Bindings],
})
export class BindingsModule {}
