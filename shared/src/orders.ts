/** Quotes, orders, payment, refunds (R6, R7). */
import type { Fen } from './money.js';

export interface OrderLineRequest {
  skuId: string;
  /** 1 to 999. */
  quantity: number;
}

/** POST /api/quotes — asks for a price and changes nothing (D21). */
export interface QuoteRequest {
  lines: OrderLineRequest[];
  /** Null or absent: freight is quoted as null, unless she collects the goods. */
  addressId?: string | null;
  /** She collects the goods in this store: freight 0, and no address. */
  pickupStoreId?: string | null;
  /** Absent: the best legal coupon is chosen. Empty: none. */
  couponIds?: string[];
}

export interface QuoteLine {
  skuId: string;
  productId: string;
  title: string;
  optionText: string;
  imageUrl: string | null;
  quantity: number;
  unitPriceFen: Fen;
  /** unitPriceFen × quantity. */
  goodsFen: Fen;
  /** This line's share of every discount (R1.2). */
  discountFen: Fen;
  /** goodsFen − discountFen. */
  payableFen: Fen;
  /** R6.1: a coupon adds this line; it costs nothing. */
  isGift: boolean;
  /** What the gift would cost; 0 on other lines. */
  giftValueFen: Fen;
}

/** A coupon of the customer's, applied or not, always with the reason. */
export interface QuoteCoupon {
  couponId: string;
  name: string;
  applied: boolean;
  /** What it takes off (or would take off alone); 0 when not applicable, and for a gift. */
  givesFen: Fen;
  /** What it adds (or would add alone); absent for every other kind and when not applicable. */
  gift?: { skuId: string; title: string; quantity: number; valueFen: Fen };
  /** Why it does not apply, in the customer's words; null when it does. */
  reason: string | null;
  /** Said beside an applied coupon of which a part is lost (R6.2); absent otherwise. */
  note?: string;
  expiresAt: number;
}

export interface Quote {
  /** Opaque digest of everything that decides the price; placement sends it back (R7.4). */
  quoteHash: string;
  lines: QuoteLine[];
  goodsFen: Fen;
  discounts: { name: string; amountFen: Fen }[];
  discountFen: Fen;
  /** Null until an address is known. */
  freightFen: Fen | null;
  freightName: string | null;
  /** Goods − discount + freight (0 when unknown). */
  totalFen: Fen;
  coupons: QuoteCoupon[];
}

/** POST /api/orders with header Idempotency-Key (R7.2). */
export interface PlaceOrderRequest {
  lines: OrderLineRequest[];
  /** Exactly one of addressId and pickupStoreId. */
  addressId?: string;
  pickupStoreId?: string;
  couponIds: string[];
  quoteHash: string;
  remark?: string;
}

/** R7.1 */
export const OrderState = {
  Created: 'created',
  Paid: 'paid',
  Shipped: 'shipped',
  /** The goods wait in the store that she chose. */
  ReadyForPickup: 'pickup_ready',
  Received: 'received',
  Completed: 'completed',
  Cancelled: 'cancelled',
} as const;
export type OrderState = (typeof OrderState)[keyof typeof OrderState];

/** How the goods reach the customer. */
export const DeliveryKind = { Express: 'express', Pickup: 'pickup' } as const;
export type DeliveryKind = (typeof DeliveryKind)[keyof typeof DeliveryKind];

export interface OrderLine {
  id: string;
  skuId: string;
  productId: string;
  title: string;
  optionText: string;
  imageUrl: string | null;
  quantity: number;
  unitPriceFen: Fen;
  goodsFen: Fen;
  discountFen: Fen;
  payableFen: Fen;
  /** Goods taken back, as they were paid for. With a gift kept it can be more than the money paid back (R6.6). */
  refundedFen: Fen;
  isGift: boolean;
  giftValueFen: Fen;
}

export interface OrderSummary {
  id: string;
  /** Human-readable number, also the payment's out_trade_no. */
  number: string;
  state: OrderState;
  deliveryKind: DeliveryKind;
  /** Null for express. */
  pickupStoreId: string | null;
  totalFen: Fen;
  refundedFen: Fen;
  createdAt: number;
  lines: OrderLine[];
}

/** GET /api/pickup-stores */
export interface PickupStore {
  id: string;
  name: string;
  province: string;
  city: string;
}

export interface OrderPickup {
  store: PickupStore;
  /** When the store had the goods ready; null until then. */
  readyAt: number | null;
  /** What she shows in the store: her consent to the receipt (R5.2). Null unless the goods are ready and not yet hers. */
  code: string | null;
}

/** POST /api/guide/orders/:id/pickup, by a guide of that store; POST /api/hq/orders/:id/pickup */
export interface PickupRequest {
  /** As the customer shows it; spaces and letter case do not matter. */
  code: string;
}

/** The answer to a guide, and one row of GET /api/guide/pickups: orders that wait in her store. No personal data. */
export interface PickupOrder {
  orderId: string;
  number: string;
  state: OrderState;
  readyAt: number | null;
  receivedAt: number | null;
  lines: { title: string; optionText: string; quantity: number; isGift: boolean }[];
}

export interface Shipment {
  carrier: string;
  trackingNumber: string;
  shippedAt: number;
}

export interface OrderDetail extends OrderSummary {
  goodsFen: Fen;
  discounts: { name: string; amountFen: Fen }[];
  discountFen: Fen;
  freightFen: Fen;
  /** When an unpaid order cancels itself; null unless `created`. */
  payBefore: number | null;
  paidAt: number | null;
  shippedAt: number | null;
  receivedAt: number | null;
  completedAt: number | null;
  cancelledAt: number | null;
  remark: string | null;
  /** Null when she collects the goods. */
  address: {
    recipient: string;
    phone: string;
    province: string;
    city: string;
    district: string;
    detail: string;
  } | null;
  /** Null for express. */
  pickup: OrderPickup | null;
  shipment: Shipment | null;
  /** Who served this order, as the customer may see it, and why in one sentence. */
  attribution: { guide: { name: string; storeName: string } | null; sentence: string };
  refunds: RefundSummary[];
}

/** POST /api/orders/:id/payment — arguments of wx.requestPayment, plus prepayId for the emulator's cashier. */
export interface PaymentParams {
  timeStamp: string;
  nonceStr: string;
  /** `prepay_id=…` */
  package: string;
  signType: 'RSA';
  paySign: string;
  prepayId: string;
}

/** GET /api/orders/:id/payment — asks WeChat when the notice has not come yet (R7.5). */
export interface PaymentStatus {
  orderId: string;
  orderState: OrderState;
  paid: boolean;
}

export const RefundState = {
  /** Stored before WeChat is called. */
  Created: 'created',
  /** WeChat has it, or may have it; resolved by query. */
  Processing: 'processing',
  Succeeded: 'succeeded',
  Failed: 'failed',
} as const;
export type RefundState = (typeof RefundState)[keyof typeof RefundState];

export interface RefundSummary {
  id: string;
  state: RefundState;
  /** Money that goes back. */
  amountFen: Fen;
  /**
   * R6.6: kept back for a gift that was not returned, so lines + freight − withheldFen = amountFen. Negative when an
   * earlier refund's is paid back because the gift came.
   */
  withheldFen: Fen;
  reason: string;
  goodwill: boolean;
  createdAt: number;
  succeededAt: number | null;
}

/** POST /api/hq/orders/:id/refunds with header Idempotency-Key */
export interface RefundRequest {
  lines: {
    orderLineId: string;
    /** What is given back for this line, at most what it still holds. */
    amountFen: number;
    /** Pieces that return to stock; 0 when absent. */
    restockQuantity?: number;
  }[];
  /** Freight given back; 0 when absent. */
  freightFen?: number;
  reason: string;
  /** R5.4: the guide is not charged. */
  goodwill?: boolean;
}

/** POST /api/hq/orders/:id/shipments */
export interface ShipRequest {
  /** WeChat's express company code, e.g. `SF`, `ZTO`. */
  carrier: string;
  trackingNumber: string;
}
