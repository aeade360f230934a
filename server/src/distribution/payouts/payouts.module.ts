import { Module } from '@nestjs/common';
import { GuidesModule } from '../guides/guides.public.js';
import { LedgerModule } from '../ledger/ledger.public.js';
import { NoticesModule } from '../notices/notices.public.js';
import { BalanceQueries } from './balance.queries.js';
import { CancelPayout } from './cancel-payout.service.js';
import { DecidePayout } from './decide-payout.service.js';
import { GuidePayoutsController } from './guide-payouts.controller.js';
import { HqPayoutsController } from './hq-payouts.controller.js';
import { PayoutQueries } from './payout.queries.js';
import { PayoutAccounts } from './payout-accounts.js';
import { PayoutPersonalData } from './personal-payouts.part.js';
import { RequestPayout } from './request-payout.service.js';
import { SettleByPayroll } from './settle-by-payroll.service.js';
import { SettleTransfer } from './settle-transfer.service.js';
import { SubmitTransfer } from './submit-transfer.service.js';
import { SubmitTransfers } from './submit-transfers.job.js';

/** Who sends the money is bound from outside: see TRANSFER_PROVIDER. */
@Module({
  imports: [GuidesModule, LedgerModule, NoticesModule],
  controllers: [GuidePayoutsController, HqPayoutsController],
  providers: [
    PayoutPersonalData,
    BalanceQueries,
    CancelPayout,
    DecidePayout,
    PayoutAccounts,
    PayoutQueries,
    RequestPayout,
    SettleByPayroll,
    SettleTransfer,
    SubmitTransfer,
    SubmitTransfers,
  ],
  exports: [PayoutQueries, SettleTransfer],
})
export class PayoutsModule {}
