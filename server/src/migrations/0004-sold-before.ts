import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Orders that were paid for before distribution kept what was sold: their rows are made from the orders' own. The seller's
 * tier and the category path of that time were not kept, so those rows have none and a dry run leaves them to wider scopes.
 */
/** A refund whose event still waits is left to the handler: it would find its own row here and reverse nothing. */
const IS_TOLD = `NOT EXISTS (SELECT 1 FROM outbox_events w
    WHERE w.streamId = r.orderId AND w.eventType = 'refund.succeeded' AND w.state = 'pending'
      AND INSTR(w.payloadJson, r.id) > 0
      AND NOT EXISTS (SELECT 1 FROM outbox_handled h
        WHERE h.eventId = w.id AND h.handlerName = 'reverse-commission-when-refund-succeeded'))`;

const STATEMENTS = [
  `INSERT INTO sold_orders (orderId, orderNumber, memberId, branch, guideId, storeId, totalFen, freightFen, orderedAt,
     paidAt, receivedAt, availableAt, finalAt, changes, tailDueAt)
   SELECT o.id, o.orderNumber, o.memberId, a.branch, a.guideId, a.storeId, o.totalFen, o.freightFen, o.createdAt,
     o.paidAt, o.receivedAt,
     (SELECT MAX(e.availableAt) FROM commission_entries e WHERE e.orderId = o.id),
     (SELECT MAX(e.finalAt) FROM commission_entries e WHERE e.orderId = o.id), 0, NULL
   FROM orders o JOIN attributions a ON a.orderId = o.id
   WHERE o.paidAt IS NOT NULL`,
  // 7 and 60 days were the settings of that time: nobody could publish others.
  `UPDATE sold_orders SET availableAt = COALESCE(availableAt, receivedAt + 604800000),
     finalAt = COALESCE(finalAt, receivedAt + 5184000000), tailDueAt = receivedAt + 2592000000
   WHERE receivedAt IS NOT NULL`,
  `INSERT INTO sold_lines (orderLineId, orderId, skuId, productId, categoryPath, brandId, title, optionText, quantity,
     goodsFen, discountFen, baseFen, refundedBaseFen, costFen, guideId, tier, storeId, storeType, ruleId, guideBps,
     storeBps, orderedAt)
   SELECT l.id, l.orderId, l.skuId, l.productId, '', l.brandId, l.title, l.optionText, l.quantity, l.goodsFen,
     l.discountFen, l.payableFen, 0, l.costFen, l.guideId, NULL, l.storeId, NULL, l.commissionRuleId, l.guideBps,
     l.storeBps, s.orderedAt
   FROM order_lines l JOIN sold_orders s ON s.orderId = l.orderId`,
  // What a refund took back is in the ledger; a charged refund that rounded to nothing has no posting there.
  `INSERT INTO commission_refunds (entryId, refundId, amountFen, bearing, reversedFen, at)
   SELECT e.id, r.id, SUM(f.amountFen),
     CASE WHEN r.goodwill = 1 THEN 'goodwill'
       WHEN e.finalAt IS NOT NULL AND r.createdAt >= e.finalAt THEN 'final' ELSE 'charged' END,
     COALESCE((SELECT SUM(g.amountFen) FROM ledger_transactions t JOIN ledger_legs g ON g.transactionId = t.id
       WHERE t.sourceKind = 'refund' AND t.sourceId = r.id AND t.payee = e.id AND g.ownerKind = 'hq'), 0),
     r.succeededAt
   FROM commission_entries e JOIN refund_lines f ON f.orderLineId = e.orderLineId
     JOIN refunds r ON r.id = f.refundId
   WHERE r.state = 'succeeded' AND f.amountFen > 0 AND ${IS_TOLD}
   GROUP BY e.id, r.id, r.goodwill, e.finalAt, r.createdAt, r.succeededAt`,
  `UPDATE sold_lines SET refundedBaseFen = (
     SELECT COALESCE(SUM(f.amountFen), 0) FROM refund_lines f JOIN refunds r ON r.id = f.refundId
       JOIN sold_orders s ON s.orderId = sold_lines.orderId
     WHERE f.orderLineId = sold_lines.orderLineId AND r.state = 'succeeded' AND r.goodwill = 0
       AND (s.finalAt IS NULL OR r.createdAt < s.finalAt) AND ${IS_TOLD})`,
];

export class SoldBefore1795000000002 implements MigrationInterface {
  name = 'SoldBefore1795000000002';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['commission_refunds', 'sold_lines', 'sold_orders']) await runner.query(`DELETE FROM ${table}`);
  }
}
