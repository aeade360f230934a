export { PayoutQueries } from './payout.queries.js';
export { PayoutDto } from './payouts.dto.js';
export { PayoutsModule } from './payouts.module.js';
export { SettleTransfer } from './settle-transfer.service.js';
export {
  type QueryAnswer,
  type SubmitAnswer,
  TRANSFER_PROVIDER,
  type TransferOrder,
  type TransferProvider,
  type TransferStanding,
} from './transfer-provider.js';
