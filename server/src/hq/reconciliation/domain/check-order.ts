/** R5.7, R7: one order with its lines, its payment and what the ledger says was paid. */
import { sumOf } from './arithmetic.js';
import { computed, type Findings, fieldsThatDiffer, side } from './findings.js';
import { isPaid, type LegRow, type OrderFile } from './order-file.js';

const PAID_STATES = ['paid', 'shipped', 'pickup_ready', 'received', 'completed'];

export function checkOrder(file: OrderFile, found: Findings): void {
  checkAmounts(file, found);
  checkPosting(file, found);
  checkPayments(file, found);
  checkLatePayment(file, found);
  checkAttribution(file, found);
}

function checkAmounts({ order, lines }: OrderFile, found: Findings): void {
  const { goodsFen, discountFen, freightFen } = order;
  const subject = order.id;
  found.equal('order-amounts', {
    subject,
    sentence: '订单总额不等于商品减优惠加运费',
    left: side('orders', order, order.totalFen),
    right: computed('goods - discount + freight', goodsFen - discountFen + freightFen),
  });
  for (const column of ['goodsFen', 'discountFen'] as const) {
    found.equal('order-amounts', {
      subject,
      sentence: `订单的 ${column} 不等于各行之和`,
      left: side('orders', order, order[column]),
      right: computed(
        `sum of order_lines.${column}`,
        sumOf(lines, (line) => line[column]),
      ),
    });
  }
  for (const line of lines) {
    found.holds('order-amounts', line.payableFen === line.goodsFen - line.discountFen, {
      subject: line.id,
      sentence: '该行应付不等于商品减优惠',
      left: side('order_lines', line, line.payableFen),
      right: computed('goods - discount', line.goodsFen - line.discountFen),
    });
    found.holds('order-amounts', line.goodsFen === line.unitPriceFen * line.quantity, {
      subject: line.id,
      sentence: '该行商品金额不等于单价乘件数',
      left: side('order_lines', line, line.goodsFen),
      right: computed('unit price x quantity', line.unitPriceFen * line.quantity),
    });
  }
}

/** Money that came for an order which was cancelled before: booked, and on its way back. */
function latePayment({ order, payments }: OrderFile) {
  return order.paidAt === null && order.state === 'cancelled'
    ? payments.find(({ state }) => state === 'succeeded')
    : undefined;
}

function checkPosting(file: OrderFile, found: Findings): void {
  const { order, legs } = file;
  const paid = isPaid(file);
  const wasPaid =
    PAID_STATES.includes(order.state) || (order.state === 'cancelled' && order.cancelCause === 'refunded');
  found.holds('order-postings', wasPaid === paid, {
    subject: order.id,
    sentence: '订单状态与付款时间不符',
    left: side('orders', order),
    right: computed(wasPaid ? 'a state that needs a time of payment' : 'a state without payment', null),
  });
  const expected = paid ? order.totalFen : (latePayment(file)?.amountFen ?? 0);
  const posted = legs.filter((leg) => leg.sourceKind === 'order' && leg.sourceId === order.id && leg.fact === 'paid');
  const accounts: [string, string, number][] = [
    ['customers', 'payments', -expected],
    ['hq', 'sales', expected],
  ];
  for (const [ownerKind, bucket, amount] of accounts) {
    const own = posted.filter((leg) => leg.ownerKind === ownerKind && leg.bucket === bucket);
    found.equal('order-postings', {
      subject: order.id,
      sentence: `订单与账本 ${ownerKind}:${bucket} 的“已付”金额不一致`,
      left: side('orders', order, amount),
      right: side('ledger_legs', own[0] ?? null, sumLegs(own)),
    });
  }
  for (const leg of posted.filter(({ ownerKind }) => ownerKind !== 'customers' && ownerKind !== 'hq')) {
    found.holds('order-postings', false, {
      subject: order.id,
      sentence: '“已付”分录动了别人的账户',
      left: side('orders', order),
      right: side('ledger_legs', leg, leg.amountFen),
    });
  }
}

function checkPayments(file: OrderFile, found: Findings): void {
  const { order, payments } = file;
  const needed = isPaid(file) && order.totalFen > 0;
  const succeeded = payments.filter(({ state }) => state === 'succeeded');
  const mayHaveOne = needed || order.state === 'cancelled';
  const fits = needed ? succeeded.length === 1 : succeeded.length === 0 || (mayHaveOne && succeeded.length === 1);
  found.holds('order-payments', fits, {
    subject: order.id,
    sentence: needed ? '已付订单没有恰好一笔成功的支付' : '未付订单却有成功的支付',
    left: side('orders', order, needed ? order.totalFen : 0),
    right: side(
      'payments',
      succeeded[0] ?? payments[0] ?? null,
      sumOf(succeeded, (payment) => payment.amountFen),
    ),
  });
  for (const payment of payments) {
    found.equal('order-payments', {
      subject: payment.id,
      sentence: '支付单金额与订单总额不一致',
      left: side('orders', order, order.totalFen),
      right: side('payments', payment, payment.amountFen),
    });
    found.holds('order-payments', payment.outTradeNo === order.orderNumber, {
      subject: payment.id,
      sentence: '支付单的商户单号不是订单号',
      left: side('orders', order),
      right: side('payments', payment),
    });
  }
}

/** R7.5: such money goes back by itself. A refund of it that failed is on HQ's list of money tasks. */
function checkLatePayment(file: OrderFile, found: Findings): void {
  const payment = latePayment(file);
  const refunds = file.refunds.filter(({ cause }) => cause === 'late_payment');
  if (payment === undefined && refunds.length === 0) return;
  // What HQ had given back before is not sent twice; of that, a part may have failed meanwhile.
  const byHq = sumOf(
    file.refunds.filter(({ cause }) => cause !== 'late_payment'),
    (refund) => refund.amountFen,
  );
  const [paidFen, backFen] = [payment?.amountFen ?? 0, sumOf(refunds, (refund) => refund.amountFen)];
  const isWhole = byHq === 0 ? backFen === paidFen : backFen <= paidFen && backFen + byHq >= paidFen;
  found.holds('late-payments', refunds.length <= 1 && isWhole, {
    subject: file.order.id,
    sentence: '取消后到账的款项没有恰好一笔退款把它退完',
    left: side('payments', payment ?? null, payment?.amountFen ?? 0),
    right: side(
      'refunds',
      refunds[0] ?? null,
      sumOf(refunds, (refund) => refund.amountFen),
    ),
    lag: file.pending.has('payment.arrived-late'),
  });
}

interface FrozenDecision {
  guideId: string | null;
  storeId: string | null;
  branch: string;
  lines: { guideId: string | null; storeId: string | null }[];
}

/** R3.1: the frozen decision is what the lines were sold under. */
function checkAttribution({ order, lines, attributions }: OrderFile, found: Findings): void {
  const attribution = attributions[0];
  found.holds('attributions', attribution !== undefined, {
    subject: order.id,
    sentence: '订单没有归属',
    left: side('orders', order),
    right: side('attributions', null),
  });
  if (attribution === undefined) return;
  const { decisionJson, ...row } = attribution;
  const decision = JSON.parse(decisionJson) as FrozenDecision;
  const frozen = { ...decision, memberId: order.memberId, decidedAt: order.createdAt };
  const columns = ['guideId', 'storeId', 'branch', 'memberId', 'decidedAt'];
  const differ = fieldsThatDiffer(row, frozen, columns);
  found.holds('attributions', differ.length === 0, {
    subject: order.id,
    sentence: `归属记录与冻结的决定不一致：${differ.join('、')}`,
    left: side('attributions', row),
    right: computed('frozen decision', null, Object.fromEntries(columns.map((name) => [name, frozen[name as never]]))),
  });
  for (const line of lines) {
    const payee = decision.lines[line.lineNumber];
    const fits = payee !== undefined && payee.guideId === line.guideId && payee.storeId === line.storeId;
    found.holds('attributions', fits, {
      subject: line.id,
      sentence: '订单行的收款人不是冻结的归属所定',
      left: side('order_lines', line),
      right: computed('frozen decision', null, payee ?? null),
    });
  }
}

function sumLegs(legs: readonly LegRow[]): number {
  return sumOf(legs, ({ amountFen }) => amountFen);
}
