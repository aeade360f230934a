/** R5.7: the distribution's own record of a sale says what the order says. */
import { sumOf } from './arithmetic.js';
import { computed, type Findings, fieldsThatDiffer, side } from './findings.js';
import { isPaid, type LineRow, type OrderFile, type SoldLineRow } from './order-file.js';

export function checkSoldGoods(file: OrderFile, found: Findings): void {
  const { order, soldOrders, soldLines, pending } = file;
  const paid = isPaid(file);
  const sold = soldOrders[0];
  const lag = pending.has('order.paid');
  found.holds('sold-goods', (sold !== undefined) === paid, {
    subject: order.id,
    sentence: paid ? '已付订单没有销售记录' : '未付订单却有销售记录',
    left: side('orders', order, paid ? order.totalFen : null),
    right: side('sold_orders', sold ?? null, sold?.totalFen ?? null),
    lag,
  });
  if (sold === undefined) return;
  const attribution = file.attributions[0];
  const expected = {
    ...order,
    orderId: order.id,
    orderedAt: order.createdAt,
    guideId: attribution?.guideId ?? null,
    storeId: attribution?.storeId ?? null,
  };
  const names = ['orderNumber', 'memberId', 'guideId', 'storeId', 'totalFen', 'freightFen', 'orderedAt', 'paidAt'];
  const differ = fieldsThatDiffer(sold, expected, names);
  found.holds('sold-goods', differ.length === 0, {
    subject: order.id,
    sentence: `销售记录与订单不一致：${differ.join('、')}`,
    left: side('orders', order, order.totalFen),
    right: side('sold_orders', sold, sold.totalFen),
  });
  found.holds('sold-goods', sold.receivedAt === order.receivedAt, {
    subject: order.id,
    sentence: '销售记录与订单的收货时间不一致',
    left: side('orders', order),
    right: side('sold_orders', sold),
    lag: lag || pending.has('order.received'),
  });
  for (const line of file.lines) checkLine(file, line, soldLines, found);
  for (const extra of soldLines.filter(({ orderLineId }) => !file.lines.some(({ id }) => id === orderLineId))) {
    found.holds('sold-goods', false, {
      subject: extra.orderLineId,
      sentence: '销售记录的行不属于该订单',
      left: side('order_lines', null),
      right: side('sold_lines', extra, extra.baseFen),
    });
  }
}

function checkLine(file: OrderFile, line: LineRow, soldLines: readonly SoldLineRow[], found: Findings): void {
  const sold = soldLines.find(({ orderLineId }) => orderLineId === line.id);
  const names = ['skuId', 'productId', 'brandId', 'categoryPath', 'quantity', 'goodsFen', 'discountFen', 'baseFen'];
  names.push('costFen', 'guideId', 'tier', 'storeId', 'storeType', 'ruleId', 'guideBps', 'storeBps');
  const expected = {
    ...line,
    baseFen: line.payableFen,
    tier: line.sellerTier,
    storeType: line.sellerStoreType,
    ruleId: line.commissionRuleId,
  };
  const differ = sold === undefined ? ['orderLineId'] : fieldsThatDiffer(sold, expected, names);
  found.holds('sold-goods', differ.length === 0, {
    subject: line.id,
    sentence: `销售记录与订单行不一致：${differ.join('、')}`,
    left: side('order_lines', line, line.payableFen),
    right: side('sold_lines', sold ?? null, sold?.baseFen ?? null),
  });
  if (sold === undefined) return;
  // Chargeable is what was asked for before finality and is not goodwill (R5.3, R5.4).
  const charged = chargeableRefunds(file, line.id, file.soldOrders[0]?.finalAt ?? null);
  found.equal('sold-goods', {
    subject: line.id,
    sentence: '销售记录的已退基数不等于应计的退款',
    left: computed('chargeable refund_lines', charged),
    right: side('sold_lines', sold, sold.refundedBaseFen),
    lag: file.pending.has('refund.succeeded'),
  });
}

/** Fen of one line given back by succeeded refunds that a payee bears. */
export function chargeableRefunds(file: OrderFile, orderLineId: string, finalAt: number | null): number {
  const charged = new Set(
    file.refunds
      .filter(
        ({ state, goodwill, createdAt }) =>
          state === 'succeeded' && !goodwill && (finalAt === null || createdAt < finalAt),
      )
      .map(({ id }) => id),
  );
  const own = file.refundLines.filter((part) => part.orderLineId === orderLineId && charged.has(part.refundId));
  return sumOf(own, ({ amountFen }) => amountFen);
}
