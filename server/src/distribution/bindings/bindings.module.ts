import { Module } from '@nestjs/common';
import { GuidesModule } from '../guides/guides.public.js';
import { BindMemberWhenOrderPaid } from './bind-member-when-order-paid.handler.js';
import { Bindings } from './bindings.js';
import { ReleaseBindingWhenOrderRefunded } from './release-binding-when-order-refunded.handler.js';
import { RenewBindingWhenOrderCompleted } from './renew-binding-when-order-completed.handler.js';

@Module({
  imports: [GuidesModule],
  providers: [Bindings, BindMemberWhenOrderPaid, RenewBindingWhenOrderCompleted, ReleaseBindingWhenOrderRefunded],
  exports: [Bindings],
})
export class BindingsModule {}
