import { EventType } from '@mall/shared/events';
import { Injectable } from '@nestjs/common';
import { DAY_MS } from '../../platform/clock/business-day.js';
import type { Tx } from '../../platform/database/tx.js';
import { type EventHandler, HandlesEvent, type OutboxEvent } from '../../platform/outbox/event-handler.js';
import { Settings } from '../../platform/settings/settings.js';
import { CommissionEntries } from './commission-entries.js';

/** R5.2: receipt starts the clock, never payment (D8). From here an entry waits out the after-sale window. */
@Injectable()
@HandlesEvent(EventType.OrderReceived, 'freeze-commission-when-order-received')
export class FreezeCommissionWhenOrderReceived implements EventHandler<'order.received'> {
  constructor(
    private readonly entries: CommissionEntries,
    private readonly settings: Settings,
  ) {}

  async handle(tx: Tx, { payload }: OutboxEvent<'order.received'>): Promise<void> {
    const { values } = await this.settings.at(tx, 'distribution', payload.at);
    const availableAt = payload.at + values.commissionFreezeDays * DAY_MS;
    const finalAt = payload.at + values.commissionFinalDays * DAY_MS;
    const pending = await tx.query<{ id: string }>(
      `SELECT id FROM commission_entries WHERE orderId = ? AND state = 'pending' ORDER BY id`,
      [payload.orderId],
    );
    for (const { id } of pending) {
      await this.entries.freeze(tx, id, { receivedAt: payload.at, availableAt, finalAt });
    }
  }
}
