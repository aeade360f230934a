/** Orders and refunds in the customer's words. */
import type { OrderState, OrderSummary, RefundState } from '@mall/shared/orders';

export const orderStateText: Record<OrderState, string> = {
  created: '待付款',
  paid: '待发货',
  shipped: '待收货',
  pickup_ready: '待自提',
  received: '已收货',
  completed: '已完成',
  cancelled: '已取消',
};

/** One sentence under the state that says what happens next. */
export const orderNextText: Record<OrderState, string> = {
  created: '付款后我们就开始准备。',
  paid: '仓库正在打包，发出后这里能看到单号。',
  shipped: '包裹在路上，收到后请点确认收货。',
  pickup_ready: '商品已在门店备好，到店出示提货码即可取走。',
  received: '希望您喜欢，有问题随时联系门店。',
  completed: '订单已完成，感谢您的信任。',
  cancelled: '订单已取消，没有产生费用。',
};

/** An order's state and what happens next; to who collects it herself nothing is sent. */
export function progressOf({ state, deliveryKind }: Pick<OrderSummary, 'state' | 'deliveryKind'>) {
  if (state === 'paid' && deliveryKind === 'pickup') {
    return { name: '备货中', next: '门店正在备货，备好后在订单里能看到提货码。' };
  }
  return { name: orderStateText[state], next: orderNextText[state] };
}

export const refundStateText: Record<RefundState, string> = {
  created: '退款处理中',
  processing: '退款处理中',
  succeeded: '已退款',
  failed: '退款遇到问题，门店会联系您',
};

const carrierTexts: Readonly<Record<string, string>> = {
  SF: '顺丰速运',
  ZTO: '中通快递',
  YTO: '圆通速递',
  STO: '申通快递',
  YUNDA: '韵达快递',
  JTSD: '极兔速递',
  DBL: '德邦快递',
};

/** A carrier by WeChat's code in words; one that is not in the table is shown by its code. */
export const carrierText = (code: string) => carrierTexts[code] ?? code;
