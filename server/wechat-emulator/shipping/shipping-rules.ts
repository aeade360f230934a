import type { Errcode } from '../api-errors.js';
import { fromRfc3339 } from '../clock.js';
import { isObject, type JsonObject } from '../json-body.js';

export const LOGISTICS = { express: 1, local: 2, virtual: 3, pickup: 4 } as const;
export const DELIVERY = { single: 1, split: 2 } as const;

const MOST_PARCELS = 15;
const LONGEST_NUMBER = 128;
const LONGEST_DESCRIPTION = 120;
const MILLISECONDS = /\.\d{3}(Z|[+-]\d{2}:\d{2})$/;

export interface Parcel {
  readonly trackingNo: string;
  readonly expressCompany: string;
  readonly itemDesc: string;
  readonly contact: JsonObject | null;
}

/** Names one payment, by WeChat's number or by the merchant's. */
export type OrderKey = { transactionId: string } | { mchId: string; outTradeNo: string };

/** A body of upload_shipping_info that passed every rule about its shape. */
export interface Upload {
  readonly key: OrderKey;
  readonly logisticsType: number;
  readonly deliveryMode: number;
  /** True when this upload ends the shipping. */
  readonly finished: boolean;
  readonly parcels: readonly Parcel[];
  /** Epoch milliseconds. */
  readonly uploadTime: number;
  readonly openid: string;
}

function isFilled(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function readKey(key: unknown): OrderKey | Errcode {
  if (!isObject(key)) return 268485194;
  const { order_number_type: type, transaction_id: transactionId, mchid, out_trade_no: outTradeNo } = key;
  if (type === 2) return isFilled(transactionId) ? { transactionId } : 268485195;
  if (type !== 1) return 268485194;
  if (!isFilled(mchid)) return 268485196;
  return isFilled(outTradeNo) ? { mchId: mchid, outTradeNo } : 268485197;
}

/** The looser key of get_order and its neighbours: transaction_id, or merchant_id with merchant_trade_no. */
export function readLooseKey(body: JsonObject): OrderKey | Errcode {
  const { transaction_id: transactionId, merchant_id: mchId, merchant_trade_no: outTradeNo } = body;
  if (isFilled(transactionId)) return { transactionId };
  return isFilled(mchId) && isFilled(outTradeNo) ? { mchId, outTradeNo } : 10060014;
}

/** Digits may be hidden, the last four may not: `189****1234`, `021-****1234`, `0**2-******23-10`. */
function isMasked(value: unknown): boolean {
  return typeof value === 'string' && /^[\d*-]*\*[\d*-]*$/.test(value) && /\d{4}$/.test(value.replaceAll('-', ''));
}

function refuseContact(company: string, contact: unknown): Errcode | null {
  // SF asks for one; everybody else may have one.
  if (contact === undefined) return company === 'SF' ? 10060014 : null;
  if (!isObject(contact)) return 10060014;
  const given = [contact.consignor_contact, contact.receiver_contact].filter((value) => value !== undefined);
  if (company === 'SF' && given.length === 0) return 10060014;
  return given.every(isMasked) ? null : 10060014;
}

function readParcel(item: unknown, isExpress: boolean): Parcel | Errcode {
  if (!isObject(item)) return 10060014;
  const { tracking_no: trackingNo = '', express_company: company = '', item_desc: itemDesc, contact } = item;
  if (!isFilled(itemDesc)) return 10060008;
  if ([...itemDesc].length > LONGEST_DESCRIPTION) return 10060009;
  if (typeof trackingNo !== 'string' || typeof company !== 'string') return 10060014;
  if (isExpress && trackingNo === '') return 268485226;
  if (isExpress && company === '') return 268485227;
  if (trackingNo.length > LONGEST_NUMBER) return 10060026;
  if (company.length > LONGEST_NUMBER) return 10060025;
  const fault = refuseContact(isExpress ? company : '', contact);
  if (fault !== null) return fault;
  return { trackingNo, expressCompany: company, itemDesc, contact: isObject(contact) ? contact : null };
}

function readParcels(list: unknown, isSplit: boolean, isExpress: boolean): Parcel[] | Errcode {
  if (!Array.isArray(list)) return 10060014;
  if (!isSplit && list.length !== 1) return 268485228;
  if (list.length === 0) return 10060014;
  if (list.length > MOST_PARCELS) return 10060024;
  const parcels: Parcel[] = [];
  for (const item of list) {
    const parcel = readParcel(item, isExpress);
    if (typeof parcel === 'number') return parcel;
    parcels.push(parcel);
  }
  return parcels;
}

/** Checks the body of POST /wxa/sec/order/upload_shipping_info field by field. */
export function readUpload(body: JsonObject): Upload | Errcode {
  const { logistics_type: logisticsType, delivery_mode: deliveryMode, is_all_delivered: all, payer } = body;
  const key = readKey(body.order_key);
  if (typeof key === 'number') return key;
  if (!(Object.values(LOGISTICS) as unknown[]).includes(logisticsType)) return 10060005;
  if (!(Object.values(DELIVERY) as unknown[]).includes(deliveryMode)) return 268485224;
  const isExpress = logisticsType === LOGISTICS.express;
  const isSplit = deliveryMode === DELIVERY.split;
  if (isSplit && !isExpress) return 10060006;
  if (isSplit && typeof all !== 'boolean') return 10060007;
  const parcels = readParcels(body.shipping_list, isSplit, isExpress);
  if (typeof parcels === 'number') return parcels;
  const { upload_time: time } = body;
  const uploadTime = typeof time === 'string' && MILLISECONDS.test(time) ? fromRfc3339(time) : null;
  if (uploadTime === null) return 268485216;
  if (!isObject(payer) || !isFilled(payer.openid)) return 10060031;
  return {
    key,
    logisticsType: Number(logisticsType),
    deliveryMode: Number(deliveryMode),
    finished: !isSplit || all === true,
    parcels,
    uploadTime,
    openid: payer.openid,
  };
}
