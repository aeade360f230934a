import { Module } from '@nestjs/common';
import { GuidesModule } from '../../distribution/guides/guides.public.js';
import { StoresModule } from '../../distribution/stores/stores.public.js';
import { OrdersModule } from '../orders/orders.public.js';
import { FulfilmentController } from './fulfilment.controller.js';
import { MakeReadyForPickup } from './make-ready-for-pickup.service.js';
import { MoveOrdersInTime } from './move-orders-in-time.job.js';
import { PickupController } from './pickup.controller.js';
import { PickupQueries } from './pickup.queries.js';
import { ReadDelivery } from './read-delivery.service.js';
import { ReceiveByPickupCode } from './receive-by-pickup-code.service.js';
import { ReceiveOrder } from './receive-order.service.js';
import { ShipOrder } from './ship-order.service.js';

@Module({
  imports: [GuidesModule, OrdersModule, StoresModule],
  controllers: [FulfilmentController, PickupController],
  providers: [
    MakeReadyForPickup,
    MoveOrdersInTime,
    PickupQueries,
    ReadDelivery,
    ReceiveByPickupCode,
    ReceiveOrder,
    ShipOrder,
  ],
})
export class FulfilmentModule {}
