import { Inject, Injectable } from '@nestjs/common';
import { businessInstantText } from '../platform/clock/business-day.js';
import { WechatAccessToken } from './access-token.js';
import { refusalFor } from './api-answer.js';
import { isJsonObject, type JsonObject, textOf } from './json-object.js';
import { done, type Outcome, unknown } from './outcome.js';
import { WECHAT_CONFIG, type WechatConfig } from './wechat-config.js';

/** WeChat's numbers for how goods reach a customer. */
export const LogisticsType = { Express: 1, LocalDelivery: 2, Virtual: 3, Pickup: 4 } as const;
export type LogisticsType = (typeof LogisticsType)[keyof typeof LogisticsType];

/** One parcel for the whole order. */
export interface ShippingInfo {
  readonly outTradeNo: string;
  readonly payerOpenid: string;
  readonly logisticsType: LogisticsType;
  /** WeChat's code of the carrier and its number; null when nothing is carried. */
  readonly carrier: string | null;
  readonly trackingNumber: string | null;
  /** At most 120 characters. */
  readonly itemDesc: string;
  /** Masked but for the last four digits; WeChat wants it of SF. */
  readonly receiverContact: string | null;
  /** Epoch ms, later than at the try before. */
  readonly uploadTime: number;
}

export type ShippingRefusal =
  | 'order_unknown'
  | 'already_shipped'
  | 'unchanged'
  | 'reship_used'
  | 'wrong_state'
  | 'wrong_payer'
  | 'bad_parameter'
  | 'misconfigured';

const REASONS = {
  10060001: 'order_unknown',
  10060002: 'already_shipped',
  10060003: 'reship_used',
  10060004: 'wrong_state',
  10060006: 'bad_parameter',
  10060007: 'bad_parameter',
  10060008: 'bad_parameter',
  10060009: 'bad_parameter',
  10060023: 'unchanged',
  10060031: 'wrong_payer',
} as const satisfies Record<number, ShippingRefusal>;

/** All codes 2684852xx say that a parameter is wrong. */
const isParameterCode = (code: number): boolean => Math.floor(code / 100) === 2_684_852;

/** How an order stands in WeChat's shipping management. */
export interface ShippingOrder {
  readonly transactionId: string | null;
  readonly state: 'to_ship' | 'shipped' | 'received' | 'done' | 'refunded' | 'settling';
  readonly logisticsType: number | null;
  readonly parcels: readonly { readonly carrier: string | null; readonly trackingNumber: string | null }[];
}

const STATES: Record<number, ShippingOrder['state']> = {
  1: 'to_ship',
  2: 'shipped',
  3: 'received',
  4: 'done',
  5: 'refunded',
  6: 'settling',
};

type Answer<T> = Promise<Outcome<T, ShippingRefusal>>;

/** 发货信息管理: what WeChat has to know about goods before it settles a payment. */
@Injectable()
export class WechatShippingClient {
  constructor(
    @Inject(WECHAT_CONFIG) private readonly config: WechatConfig,
    private readonly accessToken: WechatAccessToken,
  ) {}

  /** Safe to repeat with the same data: WeChat answers `unchanged` then. Other data is the one permitted re-ship. */
  async upload(info: ShippingInfo): Answer<null> {
    const isCarried = info.trackingNumber !== null;
    const parcel = {
      ...(isCarried ? { tracking_no: info.trackingNumber, express_company: info.carrier } : {}),
      item_desc: info.itemDesc,
      ...(info.receiverContact === null ? {} : { contact: { receiver_contact: info.receiverContact } }),
    };
    return this.ask(
      'upload_shipping_info',
      {
        order_key: { order_number_type: 1, mchid: this.config.mchId, out_trade_no: info.outTradeNo },
        logistics_type: info.logisticsType,
        delivery_mode: 1,
        shipping_list: [parcel],
        upload_time: businessInstantText(info.uploadTime, 'milliseconds'),
        payer: { openid: info.payerOpenid },
      },
      () => null,
    );
  }

  async order(outTradeNo: string): Answer<ShippingOrder> {
    return this.ask('get_order', this.keyOf(outTradeNo), (json) => {
      const order = isJsonObject(json.order) ? json.order : null;
      const state = typeof order?.order_state === 'number' ? STATES[order.order_state] : undefined;
      return order === null || state === undefined ? undefined : orderOf(order, state);
    });
  }

  /**
   * Lets WeChat remind the customer to confirm; it does so once, and only for express.
   *
   * @param receivedAt epoch ms: when the carrier handed the parcel over
   */
  async remindOfReceipt(outTradeNo: string, receivedAt: number): Answer<null> {
    const body = { ...this.keyOf(outTradeNo), received_time: Math.floor(receivedAt / 1000) };
    return this.ask('notify_confirm_receive', body, () => null);
  }

  private keyOf(outTradeNo: string) {
    return { merchant_id: this.config.mchId, merchant_trade_no: outTradeNo };
  }

  private async ask<T>(call: string, body: object, read: (json: JsonObject) => T | undefined): Answer<T> {
    const answer = await this.accessToken.post(`/wxa/sec/order/${call}`, body);
    if (answer.outcome === 'unknown' || answer.outcome === 'refused') return answer;
    if (answer.outcome === 'errcode') {
      const parameter = isParameterCode(answer.errcode) ? { [answer.errcode]: 'bad_parameter' as const } : {};
      return refusalFor<ShippingRefusal>(answer, { ...REASONS, ...parameter });
    }
    const value = answer.outcome === 'json' ? read(answer.json) : undefined;
    return value === undefined ? unknown('malformed', `not an answer of ${call}`) : done(value);
  }
}

function orderOf(order: JsonObject, state: ShippingOrder['state']): ShippingOrder {
  const shipping = isJsonObject(order.shipping) ? order.shipping : {};
  const list = Array.isArray(shipping.shipping_list) ? shipping.shipping_list : [];
  return {
    transactionId: textOf(order.transaction_id),
    state,
    logisticsType: typeof shipping.logistics_type === 'number' ? shipping.logistics_type : null,
    parcels: list.filter(isJsonObject).map((parcel) => ({
      carrier: textOf(parcel.express_company),
      trackingNumber: textOf(parcel.tracking_no),
    })),
  };
}
