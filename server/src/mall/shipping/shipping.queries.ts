import { OrderState } from '@mall/shared/orders';
import type { Page } from '@mall/shared/paging';
import {
  ShippingUploadState,
  type ShippingUploadView,
  type WechatAlert,
  type WechatAlertKind,
  type WechatReceipt,
} from '@mall/shared/shipping';
import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { NEWEST, pageOf } from '../../platform/http/page.js';
import { WECHAT_CONFIG, type WechatConfig } from '../../wechat/wechat.public.js';
import { OrderQueries } from '../orders/orders.public.js';
import { Payments } from '../payments/payments.public.js';
import { refusalWords } from './domain/judge-upload.js';
import type { ShippingUploadEntity } from './shipping-upload.entity.js';
import type { WechatAlertEntity } from './wechat-alert.entity.js';

const MOST_ALERTS = 100;

/** Reads of what WeChat was told and of what it told us. */
@Injectable()
export class ShippingQueries {
  constructor(
    private readonly database: Database,
    private readonly orders: OrderQueries,
    private readonly payments: Payments,
    @Inject(WECHAT_CONFIG) private readonly config: WechatConfig,
  ) {}

  /** Newest first. */
  async page(query: {
    state?: ShippingUploadState;
    cursor?: string;
    limit: number;
  }): Promise<Page<ShippingUploadView>> {
    const rows = await this.database.query<ShippingUploadEntity>(
      `SELECT * FROM shipping_uploads WHERE state = COALESCE(?, state) AND id < ?
       ORDER BY id DESC LIMIT ${query.limit + 1}`,
      [query.state ?? null, query.cursor ?? NEWEST],
    );
    return pageOf(rows, query.limit, toView);
  }

  async ofOrder(orderId: string): Promise<ShippingUploadEntity | null> {
    return this.database.first<ShippingUploadEntity>('SELECT * FROM shipping_uploads WHERE orderId = ?', [orderId]);
  }

  /** Open ones, oldest first. */
  async alerts(): Promise<WechatAlert[]> {
    const rows = await this.database.query<WechatAlertEntity>(
      `SELECT * FROM wechat_alerts WHERE doneAt IS NULL ORDER BY id LIMIT ${MOST_ALERTS}`,
    );
    return rows.map(({ id, kind, orderId, detail, occurredAt }) => ({
      id,
      kind: kind as WechatAlertKind,
      orderId,
      detail,
      occurredAt,
    }));
  }

  /** WeChat's receipt page knows a parcel that was uploaded and waits for her. Throws 404 for somebody else's order. */
  async receipt(memberId: string, orderId: string): Promise<WechatReceipt> {
    const order = await this.orders.requireOwn(memberId, orderId);
    const upload = await this.ofOrder(orderId);
    const isThere = upload?.state === ShippingUploadState.Uploaded && order.state === OrderState.Shipped;
    if (!isThere) return { component: null };
    const payment = await this.payments.paidThrough(this.database, orderId);
    const { mchId: merchantId } = this.config;
    const transactionId = payment?.transactionId ?? null;
    return { component: { merchantId, merchantTradeNo: upload.orderNumber, transactionId } };
  }
}

function toView(row: ShippingUploadEntity): ShippingUploadView {
  const { id, orderId, orderNumber, carrier, trackingNumber, revision, tries, refusalCode } = row;
  const { createdAt, uploadedAt, receiptOccurredAt } = row;
  return {
    id,
    orderId,
    orderNumber,
    state: row.state as ShippingUploadState,
    carrier,
    trackingNumber,
    revision,
    tries,
    refusalCode,
    reason: refusalWords(refusalCode),
    createdAt,
    uploadedAt,
    receiptOccurredAt,
  };
}
