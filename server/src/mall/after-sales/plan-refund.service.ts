import { addFen, type Fen, fen, subtractFen, ZERO_FEN } from '@mall/shared/money';
import { OrderState } from '@mall/shared/orders';
import { ProblemType } from '@mall/shared/problems';
import { Injectable } from '@nestjs/common';
import { type CouponLine, Coupons } from '../../marketing/coupons/coupons.public.js';
import type { Reader } from '../../platform/database/tx.js';
import { validationProblem } from '../../platform/http/problem.filter.js';
import { ProblemError } from '../../platform/http/problem.js';
import { type OrderEntity, type OrderLineEntity, stateWords } from '../orders/orders.public.js';
import { Payments } from '../payments/payments.public.js';
import { valueOfPieces, withholdForGift } from './domain/withhold-for-gift.js';
import type { RefundRequestDto } from './refund.dto.js';

const REFUNDABLE: readonly string[] = [
  OrderState.Paid,
  OrderState.Shipped,
  OrderState.ReadyForPickup,
  OrderState.Received,
  OrderState.Completed,
];
const STILL_HERE: readonly string[] = [OrderState.Paid, OrderState.ReadyForPickup];

export interface PlannedLine {
  orderLineId: string;
  /** What the line loses of its base. */
  amountFen: Fen;
  restockQuantity: number;
}

/** lines + freight − withheld = amount, the money that goes back. */
export interface RefundPlan {
  lines: PlannedLine[];
  freightFen: Fen;
  withheldFen: Fen;
  amountFen: Fen;
}

/** Works out what a refund takes and gives, before anything is taken. The caller holds the order's lock. */
@Injectable()
export class PlanRefund {
  constructor(
    private readonly payments: Payments,
    private readonly coupons: Coupons,
  ) {}

  /** Throws 409 naming the state, and 422 for a refund that gives nothing. */
  async execute(reader: Reader, order: OrderEntity, request: RefundRequestDto): Promise<RefundPlan> {
    if (!(await this.isRefundable(reader, order, request))) {
      const state = order.state as OrderState;
      throw new ProblemError(ProblemType.OrderStateConflict, { detail: `订单${stateWords(state)}，不能退款`, state });
    }
    const sold = await reader.query<OrderLineEntity>(
      'SELECT * FROM order_lines WHERE orderId = ? ORDER BY lineNumber',
      [order.id],
    );
    const lines = withUnsentGift(order, sold, request);
    const freightFen = fen(request.freightFen ?? 0);
    const takenFen = addFen(freightFen, ...lines.map(({ amountFen }) => amountFen));
    const withheldFen = await this.withheld(reader, order.id, sold, {
      lines,
      takenFen,
      goodwill: request.goodwill ?? false,
    });
    // Goods that cost nothing can come back too (C13, R6.6): then there may be nothing to ask WeChat for.
    const returnsFree = lines.some(
      ({ orderLineId, restockQuantity }) =>
        restockQuantity > 0 && sold.some(({ id, payableFen }) => id === orderLineId && payableFen === 0),
    );
    if (takenFen === 0 && !returnsFree) {
      throw validationProblem([{ path: 'lines', message: 'the refund must give something back' }]);
    }
    return { lines, freightFen, withheldFen, amountFen: subtractFen(takenFen, withheldFen) };
  }

  /** A cancelled order can be given back what came for it too late; its pieces were never sold. */
  private async isRefundable(reader: Reader, order: OrderEntity, { lines }: RefundRequestDto): Promise<boolean> {
    if (REFUNDABLE.includes(order.state)) return true;
    const returnsPieces = lines.some(({ restockQuantity }) => (restockQuantity ?? 0) > 0);
    return order.state === OrderState.Cancelled && !returnsPieces && (await this.payments.isPaid(reader, order.id));
  }

  /** R6.6 */
  private async withheld(
    reader: Reader,
    orderId: string,
    sold: readonly OrderLineEntity[],
    { lines, takenFen, goodwill }: { lines: readonly PlannedLine[]; takenFen: Fen; goodwill: boolean },
  ): Promise<Fen> {
    const gift = sold.find(({ isGift }) => isGift === 1);
    if (gift === undefined || gift.giftCouponId === null) return ZERO_FEN;
    const returned = lines.find(({ orderLineId }) => orderLineId === gift.id)?.restockQuantity ?? 0;
    const pieces = Math.max(0, gift.quantity - gift.restockedQuantity - returned);
    const taken = await this.takenOf(reader, orderId);
    const kept = sold.map((line): CouponLine => {
      const now = goodwill ? 0 : (lines.find(({ orderLineId }) => orderLineId === line.id)?.amountFen ?? 0);
      const keptFen = line.payableFen - (taken.get(line.id) ?? 0) - now;
      return {
        ...line,
        categoryPath: line.categoryPath === '' ? [] : line.categoryPath.split('/'),
        goodsFen: fen(keptFen),
      };
    });
    const [before] = await reader.query<{ sumFen: number | string | null }>(
      `SELECT SUM(withheldFen) AS sumFen FROM refunds WHERE orderId = ? AND state <> 'failed'`,
      [orderId],
    );
    return withholdForGift({
      takenFen,
      earned: await this.coupons.earnsGift(reader, orderId, gift.giftCouponId, kept),
      keptValueFen: valueOfPieces(gift.giftValueFen, gift.quantity, pieces),
      withheldFen: fen(Number(before?.sumFen ?? 0)),
      goodwill,
    });
  }

  /** What returns have taken of each line. Goodwill is no return: the goods stay, and with them the gift is earned. */
  private async takenOf(reader: Reader, orderId: string): Promise<Map<string, number>> {
    const rows = await reader.query<{ orderLineId: string; sumFen: number | string }>(
      `SELECT l.orderLineId, SUM(l.amountFen) AS sumFen FROM refund_lines l JOIN refunds r ON r.id = l.refundId
       WHERE r.orderId = ? AND r.state <> 'failed' AND r.goodwill = 0 GROUP BY l.orderLineId`,
      [orderId],
    );
    return new Map(rows.map(({ orderLineId, sumFen }) => [orderLineId, Number(sumFen)]));
  }
}

/** A gift that never left goes back to the shelf with the last of the goods: she must not pay for what she never got. */
function withUnsentGift(
  order: OrderEntity,
  sold: readonly OrderLineEntity[],
  { lines }: RefundRequestDto,
): PlannedLine[] {
  const planned = lines.map(({ orderLineId, amountFen, restockQuantity }) => ({
    orderLineId,
    amountFen: fen(amountFen),
    restockQuantity: restockQuantity ?? 0,
  }));
  const gift = sold.find(({ isGift }) => isGift === 1);
  const nowOf = (id: string): number => planned.find(({ orderLineId }) => orderLineId === id)?.amountFen ?? 0;
  const allGone = sold.every(({ id, payableFen, refundedFen }) => payableFen === refundedFen + nowOf(id));
  if (gift === undefined || !allGone || !STILL_HERE.includes(order.state)) return planned;
  const pieces = gift.quantity - gift.restockedQuantity;
  const others = planned.filter(({ orderLineId }) => orderLineId !== gift.id);
  return pieces === 0 ? planned : [...others, { orderLineId: gift.id, amountFen: ZERO_FEN, restockQuantity: pieces }];
}
