import { OrderState, type PickupOrder, type PickupStore } from '@mall/shared/orders';
import { Injectable } from '@nestjs/common';
import { Stores } from '../../distribution/stores/stores.public.js';
import { Database } from '../../platform/database/database.js';
import { notFound } from '../../platform/http/problem.js';
import type { OrderEntity, OrderLineEntity } from '../orders/orders.public.js';

/** More than that waits in no store; the longest-waiting come first. */
const LIMIT = 100;

/** What is collected in stores. Without the customer: who serves her finds her order by its number (R2.6). */
@Injectable()
export class PickupQueries {
  constructor(
    private readonly database: Database,
    private readonly stores: Stores,
  ) {}

  async places(): Promise<PickupStore[]> {
    const stores = await this.stores.all(this.database);
    return stores.map(({ id, name, province, city }) => ({ id, name, province, city }));
  }

  /** Orders that wait in a store, the longest-waiting first. */
  async waitingIn(storeId: string): Promise<PickupOrder[]> {
    const orders = await this.database.query<OrderEntity>(
      `SELECT * FROM orders WHERE state = ? AND pickupStoreId = ? ORDER BY dueAt, id LIMIT ${LIMIT}`,
      [OrderState.ReadyForPickup, storeId],
    );
    return this.withLines(orders);
  }

  async one(orderId: string): Promise<PickupOrder> {
    const orders = await this.database.query<OrderEntity>('SELECT * FROM orders WHERE id = ?', [orderId]);
    const [found] = await this.withLines(orders);
    if (found === undefined) throw notFound();
    return found;
  }

  private async withLines(orders: readonly OrderEntity[]): Promise<PickupOrder[]> {
    if (orders.length === 0) return [];
    const lines = await this.database.query<OrderLineEntity>(
      `SELECT * FROM order_lines WHERE orderId IN (${orders.map(() => '?').join(', ')}) ORDER BY orderId, lineNumber`,
      orders.map(({ id }) => id),
    );
    return orders.map(({ id, orderNumber, state, readyAt, receivedAt }) => ({
      orderId: id,
      number: orderNumber,
      state: state as OrderState,
      readyAt,
      receivedAt,
      lines: lines
        .filter(({ orderId }) => orderId === id)
        .map(({ title, optionText, quantity, isGift }) => ({ title, optionText, quantity, isGift: isGift === 1 })),
    }));
  }
}
