import { toShortTime as time } from '../clock.js';
import type { Emulator, Panel } from '../emulator.js';
import type { Cell } from '../html.js';
import { ORDER_STATE, type Shipment } from './shipments.js';
import { LOGISTICS } from './shipping-rules.js';

const WAY: Readonly<Record<number, string>> = {
  [LOGISTICS.express]: '快递',
  [LOGISTICS.local]: '同城配送',
  [LOGISTICS.virtual]: '虚拟商品',
  [LOGISTICS.pickup]: '自提',
};
const STATE: Readonly<Record<number, string>> = {
  [ORDER_STATE.toShip]: '待发货',
  [ORDER_STATE.shipped]: '已发货',
  [ORDER_STATE.received]: '已确认收货',
  [ORDER_STATE.done]: '交易完成',
  [ORDER_STATE.refunded]: '已退款',
  [ORDER_STATE.awaitsSettlement]: '待结算',
};

function parcelsOf({ parcels }: Shipment): string {
  return parcels.map((one) => [one.expressCompany, one.trackingNo, one.itemDesc].filter(Boolean).join(' ')).join('；');
}

/** What the mall has uploaded, newest upload first. */
export function shippingPanel({ shipments }: Emulator): Panel {
  const rows = shipments
    .visibleOrders()
    .map((order) => shipments.shipmentOf(order))
    .filter((shipment) => shipment !== undefined)
    .sort((one, other) => other.lastUploadTime - one.lastUploadTime)
    .map((shipment): Cell[] => [
      time(shipment.lastUploadTime),
      shipment.order.outTradeNo,
      WAY[shipment.logisticsType] ?? String(shipment.logisticsType),
      parcelsOf(shipment),
      STATE[shipments.stateOf(shipment.order)] ?? '',
    ]);
  return { title: '发货信息', heads: ['上传时间', '商户单号', '方式', '包裹', '状态'], rows };
}
