import { Module } from '@nestjs/common';
import { OrdersModule } from '../orders/orders.public.js';
import { FulfilmentController } from './fulfilment.controller.js';
import { MoveOrdersInTime } from './move-orders-in-time.job.js';
import { ReadDelivery } from './read-delivery.service.js';
import { ReceiveOrder } from './receive-order.service.js';
import { ShipOrder } from './ship-order.service.js';

@Module({
  imports: [OrdersModule],
  controllers: [FulfilmentController],
  providers: [MoveOrdersInTime, ReadDelivery, ReceiveOrder, ShipOrder],
})
export class FulfilmentModule {}
