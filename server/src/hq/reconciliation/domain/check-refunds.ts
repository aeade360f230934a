/** R5.7: what was given back, in the refunds, on the order and its lines, and in the ledger. */
import { sumOf } from './arithmetic.js';
import { computed, type Findings, side } from './findings.js';
import type { OrderFile, RefundRow } from './order-file.js';

export function checkRefunds(file: OrderFile, found: Findings): void {
  checkWithheld(file, found);
  for (const refund of file.refunds) {
    checkPosting(file, refund, found);
    checkLines(file, refund, found);
  }
  checkTaken(file, found);
}

function checkPosting({ legs }: OrderFile, refund: RefundRow, found: Findings): void {
  const expected = refund.state === 'succeeded' ? refund.amountFen : 0;
  const posted = legs.filter(
    (leg) => leg.sourceKind === 'refund' && leg.sourceId === refund.id && leg.fact === 'paid-back',
  );
  const accounts: [string, string, number][] = [
    ['customers', 'payments', expected],
    ['hq', 'sales', -expected],
  ];
  for (const [ownerKind, bucket, amount] of accounts) {
    const own = posted.filter((leg) => leg.ownerKind === ownerKind && leg.bucket === bucket);
    found.equal('refund-postings', {
      subject: refund.id,
      sentence: `退款与账本 ${ownerKind}:${bucket} 的“已退”金额不一致`,
      left: side('refunds', refund, amount),
      right: side(
        'ledger_legs',
        own[0] ?? null,
        sumOf(own, (leg) => leg.amountFen),
      ),
    });
  }
}

/** Money that came too late goes back as a whole: it belongs to no line. */
function checkLines({ lines, refundLines }: OrderFile, refund: RefundRow, found: Findings): void {
  const own = refundLines.filter(({ refundId }) => refundId === refund.id);
  for (const line of own) {
    found.holds(
      'refund-lines',
      lines.some(({ id }) => id === line.orderLineId),
      {
        subject: line.id,
        sentence: '退款行指向的不是该订单的商品行',
        left: side('refund_lines', line),
        right: side('order_lines', null),
      },
    );
  }
  if (refund.cause === 'late_payment' && own.length === 0) return;
  found.equal('refund-lines', {
    subject: refund.id,
    sentence: '退款金额加赠品扣留不等于各行退款加运费',
    left: side('refunds', refund, refund.amountFen + refund.withheldFen),
    right: computed('sum of refund_lines + freight', sumOf(own, (line) => line.amountFen) + refund.freightFen),
  });
}

/**
 * R6.6: what is kept back over all refunds is not more than the gifts that she has, and not negative, unless a refund
 * failed whose withheld money was paid out before: the next refund makes that even.
 */
function checkWithheld({ order, lines, refunds }: OrderFile, found: Findings): void {
  const live = refunds.filter(({ state }) => state !== 'failed');
  const withheld = sumOf(live, (refund) => refund.withheldFen);
  const gifts = lines.filter(({ isGift, quantity, restockedQuantity }) => isGift === 1 && restockedQuantity < quantity);
  const most = sumOf(gifts, (line) => line.giftValueFen);
  found.holds('refund-lines', (withheld >= 0 || live.length < refunds.length) && withheld <= most, {
    subject: order.id,
    sentence: '因赠品扣留的金额超过了顾客留下的赠品价值',
    left: side('refunds', live[0] ?? null, withheld),
    right: computed('value of the gifts kept', most),
  });
}

/**
 * Open refunds have taken their amounts already; a failed one has put them back. An open one shares with those that
 * succeeded what both cannot have: a refund that had failed succeeded after all while another was on its way. Two that
 * have both succeeded are no sharing but money that went out twice.
 */
function sharedSum<Row>(live: readonly Row[], most: number, of: (row: Row) => number, isOpen: (row: Row) => boolean) {
  const gone = sumOf(
    live.filter((row) => !isOpen(row)),
    of,
  );
  return gone + Math.min(sumOf(live.filter(isOpen), of), Math.max(0, most - gone));
}

function checkTaken({ order, lines, refunds, refundLines, pending }: OrderFile, found: Findings): void {
  const live = refunds.filter(({ state }) => state !== 'failed');
  const isOpen = ({ state }: RefundRow): boolean => state !== 'succeeded';
  const ids = new Set(live.map(({ id }) => id));
  const open = new Set(live.filter(isOpen).map(({ id }) => id));
  const lag = pending.has('payment.arrived-late');
  found.equal('refunded-amounts', {
    subject: order.id,
    sentence: '订单的已退金额不等于其退款之和',
    left: side('orders', order, order.refundedFen),
    right: side(
      'refunds',
      live[0] ?? null,
      sharedSum(live, order.totalFen, (refund) => refund.amountFen, isOpen),
    ),
    lag,
  });
  found.equal('refunded-amounts', {
    subject: order.id,
    sentence: '订单的已退运费不等于其退款的运费之和',
    left: side('orders', order, order.freightRefundedFen),
    right: side(
      'refunds',
      live[0] ?? null,
      sharedSum(live, order.freightFen, (refund) => refund.freightFen, isOpen),
    ),
  });
  const isOpenPart = ({ refundId }: { refundId: string }): boolean => open.has(refundId);
  for (const line of lines) {
    const own = refundLines.filter(({ refundId, orderLineId }) => orderLineId === line.id && ids.has(refundId));
    found.equal('refunded-amounts', {
      subject: line.id,
      sentence: '订单行的已退金额不等于其退款行之和',
      left: side('order_lines', line, line.refundedFen),
      right: side(
        'refund_lines',
        own[0] ?? null,
        sharedSum(own, line.payableFen, (part) => part.amountFen, isOpenPart),
      ),
    });
    const pieces = sharedSum(own, line.quantity, (part) => part.restockQuantity, isOpenPart);
    found.holds('refunded-amounts', line.restockedQuantity === pieces, {
      subject: line.id,
      sentence: '订单行的退回件数不等于其退款行之和',
      left: side('order_lines', line),
      right: computed('sum of refund_lines.restockQuantity', null, { restockQuantity: pieces }),
    });
  }
}
