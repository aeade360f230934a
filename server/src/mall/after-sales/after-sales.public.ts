export { AfterSalesModule } from './after-sales.module.js';
export { SettleRefund } from './settle-refund.service.js';
