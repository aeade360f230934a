import { Module } from '@nestjs/common';
import { ConsentModule } from '../../membership/consent/consent.public.js';
import { MembersModule } from '../../membership/members/members.public.js';
import { MessagesModule } from '../../membership/messages/messages.public.js';
import { WechatTransferClient } from '../../wechat/wechat.public.js';
import { GuidesModule } from '../guides/guides.public.js';
import { LedgerModule } from '../ledger/ledger.public.js';
import { NoticesModule } from '../notices/notices.public.js';
import { BalanceQueries } from './balance.queries.js';
import { CancelPayout } from './cancel-payout.service.js';
import { ClaimTransfer } from './claim-transfer.js';
import { ConfirmationQueries } from './confirmation.queries.js';
import { DecidePayout } from './decide-payout.service.js';
import { DraftPayout } from './draft-payout.js';
import { GuidePayoutsController } from './guide-payouts.controller.js';
import { GuideTransfersController } from './guide-transfers.controller.js';
import { HqPayoutsController } from './hq-payouts.controller.js';
import { HqPayrollController } from './hq-payroll.controller.js';
import { IncomeQueries } from './income.queries.js';
import { MerchantLimits } from './merchant-limits.js';
import { MessageGuideWhenPayoutArrived } from './message-guide-when-payout-arrived.handler.js';
import { PayeeNames } from './payee-names.js';
import { PayoutQueries } from './payout.queries.js';
import { PayoutAccounts } from './payout-accounts.js';
import { PayoutContradictions } from './payout-contradictions.js';
import { PayrollQueries } from './payroll.queries.js';
import { PayoutPersonalData } from './personal-payouts.part.js';
import { RequestPayout } from './request-payout.service.js';
import { ResolveContradiction } from './resolve-contradiction.service.js';
import { SettleByPayroll } from './settle-by-payroll.service.js';
import { SettleTransfer } from './settle-transfer.service.js';
import { SettleTransferNotice } from './settle-transfer-notice.service.js';
import { SubmitTransfer } from './submit-transfer.service.js';
import { SubmitTransfers } from './submit-transfers.job.js';
import { TRANSFER_PROVIDER, type TransferProvider } from './transfer-provider.js';
import { WechatTransfers } from './wechat-transfers.js';

/** WeChat sends the money, if this merchant may make transfers; else approved payouts wait and say so. */
@Module({
  imports: [ConsentModule, GuidesModule, LedgerModule, MembersModule, MessagesModule, NoticesModule],
  controllers: [GuidePayoutsController, GuideTransfersController, HqPayrollController, HqPayoutsController],
  providers: [
    PayoutPersonalData,
    BalanceQueries,
    CancelPayout,
    ClaimTransfer,
    ConfirmationQueries,
    DecidePayout,
    DraftPayout,
    IncomeQueries,
    MerchantLimits,
    MessageGuideWhenPayoutArrived,
    PayeeNames,
    PayoutAccounts,
    PayoutContradictions,
    PayoutQueries,
    PayrollQueries,
    RequestPayout,
    ResolveContradiction,
    SettleByPayroll,
    SettleTransfer,
    SettleTransferNotice,
    WechatTransfers,
    {
      provide: TRANSFER_PROVIDER,
      inject: [WechatTransferClient, WechatTransfers],
      useFactory: (client: WechatTransferClient, transfers: WechatTransfers): TransferProvider | null =>
        client.agreement === null ? null : transfers,
    },
    SubmitTransfer,
    SubmitTransfers,
  ],
  exports: [PayoutQueries, SettleTransfer, SettleTransferNotice],
})
export class PayoutsModule {}
