/** What WeChat is told of goods, and what it tells (R5.2). */

/** GET /api/hq/carriers — carriers by WeChat's codes, as `ShipRequest.carrier` takes them. */
export interface CarrierView {
  code: string;
  name: string;
}

export const ShippingUploadState = { Waiting: 'waiting', Uploaded: 'uploaded', Failed: 'failed' } as const;
export type ShippingUploadState = (typeof ShippingUploadState)[keyof typeof ShippingUploadState];

/** GET /api/hq/shipping-uploads — what WeChat was told of one order's goods. */
export interface ShippingUploadView {
  id: string;
  orderId: string;
  orderNumber: string;
  state: ShippingUploadState;
  /** Null when she collects the goods. */
  carrier: string | null;
  trackingNumber: string | null;
  /** How often the parcel was named: WeChat takes two. */
  revision: number;
  tries: number;
  /** WeChat's code of the last refusal, and what it means; null: none. */
  refusalCode: string | null;
  reason: string | null;
  createdAt: number;
  /** Wall clock. */
  uploadedAt: number | null;
  /** When she confirmed at WeChat; null: not yet, or not there. */
  receiptOccurredAt: number | null;
}

export const WechatAlertKind = {
  ShippingOverdue: 'shipping_overdue',
  ShippingNotSetUp: 'shipping_not_set_up',
  TradeControlled: 'trade_controlled',
} as const;
export type WechatAlertKind = (typeof WechatAlertKind)[keyof typeof WechatAlertKind];

/** GET /api/hq/wechat-alerts — what WeChat wants mended. */
export interface WechatAlert {
  id: string;
  kind: WechatAlertKind;
  /** Null when it is about no order of this mall. */
  orderId: string | null;
  detail: string;
  occurredAt: number;
}

/** GET /api/orders/:id/wechat-receipt — arguments of WeChat's own receipt page; null: confirm here. */
export interface WechatReceipt {
  component: { merchantId: string; merchantTradeNo: string; transactionId: string | null } | null;
}

/** POST /api/orders/:id/wechat-receipt — what WeChat says now. */
export interface WechatReceiptChecked {
  received: boolean;
}
