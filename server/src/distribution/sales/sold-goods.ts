import type { OrderPaidPayload, PaidLine } from '@mall/shared/events';
import { type Fen, ZERO_FEN } from '@mall/shared/money';
import { Injectable } from '@nestjs/common';
import type { Reader, Tx } from '../../platform/database/tx.js';
import { SoldLineEntity } from './sold-line.entity.js';
import { SoldOrderEntity } from './sold-order.entity.js';

/** What was sold, as this wing was told. Commission writes it in the transactions in which it handles the events. */
@Injectable()
export class SoldGoods {
  /** Once for each order. */
  async record(tx: Tx, order: OrderPaidPayload): Promise<void> {
    const { orderId, orderNumber, memberId, guideId, storeId, totalFen, freightFen, createdAt, paidAt } = order;
    const fresh = await tx.insertOnce(SoldOrderEntity, {
      orderId,
      orderNumber,
      memberId,
      branch: order.attribution.branch,
      guideId,
      storeId,
      totalFen,
      freightFen,
      orderedAt: createdAt,
      paidAt,
      receivedAt: null,
      availableAt: null,
      finalAt: null,
      tailDueAt: null,
      changes: 0,
    });
    if (!fresh) return;
    await tx.insert(
      SoldLineEntity,
      order.lines.map((line) => draftLine(orderId, createdAt, line)),
    );
  }

  /** Makes refund, receipt and dispute of one order take turns. A write, not a read: row locks end at a node. */
  async lock(tx: Tx, orderId: string): Promise<void> {
    await tx.execute('UPDATE sold_orders SET changes = changes + 1 WHERE orderId = ?', [orderId]);
  }

  async received(
    tx: Tx,
    orderId: string,
    times: { receivedAt: number; availableAt: number; finalAt: number; tailDueAt: number },
  ): Promise<void> {
    await tx.execute(
      `UPDATE sold_orders SET receivedAt = ?, availableAt = ?, finalAt = ?, tailDueAt = ?
       WHERE orderId = ? AND receivedAt IS NULL`,
      [times.receivedAt, times.availableAt, times.finalAt, times.tailDueAt, orderId],
    );
  }

  /** A chargeable refund of one line. */
  async refunded(tx: Tx, orderLineId: string, amountFen: Fen): Promise<void> {
    await tx.execute('UPDATE sold_lines SET refundedBaseFen = refundedBaseFen + ? WHERE orderLineId = ?', [
      amountFen,
      orderLineId,
    ]);
  }

  async order(reader: Reader, orderId: string): Promise<SoldOrderEntity | null> {
    return reader.first<SoldOrderEntity>('SELECT * FROM sold_orders WHERE orderId = ?', [orderId]);
  }

  /** Those of the orders that are paid for. Their commission is posted in the transaction that records them here. */
  async among(reader: Reader, orderIds: readonly string[]): Promise<Set<string>> {
    if (orderIds.length === 0) return new Set();
    const rows = await reader.query<{ orderId: string }>(
      `SELECT orderId FROM sold_orders WHERE orderId IN (${orderIds.map(() => '?').join(', ')})`,
      orderIds,
    );
    return new Set(rows.map(({ orderId }) => orderId));
  }

  async lines(reader: Reader, orderId: string): Promise<SoldLineEntity[]> {
    return reader.query<SoldLineEntity>('SELECT * FROM sold_lines WHERE orderId = ? ORDER BY orderLineId', [orderId]);
  }

  /** Whether the member has paid for an order that she placed after this one and before its finality (R4.6). */
  async hasLaterOrder(reader: Reader, { memberId, orderId, orderedAt, finalAt }: SoldOrderRef): Promise<boolean> {
    const later = await reader.first(
      `SELECT orderId FROM sold_orders WHERE memberId = ? AND orderId <> ?
         AND (orderedAt > ? OR (orderedAt = ? AND orderId > ?)) AND orderedAt < ? LIMIT 1`,
      [memberId, orderId, orderedAt, orderedAt, orderId, finalAt ?? Number.MAX_SAFE_INTEGER],
    );
    return later !== null;
  }

  /** Lines of orders created in [from, to), oldest first, `limit` at most, after the place where the last page ended. */
  async linesBetween(
    reader: Reader,
    range: { from: number; to: number; after: { orderedAt: number; orderLineId: string } | null; limit: number },
  ): Promise<SoldLineEntity[]> {
    const { from, to, after, limit } = range;
    const at = after?.orderedAt ?? from;
    return reader.query<SoldLineEntity>(
      `SELECT * FROM sold_lines WHERE orderedAt >= ? AND orderedAt < ? AND (orderedAt > ? OR orderLineId > ?)
       ORDER BY orderedAt, orderLineId LIMIT ${limit}`,
      [at, to, at, after?.orderLineId ?? ''],
    );
  }
}

export interface SoldOrderRef {
  memberId: string;
  orderId: string;
  orderedAt: number;
  /** Null until received. */
  finalAt: number | null;
}

function draftLine(orderId: string, orderedAt: number, line: PaidLine): SoldLineEntity {
  const { orderLineId, skuId, productId, brandId, title, optionText, quantity } = line;
  const { goodsFen, discountFen, baseFen, costFen, guideId, tier, storeId, storeType, commission } = line;
  return {
    orderLineId,
    orderId,
    skuId,
    productId,
    // An event that was told before the path was part of it has none.
    categoryPath: (line.categoryPath ?? []).join('/'),
    brandId,
    title,
    optionText,
    quantity,
    goodsFen,
    discountFen,
    baseFen,
    refundedBaseFen: ZERO_FEN,
    costFen,
    guideId,
    tier,
    storeId,
    storeType,
    ruleId: commission?.ruleId ?? null,
    guideBps: commission?.guideBps ?? null,
    storeBps: commission?.storeBps ?? null,
    orderedAt,
  };
}
