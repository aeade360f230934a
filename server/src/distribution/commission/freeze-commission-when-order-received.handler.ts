import { EventType } from '@mall/shared/events';
import { Injectable } from '@nestjs/common';
import { DAY_MS } from '../../platform/clock/business-day.js';
import type { Reader, Tx } from '../../platform/database/tx.js';
import { type EventHandler, HandlesEvent, type OutboxEvent } from '../../platform/outbox/event-handler.js';
import { Settings } from '../../platform/settings/settings.js';
import { SoldGoods } from '../sales/sales.public.js';
import { CommissionEntries, type FreezeTimes } from './commission-entries.js';

/** R5.2: receipt starts the clock, never payment (D8). From here an entry waits out the after-sale window. */
@Injectable()
@HandlesEvent(EventType.OrderReceived, 'freeze-commission-when-order-received')
export class FreezeCommissionWhenOrderReceived implements EventHandler<'order.received'> {
  constructor(
    private readonly entries: CommissionEntries,
    private readonly settings: Settings,
    private readonly sold: SoldGoods,
  ) {}

  async handle(tx: Tx, { payload }: OutboxEvent<'order.received'>): Promise<void> {
    await this.sold.lock(tx, payload.orderId);
    const orderedAt = (await this.sold.order(tx, payload.orderId))?.orderedAt ?? payload.at;
    const times = await this.timesFrom(tx, payload.at, orderedAt);
    await this.sold.received(tx, payload.orderId, times);
    const pending = await tx.query<{ id: string }>(
      `SELECT id FROM commission_entries WHERE orderId = ? AND state = 'pending' ORDER BY id`,
      [payload.orderId],
    );
    for (const { id } of pending) await this.entries.freeze(tx, id, times);
  }

  private async timesFrom(reader: Reader, receivedAt: number, orderedAt: number): Promise<FreezeTimes> {
    const { values } = await this.settings.at(reader, 'distribution', receivedAt);
    const { values: orders } = await this.settings.at(reader, 'orders', receivedAt);
    // A tail's terms are those of the order's creation (R3.4).
    const { values: terms } = await this.settings.at(reader, 'distribution', orderedAt);
    // Money that could still be asked back is not hers yet, whatever the setting says.
    const freezeDays = Math.max(values.commissionFreezeDays, orders.afterSaleDays);
    const after = (days: number): number => receivedAt + days * DAY_MS;
    return {
      receivedAt,
      availableAt: after(freezeDays),
      finalAt: after(Math.max(values.commissionFinalDays, freezeDays)),
      tailDueAt: after(Math.max(terms.tailDays, freezeDays)),
    };
  }
}
