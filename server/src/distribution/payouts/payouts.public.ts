export { PayoutQueries } from './payout.queries.js';
export { PayoutsModule } from './payouts.module.js';
export { SettleTransfer } from './settle-transfer.service.js';
export { SettleTransferNotice } from './settle-transfer-notice.service.js';
export { SubmitTransfers } from './submit-transfers.job.js';
export {
  type CancelAnswer,
  type QueryAnswer,
  type SubmitAnswer,
  TRANSFER_PROVIDER,
  type TransferOrder,
  type TransferProvider,
  type TransferStanding,
} from './transfer-provider.js';
