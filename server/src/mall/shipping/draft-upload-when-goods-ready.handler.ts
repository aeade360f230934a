import { EventType } from '@mall/shared/events';
import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/tx.js';
import { type EventHandler, HandlesEvent, type OutboxEvent } from '../../platform/outbox/event-handler.js';
import { DraftUpload } from './draft-upload.service.js';

/** The goods lie ready in the store: WeChat is to be told. */
@Injectable()
@HandlesEvent(EventType.OrderReadyForPickup, 'draft-upload-when-goods-ready')
export class DraftUploadWhenGoodsReady implements EventHandler<'order.pickup-ready'> {
  constructor(private readonly draft: DraftUpload) {}

  async handle(tx: Tx, { payload }: OutboxEvent<'order.pickup-ready'>): Promise<void> {
    await this.draft.execute(tx, payload.orderId, payload.at);
  }
}
