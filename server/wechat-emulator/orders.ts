import { randomBytes } from 'node:crypto';
import { type EmulatorClock, toChinaTime } from './clock.js';
import { canonicalJson, type JsonObject } from './json-body.js';
import type { PrepayRequest } from './order-rules.js';
import { invalidRequest, orderClosed, orderNotExist, outTradeNoUsed, type PayRefusal } from './pay-errors.js';
import type { Persona } from './personas.js';

const PREPAY_LIFETIME_MS = 2 * 3_600_000;
const MINIMUM_LIFETIME_MS = 60_000;
const DEFAULT_LIFETIME_MS = 7 * 86_400_000;

/** An order as the platform keeps it. Refunds live in their own book and only flip `hasRefund`. */
export interface Order extends PrepayRequest {
  readonly fingerprint: string;
  readonly createdAt: number;
  readonly payableUntil: number;
  state: 'NOTPAY' | 'SUCCESS' | 'CLOSED';
  transactionId: string | null;
  paidAt: number | null;
  hasRefund: boolean;
}

interface Prepay {
  readonly order: Order;
  readonly expiresAt: number;
}

/** What a state file keeps: orders, and prepay_id, order number and expiry of each prepay. */
export interface KeptOrders {
  readonly orders: readonly Order[];
  readonly prepays: readonly (readonly [string, string, number])[];
}

/** Why a person cannot pay; texts are for the cashier. */
export type PayFault = { fault: 'unknown_prepay' | 'expired' | 'closed' | 'paid' | 'not_the_payer' };

const STATE_TEXT = {
  NOTPAY: '订单未支付',
  SUCCESS: '支付成功',
  REFUND: '订单发生过退款',
  CLOSED: '订单已关闭',
} as const;

export class Orders {
  private readonly byNumber = new Map<string, Order>();
  private readonly byPrepayId = new Map<string, Prepay>();

  constructor(
    private readonly clock: EmulatorClock,
    private readonly merchant: { appId: string; mchId: string },
  ) {}

  /** The same body again gets one more prepay_id; another body under the same number is refused. */
  prepay(request: PrepayRequest, body: JsonObject): { prepayId: string } | PayRefusal {
    const fingerprint = canonicalJson(body);
    const known = this.find(request.outTradeNo);
    if (known?.state === 'SUCCESS') return outTradeNoUsed('商户订单号已支付，请勿重复下单');
    if (known?.state === 'CLOSED') return orderClosed('订单已关闭，请更换商户订单号后重新下单');
    if (known && known.fingerprint !== fingerprint) return invalidRequest('请求重入时，参数与首次请求时不一致');
    const order = known ?? this.open(request, fingerprint);
    const prepayId = `wx${randomBytes(17).toString('hex')}`;
    this.byPrepayId.set(prepayId, { order, expiresAt: this.clock.now() + PREPAY_LIFETIME_MS });
    return { prepayId };
  }

  /** An unpaid order whose time is over counts as closed from then on. */
  find(outTradeNo: string): Order | undefined {
    return this.settled(this.byNumber.get(outTradeNo));
  }

  byTransactionId(transactionId: string): Order | undefined {
    return this.all().find((order) => order.transactionId === transactionId);
  }

  byPrepay(prepayId: string): Order | undefined {
    return this.settled(this.byPrepayId.get(prepayId)?.order);
  }

  /** The newest prepay_id of an order that nobody has paid; what a press on the operator's page pays with. */
  prepayOf(order: Order): string | null {
    return [...this.byPrepayId].findLast(([, prepay]) => prepay.order === order)?.[0] ?? null;
  }

  snapshot(): KeptOrders {
    const prepays = [...this.byPrepayId].map(
      ([id, { order, expiresAt }]) => [id, order.outTradeNo, expiresAt] as const,
    );
    return { orders: [...this.byNumber.values()], prepays };
  }

  restore({ orders, prepays }: KeptOrders): void {
    for (const order of orders) this.byNumber.set(order.outTradeNo, order);
    for (const [id, number, expiresAt] of prepays) {
      const order = this.byNumber.get(number);
      if (order) this.byPrepayId.set(id, { order, expiresAt });
    }
  }

  all(): Order[] {
    return [...this.byNumber.keys()].flatMap((number) => this.find(number) ?? []);
  }

  close(outTradeNo: string): null | PayRefusal {
    const order = this.find(outTradeNo);
    if (!order) return orderNotExist('订单不存在');
    if (order.state === 'SUCCESS') return invalidRequest('该订单已支付');
    // Closing twice ends in the same place, so it is answered the same.
    order.state = 'CLOSED';
    return null;
  }

  /** A person presses "pay". Whichever of pay and close comes first decides. */
  pay(prepayId: string, persona: Persona): Order | PayFault {
    const prepay = this.byPrepayId.get(prepayId);
    const order = this.settled(prepay?.order);
    if (!prepay || !order) return { fault: 'unknown_prepay' };
    if (persona.openid !== order.payerOpenid) return { fault: 'not_the_payer' };
    if (order.state === 'SUCCESS') return { fault: 'paid' };
    if (order.state === 'CLOSED') return { fault: 'closed' };
    if (this.clock.now() >= prepay.expiresAt) return { fault: 'expired' };
    order.state = 'SUCCESS';
    order.paidAt = this.clock.now();
    order.transactionId = `42000${String(randomBytes(6).readUIntBE(0, 6)).padStart(23, '0')}`;
    return order;
  }

  /** The order as query and notice show it. */
  view(order: Order): JsonObject {
    const state = order.state === 'SUCCESS' && order.hasRefund ? 'REFUND' : order.state;
    const common = {
      appid: this.merchant.appId,
      mchid: this.merchant.mchId,
      out_trade_no: order.outTradeNo,
      trade_state: state,
      trade_state_desc: STATE_TEXT[state],
      ...(order.attach === null ? {} : { attach: order.attach }),
    };
    if (order.paidAt === null) return { ...common, amount: { total: order.totalFen, currency: 'CNY' } };
    return {
      ...common,
      transaction_id: order.transactionId,
      trade_type: 'JSAPI',
      bank_type: 'OTHERS',
      success_time: toChinaTime(order.paidAt),
      payer: { openid: order.payerOpenid },
      amount: { total: order.totalFen, payer_total: order.totalFen, currency: 'CNY', payer_currency: 'CNY' },
    };
  }

  private open(request: PrepayRequest, fingerprint: string): Order {
    const now = this.clock.now();
    const order: Order = {
      ...request,
      fingerprint,
      createdAt: now,
      payableUntil: Math.max(request.expiresAt ?? now + DEFAULT_LIFETIME_MS, now + MINIMUM_LIFETIME_MS),
      state: 'NOTPAY',
      transactionId: null,
      paidAt: null,
      hasRefund: false,
    };
    this.byNumber.set(order.outTradeNo, order);
    return order;
  }

  private settled(order: Order | undefined): Order | undefined {
    if (order?.state === 'NOTPAY' && this.clock.now() >= order.payableUntil) order.state = 'CLOSED';
    return order;
  }
}
