import type { Errcode } from '../api-errors.js';
import type { EmulatorClock } from '../clock.js';
import { canonicalJson } from '../json-body.js';
import type { Order, Orders } from '../orders.js';
import type { Refunds } from '../refunds.js';
import { LOGISTICS, type OrderKey, type Parcel, type Upload } from './shipping-rules.js';

const DAY_MS = 86_400_000;
const EXPRESS_RECEIPT_MS = 10 * DAY_MS;
const OTHER_RECEIPT_MS = 2 * DAY_MS;
const SHIP_WITHIN_MS = 2 * DAY_MS;
const MOST_PARCELS = 15;

export const CONFIRMED_BY = { person: 1, platform: 2 } as const;
export const ORDER_STATE = { toShip: 1, shipped: 2, received: 3, done: 4, refunded: 5, awaitsSettlement: 6 } as const;

interface ShippedParcel extends Parcel {
  readonly uploadedAt: number;
}

/** What shipping management knows about one payment. Times are epoch milliseconds. */
export interface Shipment {
  readonly order: Order;
  logisticsType: number;
  deliveryMode: number;
  parcels: ShippedParcel[];
  lastUploadTime: number;
  finished: boolean;
  /** 0, 1, or 2 after the one permitted second shipping. */
  timesFinished: number;
  reshipped: boolean;
  shippedAt: number | null;
  confirmed: { readonly at: number; readonly by: 1 | 2 } | null;
  settledAt: number | null;
  receiptReminded: boolean;
}

/** What a state file keeps; orders are named by the merchant's number. */
export interface KeptShipments {
  readonly shipments: readonly (Omit<Shipment, 'order'> & { readonly order: string })[];
  readonly presaleUntil: readonly (readonly [string, number])[];
  readonly testOrders: readonly string[];
  readonly reminded: readonly string[];
  readonly accessRemindedAt: number | null;
  readonly jumpPath: string | null;
  readonly orderDetailPath: string | null;
}

export type ShippingNews =
  | { kind: 'shipped' | 'settled'; shipment: Shipment }
  | { kind: 'remind_shipping'; order: Order }
  | { kind: 'remind_access_api' };

/** Whether the upload says nothing that is not known (10060023): what a retry after a lost answer meets. */
function isUnchanged(known: Shipment, upload: Upload): boolean {
  const plain = ({ trackingNo, expressCompany, itemDesc, contact }: Parcel): string =>
    canonicalJson([trackingNo, expressCompany, itemDesc, contact]);
  const parcels = new Set(known.parcels.map(plain));
  const sameWay = known.deliveryMode === upload.deliveryMode && known.logisticsType === upload.logisticsType;
  // A call of a split delivery brings its own parcels only, so its repetition names fewer than are known.
  const sameParcels = upload.parcels.every((parcel) => parcels.has(plain(parcel)));
  return sameWay && sameParcels && (known.finished || !upload.finished);
}

/** Money of physical goods is frozen until receipt: uploads, reminders, receipt and settlement by the clock. */
export class Shipments {
  /** False: this mini-program is not under shipping management. */
  managed = true;
  /** How long after payment an order is still unknown here (10060001). */
  invisibleMs = 0;
  /** Received orders stay at 6 until this is false again. */
  holdSettlement = false;
  settlementDelayMs = 200;
  /** Where WeChat's messages to the buyer lead; WeChat adds the numbers of the payment. */
  jumpPath: string | null = null;
  orderDetailPath: string | null = null;
  /** Numbers of payments in a dispute: nothing is received by the clock meanwhile. */
  readonly complaints = new Set<string>();
  private readonly byOrder = new Map<Order, Shipment>();
  private readonly presaleUntil = new Map<Order, number>();
  private readonly testOrders = new Set<Order>();
  private readonly reminded = new Set<Order>();
  private accessRemindedAt: number | null = null;

  constructor(
    private readonly clock: EmulatorClock,
    private readonly mchId: string,
    private readonly orders: Orders,
    private readonly refunds: Refunds,
    private readonly tell: (news: ShippingNews) => void,
  ) {}

  snapshot(): KeptShipments {
    const numbers = (orders: Iterable<Order>): string[] => [...orders].map(({ outTradeNo }) => outTradeNo);
    return {
      shipments: [...this.byOrder.values()].map((one) => ({ ...one, order: one.order.outTradeNo })),
      presaleUntil: [...this.presaleUntil].map(([order, until]) => [order.outTradeNo, until]),
      testOrders: numbers(this.testOrders),
      reminded: numbers(this.reminded),
      accessRemindedAt: this.accessRemindedAt,
      jumpPath: this.jumpPath,
      orderDetailPath: this.orderDetailPath,
    };
  }

  /** Orders are restored before. */
  restore(kept: KeptShipments): void {
    const named = (number: string): Order[] => [this.orders.find(number) ?? []].flat();
    for (const one of kept.shipments) {
      for (const order of named(one.order)) this.byOrder.set(order, { ...one, order });
    }
    for (const [number, until] of kept.presaleUntil) {
      for (const order of named(number)) this.presaleUntil.set(order, until);
    }
    for (const order of kept.testOrders.flatMap(named)) this.testOrders.add(order);
    for (const order of kept.reminded.flatMap(named)) this.reminded.add(order);
    this.accessRemindedAt = kept.accessRemindedAt;
    this.jumpPath = kept.jumpPath;
    this.orderDetailPath = kept.orderDetailPath;
  }

  find(key: OrderKey): Order | undefined {
    const order = 'transactionId' in key ? this.orders.byTransactionId(key.transactionId) : this.byMerchantNumber(key);
    return order && this.isVisible(order) ? order : undefined;
  }

  shipmentOf(order: Order): Shipment | undefined {
    return this.byOrder.get(order);
  }

  /** Every payment that shipping management knows, oldest first. */
  visibleOrders(): Order[] {
    return this.orders.all().filter((order) => this.isVisible(order));
  }

  stateOf(order: Order): number {
    if (this.isRefunded(order)) return ORDER_STATE.refunded;
    const shipment = this.byOrder.get(order);
    if (!shipment?.finished) return ORDER_STATE.toShip;
    if (!shipment.confirmed) return ORDER_STATE.shipped;
    if (shipment.settledAt !== null) return ORDER_STATE.done;
    return this.holdSettlement ? ORDER_STATE.awaitsSettlement : ORDER_STATE.received;
  }

  /** 0 when the upload was taken. */
  upload(upload: Upload): 0 | Errcode {
    const order = this.find(upload.key);
    if (!order) return 10060001;
    if (order.payerOpenid !== upload.openid) return 10060031;
    if (this.isRefunded(order)) return 10060004;
    const known = this.byOrder.get(order);
    if (!known) return this.begin(order, upload);
    if (isUnchanged(known, upload)) return 10060023;
    if (known.confirmed) return 10060004;
    const sameSplit = upload.deliveryMode === 2 && known.deliveryMode === 2;
    if (known.finished && sameSplit && !upload.finished) return 10060002;
    if (upload.uploadTime <= known.lastUploadTime) return 268485216;
    if (!known.finished && sameSplit) return this.add(known, upload);
    // What is shipped, or shipped in the other mode, may be shipped again once.
    if (known.reshipped) return 10060003;
    known.reshipped = true;
    known.parcels = [];
    known.finished = false;
    known.shippedAt = null;
    return this.add(known, upload);
  }

  /** The reminder to confirm a receipt that the carrier reported: once, express only. */
  remindReceipt(order: Order, receivedAt: number): 0 | Errcode {
    const shipment = this.byOrder.get(order);
    if (!shipment || this.stateOf(order) !== ORDER_STATE.shipped) return 10060028;
    if (shipment.logisticsType !== LOGISTICS.express) return 10060032;
    if (receivedAt < Math.floor((shipment.shippedAt ?? 0) / 1000) * 1000) return 10060029;
    if (shipment.receiptReminded) return 10060030;
    shipment.receiptReminded = true;
    return 0;
  }

  /** Type 1: presale, to be shipped by `until` (15 to 330 days after payment). Type 2: a test, never reminded of. */
  special(order: Order, type: unknown, until: number): 0 | Errcode {
    if (type === 2) {
      this.testOrders.add(order);
      return 0;
    }
    const days = (until - (order.paidAt ?? 0)) / DAY_MS;
    if (type !== 1 || !(days >= 15 && days <= 330)) return 10060014;
    this.presaleUntil.set(order, until);
    return 0;
  }

  /** The buyer presses "received". False when there is nothing to confirm. */
  confirm(order: Order): boolean {
    const shipment = this.byOrder.get(order);
    if (!shipment || this.stateOf(order) !== ORDER_STATE.shipped) return false;
    shipment.confirmed = { at: this.clock.now(), by: CONFIRMED_BY.person };
    return true;
  }

  receivedByClockAt(shipment: Shipment): number | null {
    if (shipment.shippedAt === null) return null;
    const wait = shipment.logisticsType === LOGISTICS.express ? EXPRESS_RECEIPT_MS : OTHER_RECEIPT_MS;
    return shipment.shippedAt + wait;
  }

  /** Does what the clock says is due. Safe to call at any time. */
  sweep(): void {
    const now = this.clock.now();
    for (const shipment of this.byOrder.values()) this.receiveOrSettle(shipment, now);
    if (this.managed) this.remind(now);
  }

  private receiveOrSettle(shipment: Shipment, now: number): void {
    const { order } = shipment;
    const due = this.receivedByClockAt(shipment);
    const isDisputed = this.complaints.has(order.outTradeNo);
    if (this.stateOf(order) === ORDER_STATE.shipped && due !== null && now >= due && !isDisputed) {
      shipment.confirmed = { at: due, by: CONFIRMED_BY.platform };
    }
    const { confirmed } = shipment;
    if (!confirmed || shipment.settledAt !== null || this.holdSettlement || this.isRefunded(order)) return;
    if (now < confirmed.at + this.settlementDelayMs) return;
    shipment.settledAt = now;
    this.tell({ kind: 'settled', shipment });
  }

  private remind(now: number): void {
    const waiting = this.visibleOrders().filter((order) => !this.byOrder.has(order) && !this.isRefunded(order));
    if (this.byOrder.size === 0) {
      const isDue = this.accessRemindedAt === null || now - this.accessRemindedAt >= DAY_MS;
      if (waiting.length === 0 || !isDue) return;
      this.accessRemindedAt = now;
      this.tell({ kind: 'remind_access_api' });
      return;
    }
    for (const order of waiting) {
      const due = this.presaleUntil.get(order) ?? (order.paidAt ?? now) + SHIP_WITHIN_MS;
      if (now < due || this.reminded.has(order) || this.testOrders.has(order)) continue;
      this.reminded.add(order);
      this.tell({ kind: 'remind_shipping', order });
    }
  }

  private begin(order: Order, upload: Upload): 0 | Errcode {
    const shipment: Shipment = {
      order,
      logisticsType: upload.logisticsType,
      deliveryMode: upload.deliveryMode,
      parcels: [],
      lastUploadTime: upload.uploadTime,
      finished: false,
      timesFinished: 0,
      reshipped: false,
      shippedAt: null,
      confirmed: null,
      settledAt: null,
      receiptReminded: false,
    };
    const fault = this.add(shipment, upload);
    if (fault === 0) this.byOrder.set(order, shipment);
    return fault;
  }

  private add(shipment: Shipment, upload: Upload): 0 | Errcode {
    const now = this.clock.now();
    const numbers = new Set(upload.parcels.map((parcel) => parcel.trackingNo));
    const kept = shipment.parcels.filter((parcel) => !numbers.has(parcel.trackingNo));
    if (kept.length + upload.parcels.length > MOST_PARCELS) return 10060024;
    shipment.logisticsType = upload.logisticsType;
    shipment.deliveryMode = upload.deliveryMode;
    shipment.lastUploadTime = upload.uploadTime;
    shipment.parcels = [...kept, ...upload.parcels.map((parcel) => ({ ...parcel, uploadedAt: now }))];
    if (!upload.finished) return 0;
    shipment.finished = true;
    shipment.timesFinished += 1;
    shipment.shippedAt = now;
    this.tell({ kind: 'shipped', shipment });
    return 0;
  }

  private byMerchantNumber({ mchId, outTradeNo }: { mchId: string; outTradeNo: string }): Order | undefined {
    return mchId === this.mchId ? this.orders.find(outTradeNo) : undefined;
  }

  private isVisible(order: Order): boolean {
    return order.paidAt !== null && this.clock.now() >= order.paidAt + this.invisibleMs;
  }

  private isRefunded(order: Order): boolean {
    if (!order.hasRefund) return false;
    const ended = this.refunds.all().filter((refund) => refund.order === order && refund.status === 'SUCCESS');
    return ended.reduce((sum, refund) => sum + refund.amountFen, 0) >= order.totalFen;
  }
}
