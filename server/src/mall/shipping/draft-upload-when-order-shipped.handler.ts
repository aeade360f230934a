import { EventType } from '@mall/shared/events';
import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/tx.js';
import { type EventHandler, HandlesEvent, type OutboxEvent } from '../../platform/outbox/event-handler.js';
import { DraftUpload } from './draft-upload.service.js';

/** The parcel is on its way: WeChat is to be told. */
@Injectable()
@HandlesEvent(EventType.OrderShipped, 'draft-upload-when-order-shipped')
export class DraftUploadWhenOrderShipped implements EventHandler<'order.shipped'> {
  constructor(private readonly draft: DraftUpload) {}

  async handle(tx: Tx, { payload }: OutboxEvent<'order.shipped'>): Promise<void> {
    await this.draft.execute(tx, payload.orderId, payload.at);
  }
}
