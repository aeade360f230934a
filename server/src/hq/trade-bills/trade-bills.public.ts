export { TradeBillsModule } from './trade-bills.module.js';
