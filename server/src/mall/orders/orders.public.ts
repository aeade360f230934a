import { OrderEntity } from './order.entity.js';
import { OrderLineEntity } from './order-line.entity.js';
import { RefundEntity } from './refund.entity.js';
import { RefundLineEntity } from './refund-line.entity.js';
import { ShipmentEntity } from './shipment.entity.js';

export { stateWords } from './domain/order-states.js';
export { holdOrder, lockOrder } from './lock-order.js';
export { MarkOrderPaid } from './mark-order-paid.service.js';
export { type CancelCause, MoveOrder } from './move-order.service.js';
export { type HqOrderView, type OrderDetailView, OrderQueries } from './order.queries.js';
export { OrdersModule } from './orders.module.js';
export { RefundLines } from './refund-lines.js';
export { OrderEntity, OrderLineEntity, RefundEntity, RefundLineEntity, ShipmentEntity };
