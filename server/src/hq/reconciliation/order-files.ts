import type { Reader, SqlValue } from '../../platform/database/tx.js';
import type {
  AttributionRow,
  CommissionRefundRow,
  EntryRow,
  HoldRow,
  LegRow,
  LineRow,
  MoveRow,
  OrderFile,
  OrderRow,
  PaymentRow,
  RefundLineRow,
  RefundRow,
  SoldLineRow,
  SoldOrderRow,
} from './domain/order-file.js';

const PAGE = 500;

/** What is read of each table: never an address, a name or a payer, since what is found is shown, stored and logged. */
export const COLUMNS = {
  orders: `id, orderNumber, memberId, state, goodsFen, discountFen, freightFen, totalFen, refundedFen,
    freightRefundedFen, createdAt, paidAt, receivedAt, cancelledAt, cancelCause`,
  order_lines: `id, orderId, lineNumber, skuId, productId, brandId, categoryPath, quantity, unitPriceFen, goodsFen,
    discountFen, payableFen, refundedFen, restockedQuantity, costFen, guideId, storeId, sellerTier, sellerStoreType,
    commissionRuleId, guideBps, storeBps, isGift, giftValueFen`,
  payments: 'id, orderId, outTradeNo, amountFen, state, succeededAt',
  refunds: 'id, orderId, state, cause, amountFen, withheldFen, freightFen, goodwill, createdAt, succeededAt',
  refund_lines: 'id, refundId, orderLineId, amountFen, restockQuantity',
  ledger_legs: 'id, transactionId, ownerKind, ownerId, bucket, amountFen, orderId, entryId',
  attributions: 'orderId, memberId, branch, guideId, storeId, decisionJson, decidedAt',
  commission_entries: `id, orderId, orderNumber, orderLineId, memberId, payeeKind, payeeId, goodsFen, discountFen,
    baseFen, refundedBaseFen, ruleId, rateBps, postedFen, reversedFen, lapsedFen, state, accruedAt, receivedAt,
    availableAt, finalAt, releasedAt, tailBps, tailState, tailFen, tailDueAt`,
  commission_refunds: 'entryId, refundId, amountFen, bearing, reversedFen',
  commission_moves: 'id, entryId, disputeId, fromPayeeId, toPayeeId, amountFen, at',
  commission_holds: 'refundId, orderId',
  sold_orders: `orderId, orderNumber, memberId, guideId, storeId, totalFen, freightFen, orderedAt, paidAt, receivedAt,
    finalAt`,
  sold_lines: `orderLineId, orderId, skuId, productId, brandId, categoryPath, quantity, goodsFen, discountFen, baseFen,
    refundedBaseFen, costFen, guideId, tier, storeId, storeType, ruleId, guideBps, storeBps, orderedAt`,
} as const;
export type FiledTable = keyof typeof COLUMNS;

/** Walks all orders by id, a page at a time, each with everything that the tables say of it. */
export class OrderFiles {
  /** Rows of each table that belong to an order that exists. What a table has beyond them is stray. */
  readonly seen = new Map<FiledTable, number>();

  constructor(
    private readonly reader: Reader,
    private readonly signal?: AbortSignal,
  ) {}

  async *walk(): AsyncGenerator<OrderFile> {
    const pending = await this.pendingEvents();
    let after = '';
    for (;;) {
      this.signal?.throwIfAborted();
      const orders = await this.reader.query<OrderRow>(
        `SELECT ${COLUMNS.orders} FROM orders WHERE id > ? ORDER BY id LIMIT ${PAGE}`,
        [after],
      );
      if (orders.length === 0) return;
      this.count('orders', orders);
      yield* await this.filesOf(orders, pending);
      after = orders.at(-1)?.id ?? after;
    }
  }

  private async filesOf(
    orders: readonly OrderRow[],
    pending: ReadonlyMap<string, ReadonlySet<string>>,
  ): Promise<OrderFile[]> {
    const ids = orders.map(({ id }) => id);
    const byOrder = <R extends { orderId: string }>(table: FiledTable) =>
      this.rows<R, 'orderId'>(table, 'orderId', ids);
    const lines = await byOrder<LineRow>('order_lines');
    const payments = await byOrder<PaymentRow>('payments');
    const refunds = await byOrder<RefundRow>('refunds');
    const entries = await byOrder<EntryRow>('commission_entries');
    const attributions = await byOrder<AttributionRow>('attributions');
    const holds = await byOrder<HoldRow>('commission_holds');
    const soldOrders = await byOrder<SoldOrderRow>('sold_orders');
    const soldLines = await byOrder<SoldLineRow>('sold_lines');
    const legs = await this.legs(ids);
    const refundIds = [...refunds.values()].flat().map(({ id }) => id);
    const entryIds = [...entries.values()].flat().map(({ id }) => id);
    const refundLines = await this.rows<RefundLineRow, 'refundId'>('refund_lines', 'refundId', refundIds);
    const charges = await this.rows<CommissionRefundRow, 'entryId'>('commission_refunds', 'entryId', entryIds);
    const moves = await this.rows<MoveRow, 'entryId'>('commission_moves', 'entryId', entryIds);
    const none = new Set<string>();
    return orders.map((order) => {
      const of = <R>(groups: Map<string, R[]>): R[] => groups.get(order.id) ?? [];
      return {
        order,
        lines: of(lines).sort((a, b) => a.lineNumber - b.lineNumber),
        payments: of(payments),
        refunds: of(refunds),
        refundLines: of(refunds).flatMap(({ id }) => refundLines.get(id) ?? []),
        legs: of(legs),
        attributions: of(attributions),
        entries: of(entries),
        commissionRefunds: of(entries).flatMap(({ id }) => charges.get(id) ?? []),
        moves: of(entries).flatMap(({ id }) => moves.get(id) ?? []),
        holds: of(holds),
        soldOrders: of(soldOrders),
        soldLines: of(soldLines),
        pending: pending.get(order.id) ?? none,
      };
    });
  }

  private async legs(orderIds: readonly string[]): Promise<Map<string, LegRow[]>> {
    const columns = COLUMNS.ledger_legs.split(', ').map((column) => `l.${column}`);
    const rows = await this.reader.query<LegRow & { orderId: string }>(
      `SELECT ${columns.join(', ')}, t.sourceKind, t.sourceId, t.fact, t.occurredAt
       FROM ledger_legs l LEFT JOIN ledger_transactions t ON t.id = l.transactionId
       WHERE l.orderId IN (${places(orderIds)}) ORDER BY l.id`,
      [...orderIds],
    );
    this.count('ledger_legs', rows);
    return groupedBy(rows, 'orderId');
  }

  private async rows<R extends Record<K, string>, K extends string>(
    table: FiledTable,
    key: K,
    ids: readonly string[],
  ): Promise<Map<string, R[]>> {
    const found: R[] = [];
    // A page of orders may have many refunds and entries: SQLite takes 32,766 values at a time.
    for (let from = 0; from < ids.length; from += 2_000) {
      const part = ids.slice(from, from + 2_000);
      found.push(
        ...(await this.reader.query<R>(
          `SELECT ${COLUMNS[table]} FROM ${table} WHERE ${key} IN (${places(part)})`,
          part as SqlValue[],
        )),
      );
    }
    this.count(table, found);
    return groupedBy(found, key);
  }

  private count(table: FiledTable, rows: readonly unknown[]): void {
    this.seen.set(table, (this.seen.get(table) ?? 0) + rows.length);
  }

  /** Stream → types of its events that still wait. */
  private async pendingEvents(): Promise<Map<string, Set<string>>> {
    const rows = await this.reader.query<{ streamId: string; eventType: string }>(
      `SELECT streamId, eventType FROM outbox_events WHERE state = 'pending'`,
    );
    const pending = new Map<string, Set<string>>();
    for (const { streamId, eventType } of rows) {
      const types = pending.get(streamId) ?? new Set();
      pending.set(streamId, types.add(eventType));
    }
    return pending;
  }
}

export function places(values: readonly unknown[]): string {
  return values.map(() => '?').join(', ');
}

export function groupedBy<R extends Record<K, string>, K extends string>(rows: readonly R[], key: K): Map<string, R[]> {
  const groups = new Map<string, R[]>();
  for (const row of rows) {
    const group = groups.get(row[key]);
    if (group) group.push(row);
    else groups.set(row[key], [row]);
  }
  return groups;
}
