import type { Emulator } from '../emulator.js';
import type { JsonObject } from '../json-body.js';
import type { Order } from '../orders.js';
import type { Shipment, ShippingNews } from './shipments.js';

function seconds(epochMs: number | null): number {
  return Math.floor((epochMs ?? 0) / 1000);
}

function event(name: string, fromUser: string, fields: JsonObject): JsonObject {
  return { FromUserName: fromUser, MsgType: 'event', Event: name, ...fields };
}

function payment(order: Order, mchId: string): JsonObject {
  return {
    transaction_id: order.transactionId,
    merchant_id: mchId,
    sub_merchant_id: '',
    merchant_trade_no: order.outTradeNo,
    pay_time: seconds(order.paidAt),
  };
}

/** The same event twice in an order's life: with an estimate when all is shipped, with the facts at settlement. */
function settlement(shipment: Shipment, emulator: Emulator, isSettled: boolean): JsonObject {
  const { order, confirmed } = shipment;
  const times = isSettled
    ? {
        confirm_receive_method: confirmed?.by,
        confirm_receive_time: seconds(confirmed?.at ?? null),
        settlement_time: seconds(shipment.settledAt),
      }
    : { estimated_settlement_time: seconds(emulator.shipments.receivedByClockAt(shipment)) };
  const shipped = { ...payment(order, emulator.credentials.mchId), shipped_time: seconds(shipment.shippedAt) };
  return event('trade_manage_order_settlement', order.payerOpenid, { ...shipped, ...times });
}

/** The push that tells the mall of it. */
export function eventOf(news: ShippingNews, emulator: Emulator): JsonObject {
  const { appId, mchId } = emulator.credentials;
  switch (news.kind) {
    case 'shipped':
    case 'settled':
      return settlement(news.shipment, emulator, news.kind === 'settled');
    case 'remind_shipping': {
      const { order } = news;
      const fields = { ...payment(order, mchId), msg: '订单超过 48 小时未发货，请尽快上传发货信息' };
      return event('trade_manage_remind_shipping', order.payerOpenid, fields);
    }
    case 'remind_access_api':
      return event('trade_manage_remind_access_api', appId, { msg: '小程序已产生交易，请接入发货信息管理服务' });
  }
}

/** Shipping management restricts the mini-program, for example after too many late deliveries. */
export function controlledEvent(emulator: Emulator): JsonObject {
  const { appId } = emulator.credentials;
  return event('wxa_trade_controlled', appId, { msg: '小程序存在未按时发货的订单，支付能力已受限' });
}
