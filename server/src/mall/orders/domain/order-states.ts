/** R7.1: what an order may become. An impossible move is a 409 that names the state. */
import { OrderState } from '@mall/shared/orders';

export const ORDER_MOVES: Record<OrderState, readonly OrderState[]> = {
  [OrderState.Created]: [OrderState.Paid, OrderState.Cancelled],
  [OrderState.Paid]: [OrderState.Shipped, OrderState.ReadyForPickup],
  [OrderState.Shipped]: [OrderState.Received],
  [OrderState.ReadyForPickup]: [OrderState.Received],
  [OrderState.Received]: [OrderState.Completed],
  [OrderState.Completed]: [],
  [OrderState.Cancelled]: [],
};

/** States that may become `target`. */
export function statesBefore(target: OrderState): OrderState[] {
  return (Object.keys(ORDER_MOVES) as OrderState[]).filter((state) => ORDER_MOVES[state].includes(target));
}

const WORDS: Record<OrderState, string> = {
  [OrderState.Created]: '待付款',
  [OrderState.Paid]: '待发货',
  [OrderState.Shipped]: '已发货',
  [OrderState.ReadyForPickup]: '待自提',
  [OrderState.Received]: '已收货',
  [OrderState.Completed]: '已完成',
  [OrderState.Cancelled]: '已取消',
};

export function stateWords(state: OrderState): string {
  return WORDS[state];
}
