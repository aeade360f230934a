export { SalesModule } from './sales.module.js';
export { SoldGoods } from './sold-goods.js';
export type { SoldLineEntity } from './sold-line.entity.js';
export type { SoldOrderEntity } from './sold-order.entity.js';
