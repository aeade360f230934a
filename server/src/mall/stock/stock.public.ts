export type { StockLine } from './domain/stock-lines.js';
export { StockModule } from './stock.module.js';
export { Stock, type StockAdjustment, type StockShortage } from './stock.service.js';
