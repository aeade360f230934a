import type { FastifyInstance } from 'fastify';
import type { Errcode } from '../api-errors.js';
import type { Emulator } from '../emulator.js';
import { isObject, type JsonObject } from '../json-body.js';
import type { Order } from '../orders.js';
import { type TokenAct, tokenPost } from '../token-route.js';
import { readLooseKey, readUpload } from './shipping-rules.js';

const PAGE_SIZE = 100;
const PATH = /^[A-Za-z0-9_-]+(\/[A-Za-z0-9_-]+)*(\?.*)?$/;
/** What WeChat replaces by the number of the order. */
const ORDER_NUMBER = `\${商品订单号}`;

function seconds(epochMs: number): number {
  return Math.floor(epochMs / 1000);
}

function shippingView(emulator: Emulator, order: Order): JsonObject {
  const shipment = emulator.shipments.shipmentOf(order);
  if (!shipment) return { finish_shipping: false, finish_shipping_count: 0, goods_desc: '', shipping_list: [] };
  return {
    delivery_mode: shipment.deliveryMode,
    logistics_type: shipment.logisticsType,
    finish_shipping: shipment.finished,
    finish_shipping_count: shipment.timesFinished,
    goods_desc: '',
    shipping_list: shipment.parcels.map((parcel) => ({
      tracking_no: parcel.trackingNo,
      express_company: parcel.expressCompany,
      goods_desc: parcel.itemDesc,
      upload_time: seconds(parcel.uploadedAt),
      ...(parcel.contact === null ? {} : { contact: parcel.contact }),
    })),
  };
}

/** All descriptions joined, cut to 120 characters. */
function describe(emulator: Emulator, order: Order): string {
  const parcels = emulator.shipments.shipmentOf(order)?.parcels ?? [];
  const text = parcels.map((parcel) => parcel.itemDesc).join(';') || order.description;
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}

function orderView(emulator: Emulator, order: Order): JsonObject {
  return {
    transaction_id: order.transactionId,
    merchant_id: emulator.credentials.mchId,
    sub_merchant_id: '',
    merchant_trade_no: order.outTradeNo,
    description: describe(emulator, order),
    paid_amount: order.totalFen,
    openid: order.payerOpenid,
    trade_create_time: seconds(order.createdAt),
    pay_time: seconds(order.paidAt ?? 0),
    order_state: emulator.shipments.stateOf(order),
    in_complaint: emulator.shipments.complaints.has(order.outTradeNo),
    shipping: shippingView(emulator, order),
  };
}

function foundBy(emulator: Emulator, body: JsonObject): Order | Errcode {
  const key = readLooseKey(body);
  if (typeof key === 'number') return key;
  return emulator.shipments.find(key) ?? 10060001;
}

function upload(emulator: Emulator): TokenAct {
  return (body) => {
    const read = readUpload(body);
    const fault = typeof read === 'number' ? read : emulator.shipments.upload(read);
    return fault === 0 ? {} : fault;
  };
}

function getOrder(emulator: Emulator): TokenAct {
  return (body) => {
    const order = foundBy(emulator, body);
    return typeof order === 'number' ? order : { order: orderView(emulator, order) };
  };
}

function getOrderList(emulator: Emulator): TokenAct {
  return (body) => {
    const range = isObject(body.pay_time_range) ? body.pay_time_range : {};
    const { begin_time: begin = 0, end_time: end = 4_294_967_295 } = range;
    const { openid, order_state: state, page_size: size = PAGE_SIZE, last_index: last = '' } = body;
    if (!Number.isInteger(size) || Number(size) < 1 || Number(size) > PAGE_SIZE) return 10060014;
    const all = emulator.shipments.visibleOrders();
    const start = last === '' ? 0 : all.findIndex((order) => order.transactionId === last) + 1;
    if (last !== '' && start === 0) return 10060011;
    const fits = (order: Order): boolean => {
      const paid = seconds(order.paidAt ?? 0);
      const inTime = paid >= Number(begin) && paid <= Number(end);
      const ofPerson = openid === undefined || order.payerOpenid === openid;
      return inTime && ofPerson && (state === undefined || emulator.shipments.stateOf(order) === state);
    };
    const rest = all.slice(start).filter(fits);
    const page = rest.slice(0, Number(size));
    return {
      last_index: page.at(-1)?.transactionId ?? '',
      has_more: rest.length > page.length,
      order_list: page.map((order) => orderView(emulator, order)),
    };
  };
}

function notifyConfirmReceive(emulator: Emulator): TokenAct {
  return (body) => {
    const order = foundBy(emulator, body);
    if (typeof order === 'number') return order;
    const { received_time: receivedTime } = body;
    if (!Number.isSafeInteger(receivedTime)) return 10060014;
    const fault = emulator.shipments.remindReceipt(order, Number(receivedTime) * 1000);
    return fault === 0 ? {} : fault;
  };
}

function special(emulator: Emulator): TokenAct {
  return ({ order_id: id, type, delay_to: delayTo }) => {
    const number = String(id ?? '');
    const byTransaction = emulator.shipments.find({ transactionId: number });
    const order = byTransaction ?? emulator.shipments.find({ mchId: emulator.credentials.mchId, outTradeNo: number });
    if (!order) return 10060001;
    const fault = emulator.shipments.special(order, type, Number(delayTo) * 1000);
    return fault === 0 ? {} : fault;
  };
}

function setJumpPath(emulator: Emulator): TokenAct {
  return ({ path }) => {
    if (typeof path !== 'string' || !PATH.test(path)) return 10060014;
    emulator.shipments.jumpPath = path;
    return {};
  };
}

function setDetailPath(emulator: Emulator): TokenAct {
  return ({ path }) => {
    if (typeof path !== 'string' || !PATH.test(path) || !path.includes(ORDER_NUMBER)) return 10060035;
    emulator.shipments.orderDetailPath = path;
    return {};
  };
}

/** §7: what shipping management of api.weixin.qq.com serves. */
export function shippingRoutes(app: FastifyInstance, emulator: Emulator): void {
  const ofApp =
    (answer: () => JsonObject): TokenAct =>
    ({ appid }) =>
      appid === emulator.credentials.appId ? answer() : 40013;
  const routes: Record<string, TokenAct> = {
    upload_shipping_info: upload(emulator),
    get_order: getOrder(emulator),
    get_order_list: getOrderList(emulator),
    notify_confirm_receive: notifyConfirmReceive(emulator),
    set_msg_jump_path: setJumpPath(emulator),
    is_trade_managed: ofApp(() => ({ is_trade_managed: emulator.shipments.managed })),
    is_trade_management_confirmation_completed: ofApp(() => ({ completed: emulator.shipments.managed })),
    opspecialorder: special(emulator),
    update_order_detail_path: setDetailPath(emulator),
  };
  for (const [name, act] of Object.entries(routes)) tokenPost(app, emulator, `/wxa/sec/order/${name}`, act);
}
