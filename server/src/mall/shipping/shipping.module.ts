import { Module } from '@nestjs/common';
import { MessagesModule } from '../../membership/messages/messages.public.js';
import { OrdersModule } from '../orders/orders.public.js';
import { PaymentsModule } from '../payments/payments.public.js';
import { AskForReceipt } from './ask-for-receipt.service.js';
import { ChangeParcel } from './change-parcel.service.js';
import { CheckReceipt } from './check-receipt.service.js';
import { CheckReceipts } from './check-receipts.job.js';
import { CloseAlert } from './close-alert.service.js';
import { DraftUpload } from './draft-upload.service.js';
import { DraftUploadWhenGoodsReady } from './draft-upload-when-goods-ready.handler.js';
import { DraftUploadWhenOrderShipped } from './draft-upload-when-order-shipped.handler.js';
import { MessageCustomerWhenOrderShipped } from './message-customer-when-order-shipped.handler.js';
import { NoteSettlement } from './note-settlement.push.js';
import { ShippingPersonalData } from './personal-shipping.part.js';
import { RaiseAlert } from './raise-alert.push.js';
import { RemindOfReceipt } from './remind-of-receipt.service.js';
import { RetryUpload } from './retry-upload.service.js';
import { ShippingController } from './shipping.controller.js';
import { ShippingQueries } from './shipping.queries.js';
import { ShippingHqController } from './shipping-hq.controller.js';
import { UploadShippingJob } from './upload-shipping.job.js';
import { UploadShipping } from './upload-shipping.service.js';

@Module({
  imports: [MessagesModule, OrdersModule, PaymentsModule],
  controllers: [ShippingController, ShippingHqController],
  providers: [
    AskForReceipt,
    ChangeParcel,
    CheckReceipt,
    CheckReceipts,
    CloseAlert,
    DraftUpload,
    DraftUploadWhenGoodsReady,
    DraftUploadWhenOrderShipped,
    MessageCustomerWhenOrderShipped,
    NoteSettlement,
    RaiseAlert,
    RemindOfReceipt,
    RetryUpload,
    ShippingPersonalData,
    ShippingQueries,
    UploadShipping,
    UploadShippingJob,
  ],
})
export class ShippingModule {}
