import { Global, Module } from '@nestjs/common';
import { GuidesModule } from '../../distribution/guides/guides.public.js';
import { PayoutsModule, TRANSFER_PROVIDER, type TransferProvider } from '../../distribution/payouts/payouts.public.js';
import type { Environment } from '../../platform/config/environment.js';
import { ENVIRONMENT } from '../../platform/config/environment.token.js';
import { ConfirmTransfer } from './confirm-transfer.service.js';
import { DemoPayoutsController } from './demo-payouts.controller.js';
import { DemoTransfers } from './demo-transfers.js';

/** Global, so that payouts find who sends money without knowing the demo. Outside a demo nobody does. */
@Global()
@Module({
  imports: [GuidesModule, PayoutsModule],
  controllers: [DemoPayoutsController],
  providers: [
    ConfirmTransfer,
    {
      provide: TRANSFER_PROVIDER,
      inject: [ENVIRONMENT],
      useFactory: ({ demo }: Environment): TransferProvider | null => (demo ? new DemoTransfers() : null),
    },
  ],
  exports: [TRANSFER_PROVIDER],
})
export class DemoPayoutsModule {}
